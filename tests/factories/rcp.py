"""Case reviews for tests, through the real actions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from network.actions.rcp_agenda import Case, put_on_agenda
from network.actions.rcp_calls import invite
from network.actions.rcp_meetings import Plan, hold_meeting, plan_meeting
from network.actions.rcp_minutes import sign_minutes, write_minutes
from network.enums import Circle, Presence, Profession, Role
from network.models import (
    Patient,
    Professional,
    RcpFile,
    RcpInvitation,
    RcpMeeting,
    RcpMinutes,
    SharingConsent,
    User,
)
from portal.kit import clock
from tests.factories.network import make_professional, make_user


def plan_of(chair: Professional, held_on: date, **fields: Any) -> Plan:
    defaults: dict[str, Any] = {
        "held_on": held_on,
        "begins_at": time(18, 30),
        "length": 90,
        "place": "Maison de santé de la Démo",
        "video": "https://video.example.org/rcp",
        "chair": chair,
    }
    return Plan(**(defaults | fields))


def make_meeting(
    *,
    chair: Professional | None = None,
    invited: Sequence[Professional] = (),
    held_on: date | None = None,
    by: User | None = None,
    now: datetime | None = None,
) -> RcpMeeting:
    """A meeting planned for today, unless told otherwise, with its convocations."""
    now = now or clock.now()
    by = by or make_user(Role.COORDINATOR)
    chair = chair or make_professional(profession=Profession.DOCTOR, title="Dr")
    plan = plan_of(chair, held_on or clock.today())
    meeting = plan_meeting(plan=plan, by=by, now=now)
    invite(meeting=meeting, professionals=list(invited), by=by, now=now)
    return meeting


def make_file(
    meeting: RcpMeeting, patient: Patient, *, question: str = "Reprise possible ?", **fields: Any
) -> RcpFile:
    case = Case(question=question, **fields)
    return put_on_agenda(meeting=meeting, patient=patient, case=case, by=None, now=clock.now())


def hold(
    meeting: RcpMeeting,
    present: Sequence[Professional],
    *,
    excused: Sequence[Professional] = (),
    by: User | None = None,
    now: datetime | None = None,
) -> RcpMeeting:
    """Everybody on site, for all the files."""
    return hold_meeting(
        meeting=meeting,
        present=dict.fromkeys(present, Presence.ON_SITE),
        excused=excused,
        by=by,
        now=now or clock.now(),
    )


def sign(file: RcpFile, *, discussion: str = "Discuté.", now: datetime | None = None) -> RcpMinutes:
    """Written, then signed by whom it belongs to."""
    now = now or clock.now()
    minutes = write_minutes(
        file=file, discussion=discussion, conclusion="Reprendre à mi-temps.", by=None, now=now
    )
    file = RcpFile.objects.select_related("signatory__user", "meeting__chair__user").get(pk=file.pk)
    signer = file.who_signs
    assert signer is not None
    assert signer.user is not None
    return sign_minutes(minutes=minutes, by=signer.user, now=now)


def agree(patient: Patient, circle: Circle = Circle.REVIEW) -> SharingConsent:
    """The patient agrees to share with this circle."""
    return SharingConsent.objects.create(
        patient=patient,
        circle=circle,
        given_on=clock.today(),
        recorded_at=clock.now() - timedelta(minutes=1),
        recorded_by=make_user(Role.COORDINATOR),
    )


def invitation_of(meeting: RcpMeeting, professional: Professional) -> RcpInvitation:
    return RcpInvitation.objects.get(meeting=meeting, professional=professional)
