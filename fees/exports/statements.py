"""What statements came to: the summary and the letter to a professional, as documents and sheets.

No patient is named: a file number, or nothing (docs/adr/0018).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.conf import settings
from django.utils.translation import gettext as _

from fees.enums import DifferenceState
from fees.models import Difference, StatementFile
from fees.reconcile.decisions import TO_ASK
from fees.selectors.statements import Balance, MonthShare, Sender, Share, Tier
from fees.wording import of_month
from portal.kit import words
from portal.kit.pdf import write_pdf


def equation(found: Balance) -> list[list[str]]:
    """Claimed = accepted + reduced + rejected + deferred."""
    return [
        [_("Demandé"), words.euros(found.claimed)],
        [_("Accepté"), words.euros(found.paid)],
        [_("Ramené au tarif"), words.euros(found.reduced)],
        [_("Rejeté"), words.euros(found.rejected)],
        [_("Différé, en attente d’une réponse"), words.euros(found.deferred)],
    ]


def share_columns() -> list[str]:
    return [_("Différence"), _("Nombre"), _("À décider"), _("En jeu")]


def share_rows(shares: Iterable[Share]) -> list[list[str]]:
    return [
        [each.label, words.number(each.count), words.number(each.waiting), words.euros(each.stake)]
        for each in shares
    ]


def sender_columns() -> list[str]:
    return [_("Professionnel"), _("Mois"), _("Lignes"), _("Reliées"), _("Demandé"), _("Accepté")]


def sender_rows(senders: Iterable[Sender]) -> list[list[str]]:
    return [
        [
            each.professional,
            words.month(each.month),
            words.number(each.lines),
            words.number(each.settled),
            words.euros(each.claimed),
            words.euros(each.paid),
        ]
        for each in senders
    ]


TIERS = {
    "automatic": "Automatiques",
    "suggested": "Proposées, décidées par une personne",
    "by_hand": "Choisies à la main",
}


def tier_columns() -> list[str]:
    return [_("Réponses"), _("Lignes"), _("Défaites ou rejetées"), _("Précision mesurée")]


def tier_rows(found: Iterable[Tier]) -> list[list[str]]:
    """Each way of answering, with how right it has been; « — » without a line."""
    return [
        [
            _(TIERS[each.tier]),
            words.number(each.lines),
            words.number(each.wrong),
            "—" if each.precision is None else f"{words.number(each.precision, 1)}\u00a0%",
        ]
        for each in found
    ]


def month_columns() -> list[str]:
    return [_("Mois"), _("Lignes"), _("Reliées"), _("Différences"), _("En jeu")]


def month_rows(months: Iterable[MonthShare]) -> list[list[str]]:
    return [
        [
            words.month(each.month),
            words.number(each.lines),
            words.number(each.settled),
            words.number(each.apart),
            words.euros(each.stake),
        ]
        for each in months
    ]


def summary_pdf(
    title: str,
    found: Balance,
    shares: Sequence[Share],
    senders: Sequence[Sender],
    *,
    today: date,
) -> bytes:
    """The summary on paper: the equation, the kinds of difference, who claimed what."""
    return write_pdf(
        "fees/documents/figures.typ",
        {
            "heading": title,
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [],
            "facts": equation(found),
            "tables": [
                {
                    "title": _("Différences"),
                    "columns": share_columns(),
                    "left": 1,
                    "rows": share_rows(shares),
                    "total": [_("En jeu"), words.euros(sum(each.stake for each in shares))],
                },
                {
                    "title": _("Par professionnel et par mois"),
                    "columns": sender_columns(),
                    "left": 2,
                    "rows": sender_rows(senders),
                    "total": [_("Accepté"), words.euros(found.paid)],
                },
            ],
            "notes": [_("Bilan établi le %(day)s.") % {"day": words.plain_day(today)}],
        },
        dated=today,
    )


def difference_frame(differences: Iterable[Difference]) -> pd.DataFrame:
    """One row a share of a line, or an act that no line claims; euros as numbers."""
    return pd.DataFrame(
        [
            {
                _("Professionnel"): str(each.file.professional),
                _("Mois"): each.file.month,
                _("Ligne"): each.line.key if each.line else "",
                _("Dossier"): each.act.patient.code if each.act else "",
                _("Date demandée"): each.line.done_on if each.line else "",
                _("Date notée"): each.act.done_on if each.act else None,
                _("Différence"): str(each.get_verdict_display()),
                _("État"): str(each.get_state_display()),
                _("Demandé"): float(each.claimed),
                _("Noté"): float(each.held),
                _("Accepté"): float(each.payable),
                _("Explication"): each.explanation,
            }
            for each in differences
        ]
    )


@dataclass(frozen=True, slots=True)
class LetterLine:
    """What a professional must know of a line: where, what differs, what follows, the euros."""

    where: str
    what: str
    follows: str
    claimed: str


def letter_lines(differences: Iterable[Difference]) -> list[LetterLine]:
    """Each line that is not simply settled, and each act that no line claims."""
    found = []
    for each in differences:
        where = _("Ligne %(key)s") % {"key": each.line.key} if each.line else _("Hors du relevé")
        code = each.act.patient.code if each.act else (each.line.patient_code if each.line else "")
        if code:
            where = f"{where}, {_('dossier %(code)s') % {'code': code}}"
        what = f"{each.get_verdict_display()}. {each.explanation}"
        claimed = words.euros(each.claimed) if each.line else "—"
        found.append(LetterLine(where, what, _outcome(each), claimed))
    return found


def _outcome(each: Difference) -> str:
    steps = [step for step in each.steps.all() if step.state == each.state and step.note]
    note = steps[-1].note if steps else ""
    match each.state:
        case DifferenceState.ACCEPTED:
            if each.line is None:
                return _("Vu, non réclamé.")
            return _("Accepté à %(amount)s.") % {"amount": words.euros(each.payable)}
        case DifferenceState.REFUSED:
            return _("Rejeté : %(why)s") % {"why": note} if note else _("Rejeté.")
        case DifferenceState.ASKED:
            return note or TO_ASK.get(each.verdict, "")  # type: ignore[call-overload]
        case _:
            return _("À l’étude.")


def letter_pdf(
    file: StatementFile, lines: Iterable[LetterLine], found: Balance, *, today: date
) -> bytes:
    """The letter to a professional, with the differences of the statement."""
    who = file.professional
    return write_pdf(
        "fees/documents/figures.typ",
        {
            "heading": _("Votre relevé %(of_month)s")
            % {"of_month": f"{of_month(file.month)} {file.month.year}"},
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [str(who), who.practice, f"{who.postcode} {who.city}".strip()],
            "facts": equation(found),
            "tables": [
                {
                    "title": _("Ce qui diffère"),
                    "columns": [_("Où"), _("Différence et suite"), _("Demandé")],
                    "left": 2,
                    "rows": [
                        [each.where, f"{each.what} {each.follows}", each.claimed] for each in lines
                    ],
                    "total": [_("Demandé en tout"), words.euros(found.claimed)],
                }
            ],
            "notes": [
                _("Répondez en corrigeant vos actes au portail, ou par un relevé corrigé."),
                _("Lettre établie le %(day)s.") % {"day": words.plain_day(today)},
            ],
        },
        dated=today,
    )
