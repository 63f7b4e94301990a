"""The queries that a place is decided from, composed once: they run under locks."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Exists, Q, QuerySet, UUIDField

from etp.enums import WaitState
from etp.models import Opening, Place, Session, Wait
from network.models import Patient
from portal.kit.prepared import Prepared, given

PATIENT = given("patient", BigIntegerField())
SESSION = given("session", BigIntegerField())
WORKSHOP = given("workshop", BigIntegerField())
REQUEST = given("request_id", UUIDField())


@Prepared
def locked_patients() -> QuerySet[Patient]:
    return Patient.objects.select_for_update(no_key=True).filter(pk=PATIENT).order_by()


@Prepared
def locked_sessions() -> QuerySet[Session]:
    return Session.objects.select_for_update(no_key=True).filter(pk=SESSION).order_by()


class About(NamedTuple):
    """What surrounds a session, for one patient: where, on what terms, opened, who waits.

    `in_line`: somebody waits for a seat of this session; `waits`: this patient does, for a seat
    of this session or of another.
    """

    repeatable: bool
    notice_hours: int
    site: str | None
    address: str | None
    postcode: str | None
    city: str | None
    opened: bool
    in_line: bool
    waits: bool


@Prepared
def abouts() -> QuerySet[Session, tuple[Any, ...]]:
    """The columns of `About`."""
    opened = Opening.objects.open().filter(patient=PATIENT, workshop=WORKSHOP)
    waiting = Wait.objects.filter(workshop=WORKSHOP, state=WaitState.WAITING)
    return (
        Session.objects.filter(pk=SESSION)
        .order_by()
        .values_list(
            "workshop__repeatable",
            "workshop__programme__notice_hours",
            "site__name",
            "site__address",
            "site__postcode",
            "site__city",
            Exists(opened),
            Exists(waiting.filter(Q(session=None) | Q(session=SESSION))),
            Exists(waiting.filter(patient=PATIENT)),
        )
    )


class Row(NamedTuple):
    """A place and the session that it is in."""

    pk: int
    patient: int
    session: int
    state: str
    seat: int | None
    until: datetime | None
    request_id: UUID
    workshop: int
    position: int | None
    alone: bool
    starts_at: datetime
    ends_at: datetime


@Prepared
def places_around() -> QuerySet[Place, tuple[Any, ...]]:
    """The seats of the session, the patient's own seats, and what this request already made."""
    return (
        Place.objects.filter(
            Q(session=SESSION, seat__isnull=False)
            | Q(patient=PATIENT, seat__isnull=False)
            | Q(patient=PATIENT, request_id=REQUEST)
        )
        .order_by()
        .values_list(
            "pk",
            "patient_id",
            "session_id",
            "state",
            "seat",
            "until",
            "request_id",
            "session__workshop_id",
            "session__position",
            "session__alone",
            "session__starts_at",
            "session__ends_at",
        )
    )
