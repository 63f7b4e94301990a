"""Numbers of meetings as a table."""

from collections.abc import Iterable

import pandas as pd
from django.utils.translation import gettext as _

from training.selectors.figures import Figures


def figures_frame(rows: Iterable[Figures]) -> pd.DataFrame:
    """One row a meeting; means are empty while answers are few."""
    return pd.DataFrame(
        [
            {
                _("Rencontre"): row.meeting.title,
                _("Date"): pd.Timestamp(row.meeting.held_on),
                _("Inscrits"): row.registered,
                _("Présents"): row.present,
                _("Enregistrement vu"): row.watched,
                _("Attestations"): row.attested,
                _("Avis à chaud"): row.hot.answers,
                _("Note à chaud (sur 10)"): row.hot.score,
                _("Avis deux mois après"): row.cold.answers,
                _("Note deux mois après (sur 10)"): row.cold.score,
            }
            for row in rows
        ]
    )
