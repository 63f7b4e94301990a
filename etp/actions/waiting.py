"""Wait for a seat, in an honest order; leave the list."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from etp.enums import LIVE, PlaceState, Refusal, WaitState
from etp.models import Place, Session, Wait, Workshop
from etp.rules.booking import No, Standing, decide
from etp.selectors.scene import read_scene, standings
from network.actions.journal import record
from network.models import Patient, User

from .places import NO_REQUEST
from .settle import settle
from .steps import Refused, lock_patient, lock_session, lock_sessions


class RoomLeft(Refused):
    """There is no need to wait: this session has a free seat."""

    def __init__(self, session: Session) -> None:
        super().__init__(No(Refusal.ROOM_LEFT, session.slot))
        self.session = session


def wait_for_session(*, session: Session, patient: Patient, by: User | None, now: datetime) -> Wait:
    """Join the line of a full session. Twice is once, with the rank of the first time.

    Raises RoomLeft when a seat is free, Refused for whoever could not book it either.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        locked = lock_session(session.pk)
        earlier = _waits(person, locked.workshop_id).filter(session=locked).first()
        if earlier:
            return earlier
        settle(locked, now=now, asking=person.pk)
        scene = read_scene(locked, person, NO_REQUEST)
        no = scene.decide(now=now)
        if no is None or scene.offered is not None:
            raise RoomLeft(locked)
        if no.reason != Refusal.FULL:
            raise Refused(no)
        return _join(person, locked.workshop, locked, by=by, now=now)


def wait_for_any_date(
    *, workshop: Workshop, patient: Patient, by: User | None, now: datetime
) -> Wait:
    """Join the line of a workshop, for whichever of its dates frees first. Twice is once.

    Raises RoomLeft when one of its sessions has a free seat that this person may take, Refused
    when the workshop is not opened to them or already booked.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        earlier = _waits(person, workshop.pk).filter(session=None).first()
        if earlier:
            return earlier
        standing = standings([person.pk])[person.pk]
        _refuse_any_date(workshop, standing)
        coming = list(Session.objects.filter(workshop=workshop).coming(now))
        answers = {each: _answer(each, workshop, standing, now=now) for each in coming}
        for no in answers.values():
            if no and no.reason in (Refusal.OTHER_DATE, Refusal.SAME_SESSION):
                raise Refused(no)
        if answers and all(no and no.reason == Refusal.WHOLE_CYCLE for no in answers.values()):
            raise Refused(Refusal.WHOLE_CYCLE)
        roomy = lock_sessions(*(each.pk for each, no in answers.items() if no is None))
        for session in roomy.values():
            settle(session, now=now)  # the room may be somebody's who waits already
        for session in sorted(roomy.values(), key=lambda each: each.starts_at):
            if _answer(session, workshop, standing, now=now) is None:
                raise RoomLeft(session)
        return _join(person, workshop, None, by=by, now=now)


def _refuse_any_date(workshop: Workshop, person: Standing) -> None:
    """What no date would change. Raises Refused."""
    if not person.followed:
        raise Refused(Refusal.NOT_FOLLOWED)
    if workshop.pk not in person.opened:
        raise Refused(Refusal.NOT_OPENED)
    for each in person.places:
        attended = each.state == PlaceState.ATTENDED and each.slot.position is None
        if each.slot.workshop == workshop.pk and attended and not workshop.repeatable:
            raise Refused(No(Refusal.ALREADY_ATTENDED, each.slot))


def _answer(session: Session, workshop: Workshop, person: Standing, *, now: datetime) -> No | None:
    taken = Place.objects.filter(session=session, seat__isnull=False).count()
    slot = replace(session.slot, repeatable=workshop.repeatable)
    return decide(slot, person, free=session.capacity - taken, now=now)


def leave_line(*, wait: Wait, by: User | None, now: datetime) -> Wait:
    """Leave the list; an offer already made stays to be declined. Twice is once."""
    with transaction.atomic():
        person = lock_patient(wait.patient_id)
        left = Wait.objects.filter(pk=wait.pk, state=WaitState.WAITING).update(
            state=WaitState.LEFT, ended_at=now
        )
        if left:
            _note("wait.left", wait, person, by=by, now=now)
    wait.refresh_from_db()
    return wait


def _join(
    patient: Patient, workshop: Workshop, session: Session | None, *, by: User | None, now: datetime
) -> Wait:
    # a session called off at this instant may be putting the same person in line
    wait, new = Wait.objects.get_or_create(
        patient=patient,
        workshop=workshop,
        session=session,
        state__in=LIVE,
        defaults={"joined_at": now},
    )
    if new:
        _note("wait.joined", wait, patient, by=by, now=now)
    return wait


def _note(verb: str, wait: Wait, patient: Patient, *, by: User | None, now: datetime) -> None:
    subject = f"séance {wait.session_id}" if wait.session_id else f"atelier {wait.workshop_id}"
    record(verb=verb, by=by, at=now, patient=patient, subject=subject)


def _waits(patient: Patient, workshop_id: int) -> QuerySet[Wait]:
    return Wait.objects.filter(patient=patient, workshop_id=workshop_id, state__in=LIVE)
