"""A patient's places: booked, moved, given up; an offer accepted or declined.

Locks are always taken in the same order: the patient, then the sessions by their keys.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from etp import notices
from etp.enums import Move, PlaceState, Refusal, WaitState
from etp.models import Cycle, Place, Session, Wait
from etp.rules.booking import No, may_accept
from etp.rules.waiting import may_still_give_up
from etp.selectors.scene import Scene, read_scene
from network.models import Patient, User
from portal.kit.calendar import Method
from portal.kit.prepared import insert_row

from .letters import tell, withdraw_reminders
from .settle import release_wait, settle
from .steps import Refused, leave_step, lock_patient, lock_session, lock_sessions, make_move

NO_REQUEST = UUID(int=0)
"""For a reading that replays nothing."""


def book(
    *, session: Session, patient: Patient, request_id: UUID, by: User | None, now: datetime
) -> Place:
    """Take a seat for a patient; an offer held for them in this session is accepted.

    The same `request_id` again returns the place of the first time. `by` None: the patient,
    through a personal link. Raises Refused, Busy.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        locked = lock_session(session.pk)
        scene = _settled(locked, person, request_id, now=now)
        if scene.made is not None:
            return Place.objects.get(pk=scene.made)
        place = seat(scene, person, request_id=request_id, by=by, now=now)
        tell(place, notices.BOOKED, now=now, where=where_in(scene), method=Method.PUBLISH)
        return place


def _settled(session: Session, patient: Patient, request_id: UUID, *, now: datetime) -> Scene:
    """The scene, once whoever was in line before has been served."""
    scene = read_scene(session, patient, request_id)
    if scene.made is None and scene.to_settle(now):
        settle(session, now=now, asking=patient.pk)
        scene = read_scene(session, patient, request_id)
    return scene


def seat(
    scene: Scene,
    patient: Patient,
    *,
    request_id: UUID,
    by: User | None,
    now: datetime,
    moving: int | None = None,
    cycle: Cycle | None = None,
    together: Collection[int] = (),
) -> Place:
    """Decide and write one place; the caller holds the locks, and tells the patient.

    `moving`: see `decide`. An offer held for this person is taken up, for the same gesture.
    Raises Refused.
    """
    if scene.offered is not None and not moving:
        gesture = {"request_id": request_id, "cycle": cycle}
        return _accept(scene, patient, by=by, now=now, together=together, **gesture)
    no = scene.decide(now=now, moving=moving, cycle=together)
    if no:
        raise Refused(no)
    place = Place(
        patient=patient,
        session=scene.session,
        cycle=cycle,
        state=PlaceState.BOOKED,
        seat=scene.seat,
        capacity=scene.session.capacity,
        request_id=request_id,
        made_at=now,
    )
    insert_row(place)
    leave_step(place, Move.BOOKED, by=by, now=now)
    if scene.about.waits:
        _stop_waiting(patient, scene.session, now=now)
    return place


def where_in(scene: Scene) -> str:
    """The address that the scene has read, empty for a video."""
    about = scene.about
    if about.site is None:
        return ""
    return f"{about.site}, {about.address}, {about.postcode} {about.city}"


def _stop_waiting(patient: Patient, session: Session, *, now: datetime) -> None:
    """The waits that this session serves; one that is being offered elsewhere is left to that.

    Its row is not waited for, so that two sessions never wait for each other; the offer is
    withdrawn by the next `settle`.
    """
    free = Wait.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        Q(session=None) | Q(session__position=session.position),
        patient=patient,
        workshop=session.workshop_id,
        state=WaitState.WAITING,
    )
    Wait.objects.filter(pk__in=[each.pk for each in free]).update(
        state=WaitState.SERVED, ended_at=now
    )


def accept(*, place: Place, by: User | None, now: datetime) -> Place:
    """Take the seat that an offer holds. Twice is once.

    Raises Refused: OFFER_OVER when it has lapsed or was declined, or what now stands against it.
    """
    with transaction.atomic():
        person = lock_patient(place.patient_id)
        session = lock_session(place.session_id)
        scene = _settled(session, person, NO_REQUEST, now=now)
        found = Place.objects.get(pk=place.pk)
        if found.state == PlaceState.BOOKED:
            return found
        if scene.offered is not None and scene.offered == found.pk:
            taken = _accept(scene, person, by=by, now=now)
            tell(taken, notices.BOOKED, now=now, where=where_in(scene), method=Method.PUBLISH)
            return taken
    raise Refused(Refusal.OFFER_OVER)  # after the commit: what has lapsed stays lapsed


def accept_instead(*, place: Place, leaving: Place, by: User | None, now: datetime) -> Place:
    """Take an offered seat and give up the date of the same workshop that stands in its way.

    Both or none; twice is once. Raises Refused, TOO_LATE among them for the date given up.
    """
    with transaction.atomic():
        person = lock_patient(place.patient_id)
        sessions = lock_sessions(place.session_id, leaving.session_id)
        target, old = sessions[place.session_id], sessions[leaving.session_id]
        found = Place.objects.get(pk=place.pk)
        given = Place.objects.select_related("session").get(pk=leaving.pk)
        if found.state == PlaceState.BOOKED:
            return found
        if given.patient_id != person.pk or given.state != PlaceState.BOOKED:
            raise Refused(Refusal.NOT_HELD)
        if old.workshop_id != target.workshop_id:
            raise Refused(Refusal.OTHER_WORKSHOP)
        check_notice(old, now=now, by_staff=False)
        given.patient, given.session = person, old
        give_up(given, old, Move.MOVED, by=by, now=now)
        scene = _settled(target, person, NO_REQUEST, now=now)
        if scene.offered is None or scene.offered != found.pk:
            raise Refused(Refusal.OFFER_OVER)
        place = _accept(scene, person, by=by, now=now)
        tell(
            place,
            notices.MOVED,
            now=now,
            where=where_in(scene),
            method=Method.PUBLISH,
            instead_of=given,
        )
        return place


