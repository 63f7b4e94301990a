"""The meetings of the access matrix: nobody owns one, but each has their registration."""

from typing import Any

from network.models import User
from portal.kit import clock
from tests.factories.meetings import make_meeting
from tests.factories.replays import make_question, make_replay
from training.actions.registrations import register
from training.enums import Mode, Survey
from training.models import SurveyCall
from training.tokens import registration_token, survey_token

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
    replay = make_replay(meeting)
    asked = make_question(replay)
    for name in ("replay", "replay_media", "replay_captions", "replay_seen"):
        values[f"training:{name}", "other"] = {"key": meeting.key}
    values["training:replay_answer", "other"] = {"key": meeting.key, "uid": asked.uid}
    for name in ("replay_edit", "replay_withdraw", "replay_questions"):
        values[f"training:{name}", "other"] = {"pk": meeting.pk}
    now = clock.now()
    called = SurveyCall.objects.create(
        meeting=meeting, person=them, moment=Survey.HOT, since=now, asked_at=now
    )
    values["training:survey", "other"] = {"token": survey_token(called.uid)}
    for label, person in (("own", me), ("other", them)):
        made = register(meeting=meeting, mode=Mode.VIDEO, by=person, now=clock.now())
        for name in ("registration", "registration_cancel", "registration_ics"):
            values[f"training:{name}", label] = {"uid": made.uid}
        values["training:arrival", label] = {"uid": made.uid}
        for name in ("registration_mailed", "registration_leave"):
            values[f"training:{name}", label] = {"token": registration_token(made.uid)}
    return values
