"""Who comes to a meeting, as a table."""

from collections.abc import Iterable

import pandas as pd
from django.utils.translation import gettext as _

from training.models import Registration


def registered_frame(rows: Iterable[Registration]) -> pd.DataFrame:
    """One row a live registration, from `selectors.meetings.people_of`."""
    return pd.DataFrame(
        [
            {
                _("Nom"): row.person.last_name,
                _("Prénom"): row.person.first_name,
                _("Profession"): trade_of(row),
                _("Adresse mail"): row.person.email,
                _("Participation"): row.get_mode_display(),
                _("État"): row.get_state_display(),
                _("Place"): row.seat,
            }
            for row in rows
        ],
        columns=[
            _("Nom"),
            _("Prénom"),
            _("Profession"),
            _("Adresse mail"),
            _("Participation"),
            _("État"),
            _("Place"),
        ],
    )


def trade_of(registration: Registration) -> str:
    """What the person does; empty for an account that is nobody of the directory."""
    professional = getattr(registration.person, "professional", None)
    return professional.trade if professional else ""
