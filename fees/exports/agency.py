"""The activity report of an envelope for the agency: the same figures as page, PDF and sheet."""

from datetime import date

import pandas as pd
from django.conf import settings
from django.utils.translation import gettext as _

from fees.models.schedule import KINDS
from fees.selectors.agency import FEWEST, Activity, Share
from portal.kit import words
from portal.kit.pdf import write_pdf


def report_rows(found: Activity) -> tuple[list[list[str]], list[list[str]]]:
    """The cells of both tables, by kind and by month, as people read them."""
    by_kind = [
        [str(KINDS[kind]), *_acts_and_people(share), *_money(share)]
        for kind, share in found.by_kind.items()
    ]
    by_month = [
        [words.capitalise(words.MONTHS[month - 1]), words.number(share.acts), *_money(share)]
        for month, share in found.by_month.items()
    ]
    return by_kind, by_month


def _money(share: Share) -> list[str]:
    return [words.euros(share.committed), words.euros(share.paid)]


def _acts_and_people(share: Share) -> list[str]:
    return [words.number(share.acts), words.number(share.professionals), patients(share)]


def patients(share: Share) -> str:
    if share.patients_shown is None:
        return _("moins de %(few)s") % {"few": FEWEST}
    return words.number(share.patients_shown)


def kind_columns() -> list[str]:
    return [_("Acte"), _("Actes"), _("Professionnels"), _("Patients"), *money_columns()]


def month_columns() -> list[str]:
    return [_("Mois des actes"), _("Actes"), *money_columns()]


def money_columns() -> list[str]:
    return [_("Engagé"), _("Payé")]


def report_facts(found: Activity) -> list[list[str]]:
    """What stands beside the three sums of the envelope."""
    status = found.status
    decided = [
        [
            _("Accordé par «\u00a0%(name)s\u00a0»") % {"name": each.decision},
            words.euros(each.amount),
        ]
        for each in found.decisions
    ]
    return [
        *decided,
        [_("Accordé"), words.euros(status.granted)],
        [_("Part engagée"), f"{words.number(status.percent, 1)}\u00a0%"],
        [_("À récupérer sur des actes extournés"), words.euros(found.to_recover)],
        [_("Actes engagés"), words.number(found.whole.acts)],
        [_("Professionnels"), words.number(found.whole.professionals)],
        [_("Patients"), patients(found.whole)],
    ]


def sums(found: Activity) -> list[list[str]]:
    """Committed, paid, left."""
    status = found.status
    return [
        [_("Engagé"), words.euros(status.committed)],
        [_("Payé"), words.euros(status.paid)],
        [_("Disponible"), words.euros(status.left)],
    ]


def report_pdf(found: Activity, *, today: date) -> bytes:
    by_kind, by_month = report_rows(found)
    whole = found.whole
    return write_pdf(
        "fees/documents/figures.typ",
        {
            "heading": _("Actes dérogatoires, activité %(year)s") % {"year": found.status.year},
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [],
            "facts": sums(found) + report_facts(found),
            "tables": [
                {
                    "title": _("Par nature d’acte"),
                    "columns": kind_columns(),
                    "left": 1,
                    "rows": by_kind,
                    "total": [_("Total"), *_acts_and_people(whole), *_money(whole)],
                },
                {
                    "title": _("Par mois"),
                    "columns": month_columns(),
                    "left": 1,
                    "rows": by_month,
                    "total": [_("Total"), words.number(whole.acts), *_money(whole)],
                },
            ],
            "notes": [
                _("État au %(day)s.") % {"day": words.plain_day(today)},
                _("Les patients sont comptés à partir de %(few)s.") % {"few": FEWEST},
            ],
        },
        dated=today,
    )


def report_frame(found: Activity) -> pd.DataFrame:
    """One row a kind, one a month, then the whole; euros as numbers."""
    rows = [
        _cells(_("Nature"), str(KINDS[kind]), share) | _people(share)
        for kind, share in found.by_kind.items()
    ]
    rows += [
        _cells(_("Mois"), words.MONTHS[month - 1], share) for month, share in found.by_month.items()
    ]
    rows.append(_cells(_("Total"), str(found.status.year), found.whole) | _people(found.whole))
    return pd.DataFrame(rows).astype(object).where(lambda cells: cells.notna(), "")


def _cells(table: str, name: str, share: Share) -> dict[str, object]:
    return {
        _("Table"): table,
        _("Ligne"): name,
        _("Actes"): share.acts,
        _("Engagé"): float(share.committed),
        _("Payé"): float(share.paid),
    }


def _people(share: Share) -> dict[str, object]:
    return {_("Professionnels"): share.professionals, _("Patients"): patients(share)}