def _accept(
    scene: Scene,
    patient: Patient,
    *,
    by: User | None,
    now: datetime,
    together: Collection[int] = (),
    **gesture: UUID | Cycle | None,
) -> Place:
    """Take up the offer of the scene; `gesture`: the fields of the request that does it."""
    no = may_accept(scene.slot, scene.person, now=now, cycle=together)
    if no:
        raise Refused(no)
    place = Place.objects.get(session=scene.session, patient=patient, state=PlaceState.OFFERED)
    if place.of_cycle_offer and not together:
        raise Refused(Refusal.WHOLE_CYCLE)
    place.patient, place.session = patient, scene.session
    make_move(place, Move.ACCEPTED, by=by, now=now)
    if gesture:
        Place.objects.filter(pk=place.pk).update(**gesture)
        place.refresh_from_db(fields=list(gesture))
    Wait.objects.filter(places=place, state=WaitState.OFFERED).update(
        state=WaitState.SERVED, ended_at=now
    )
    _stop_waiting(patient, scene.session, now=now)
    return place


def decline(*, place: Place, by: User | None, now: datetime) -> Place:
    """Give an offered seat to the next in line. Twice is once. Raises Refused."""
    with transaction.atomic():
        place, session = _locked(place)
        if place.state in (PlaceState.DECLINED, PlaceState.EXPIRED, PlaceState.CANCELLED):
            return place
        if place.of_cycle_offer:
            raise Refused(Refusal.WHOLE_CYCLE)
        make_move(place, Move.DECLINED, by=by, now=now)
        release_wait(place.wait, now=now)
        settle(session, now=now)
        return place


def cancel(
    *, place: Place, by: User | None, now: datetime, by_staff: bool = False, note: str = ""
) -> Place:
    """Give a place up; its seat goes to the next in line at once. Twice is once.

    Raises Refused: TOO_LATE for a patient within the programme's notice, or once it has begun.
    """
    with transaction.atomic():
        place, session = _locked(place)
        if place.state == PlaceState.CANCELLED:
            return place
        check_notice(session, now=now, by_staff=by_staff)
        give_up(place, session, Move.CANCELLED, by=by, now=now, note=note)
        tell(place, notices.CANCELLED, now=now, session=session, method=Method.CANCEL)
        return place


def check_notice(session: Session, *, now: datetime, by_staff: bool) -> None:
    """Raises Refused(TOO_LATE); staff may do it until the start."""
    hours = 0 if by_staff else session.workshop.programme.notice_hours
    if not may_still_give_up(now, session.starts_at, hours):
        raise Refused(Refusal.TOO_LATE)


def give_up(
    place: Place, session: Session, move: Move, *, by: User | None, now: datetime, note: str = ""
) -> None:
    """Leave a seat and settle; the session is locked."""
    make_move(place, move, by=by, now=now, note=note)
    withdraw_reminders(place, session)
    settle(session, now=now)


def move(
    *,
    place: Place,
    to: Session,
    request_id: UUID,
    by: User | None,
    now: datetime,
    by_staff: bool = False,
) -> Place:
    """Change a booked place for a seat on another date of its workshop, both or none.

    A session of a cycle is changed for that of the same rank in another group.

    The same `request_id` again returns the new place. Raises Refused, Busy.
    """
    with transaction.atomic():
        person = lock_patient(place.patient_id)
        sessions = lock_sessions(place.session_id, to.pk)
        old, target = sessions[place.session_id], sessions[to.pk]
        scene = _settled(target, person, request_id, now=now)
        if scene.made is not None:
            return Place.objects.get(pk=scene.made)
        place = Place.objects.select_related("session__workshop__programme").get(pk=place.pk)
        place.patient = person
        if target.workshop_id != old.workshop_id:
            raise Refused(Refusal.OTHER_WORKSHOP)
        if old.position and target.position != old.position:
            raise Refused(Refusal.WHOLE_CYCLE)
        if place.state != PlaceState.BOOKED:
            raise Refused(Refusal.NOT_HELD)
        if old.pk == target.pk:
            raise Refused(No(Refusal.SAME_SESSION, scene.slot))
        check_notice(place.session, now=now, by_staff=by_staff)
        new = seat(
            scene,
            person,
            request_id=request_id,
            by=by,
            now=now,
            moving=old.pk,
            cycle=place.cycle,
        )
        place.session = old
        give_up(place, old, Move.MOVED, by=by, now=now)
        tell(
            new,
            notices.MOVED,
            now=now,
            where=where_in(scene),
            method=Method.PUBLISH,
            instead_of=place,
        )
        return new


def _locked(place: Place) -> tuple[Place, Session]:
    """The place read again under the locks of its patient and its session."""
    person = lock_patient(place.patient_id)
    session = lock_session(place.session_id)
    found = Place.objects.select_related("wait").get(pk=place.pk)
    found.patient, found.session = person, session
    return found, session
