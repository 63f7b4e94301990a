"""Hours of training as a table."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from network.enums import Profession
from network.models.professional import PROFESSIONS

HOUR = 60  # minutes


def hours_frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """One row a person, from `selectors.hours`: name, profession, hours (2 decimals)."""
    return pd.DataFrame(
        [
            {
                _("Nom"): row["last_name"],
                _("Prénom"): row["first_name"],
                _("Profession"): profession_words(row["profession"]),
                _("Heures"): row["spent"] / HOUR,
            }
            for row in rows
        ]
    )


def profession_words(profession: str | None) -> str:
    return str(PROFESSIONS[Profession(profession)]) if profession else ""
