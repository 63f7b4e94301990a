"""The yearly report as a table: what the page shows, a line for each indicator."""

import pandas as pd
from django.utils.translation import gettext as _

from etp.selectors.report import Indicator, Report


def report_frame(report: Report) -> pd.DataFrame:
    """One row an indicator; the share in percent, the median in days, both empty when unknown."""
    parts = {_("Indicateurs"): report.indicators, _("Séances tenues"): report.sessions}
    return pd.DataFrame(
        [_row(report.year, part, each) for part, lines in parts.items() for each in lines]
    )


def _row(year: int, part: str, each: Indicator) -> dict[str, object]:
    share = each.share
    return {
        _("Année"): year,
        _("Partie"): part,
        _("Indicateur"): each.label,
        _("Numérateur"): share.part,
        _("Dénominateur"): share.whole,
        _("Part (%)"): None if share.value is None else round(100 * share.value, 1),
        _("Médiane (jours)"): share.middle,
        _("Remarque"): _("effectif faible") if share.is_few else "",
        _("Lecture"): each.reading,
    }
