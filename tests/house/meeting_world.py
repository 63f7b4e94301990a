"""The meetings of the access matrix: nobody owns one, but each has their registration."""

from typing import Any

from network.models import User
from portal.kit import clock
from tests.factories.meetings import make_meeting
from training.actions.registrations import register
from training.enums import Mode
from training.tokens import registration_token

type Values = dict[tuple[str, str], dict[str, Any]]


def meeting_values(me: User, them: User) -> Values:
    """The parameters of the addresses of meetings and registrations."""
    meeting = make_meeting()
    values: Values = {}
    for name in ("register", "wish"):
        values[f"training:{name}", "other"] = {"key": meeting.key}
    for name in ("meeting", "meeting_call_off", "meeting_repeat", "attendance"):
        values[f"training:{name}", "other"] = {"pk": meeting.pk}
    values["training:meeting_export", "other"] = {"pk": meeting.pk, "kind": "csv"}
    for label, person in (("own", me), ("other", them)):
        made = register(meeting=meeting, mode=Mode.VIDEO, by=person, now=clock.now())
        for name in ("registration", "registration_cancel", "registration_ics"):
            values[f"training:{name}", label] = {"uid": made.uid}
        values["training:arrival", label] = {"uid": made.uid}
        for name in ("registration_mailed", "registration_leave"):
            values[f"training:{name}", label] = {"token": registration_token(made.uid)}
    return values
