"""What statements came to: the summary and the letter to a professional, as documents and sheets.

No patient is named: a file number, or nothing (docs/adr/0017).
"""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
from django.conf import settings
from django.utils.translation import gettext as _

from fees.enums import DifferenceState
from fees.models import Difference, StatementFile
from fees.reconcile.decisions import TO_ASK
from fees.selectors.statements import Balance, Sender, Share
from portal.kit import words
from portal.kit.pdf import write_pdf


def equation(found: Balance) -> list[list[str]]:
    """Claimed = paid + reduced + rejected + deferred."""
    return [
        [_("Demandé"), words.euros(found.claimed)],
        [_("Payé"), words.euros(found.paid)],
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
    return [_("Professionnel"), _("Mois"), _("Lignes"), _("Reliées"), _("Demandé"), _("Payé")]


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
                    "total": [_("Payé"), words.euros(found.paid)],
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
                _("Payé"): float(each.payable),
                _("Explication"): each.explanation,
            }
            for each in differences
        ]
    )


def letter_rows(differences: Iterable[Difference]) -> list[list[str]]:
    """What a professional must know: each line that is not simply accepted, and what to do."""
    rows = []
    for each in differences:
        where = _("ligne %(key)s") % {"key": each.line.key} if each.line else _("absent du relevé")
        code = each.act.patient.code if each.act else (each.line.patient_code if each.line else "")
        rows.append(
            [
                where,
                _("dossier %(code)s") % {"code": code} if code else "—",
                f"{each.get_verdict_display()}. {each.explanation}",
                _outcome(each),
                words.euros(each.claimed),
            ]
        )
    return rows


def letter_columns() -> list[str]:
    return [_("Où"), _("Dossier"), _("Différence"), _("Suite"), _("Demandé")]


def _outcome(each: Difference) -> str:
    step = list(each.steps.all())[-1:]
    note = step[0].note if step else ""
    match each.state:
        case DifferenceState.ACCEPTED:
            return _("payé %(amount)s") % {"amount": words.euros(each.payable)}
        case DifferenceState.REFUSED:
            return _("rejeté\u00a0: %(why)s") % {"why": note} if note else _("rejeté")
        case DifferenceState.ASKED:
            return note or TO_ASK.get(each.verdict, "")  # type: ignore[call-overload]
        case _:
            return _("à l’étude")


def letter_pdf(file: StatementFile, rows: list[list[str]], found: Balance, *, today: date) -> bytes:
    """The letter to a professional, with the differences of the statement."""
    who = file.professional
    return write_pdf(
        "fees/documents/figures.typ",
        {
            "heading": _("Votre relevé de %(month)s") % {"month": words.month(file.month)},
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [str(who), who.practice, f"{who.postcode} {who.city}".strip()],
            "facts": equation(found),
            "tables": [
                {
                    "title": _("Ce qui diffère"),
                    "columns": letter_columns(),
                    "left": 3,
                    "rows": [[row[0], row[1], row[2], row[3], row[4]] for row in rows],
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
