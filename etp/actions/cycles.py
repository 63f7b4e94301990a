"""A cycle is booked, and given up, as one: all its sessions or none."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from etp import notices
from etp.enums import LIVE, Move, PlaceState, Refusal, WaitState
from etp.models import Cycle, CycleWait, Place
from etp.selectors.scene import read_scene
from network.models import Patient, User

from .cycle_line import settle_line
from .letters import Dated, tell_together, where_of
from .places import check_notice, give_up, seat, where_in
from .settle import settle
from .steps import Refused, lock_patient, lock_sessions


def book_cycle(
    *, cycle: Cycle, patient: Patient, request_id: UUID, by: User | None, now: datetime
) -> list[Place]:
    """Take a seat in each session of a cycle that has not begun.

    Sessions are locked in the order of their keys. The same `request_id` again returns the places
    of the first time. Raises Refused with the first session that stands against it: nothing is
    booked then. A cycle under way is refused as STARTED.
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        keys = cycle.sessions.filter(cancelled_at=None).values_list("pk", flat=True)
        sessions = lock_sessions(*keys)
        made = Place.objects.filter(patient=person, cycle=cycle, request_id=request_id)
        if made:
            return list(made.order_by("session__starts_at"))
        if not sessions:
            raise Refused(Refusal.CANCELLED)
        settle_line(cycle.pk, sessions, now=now, asking=person.pk)
        scenes = {pk: read_scene(each, person, request_id) for pk, each in sessions.items()}
        for pk, scene in scenes.items():
            if scene.to_settle(now):
                settle(sessions[pk], now=now, asking=person.pk)
                scenes[pk] = read_scene(sessions[pk], person, request_id)
        together = frozenset(sessions)
        in_time = sorted(scenes.values(), key=lambda scene: scene.session.starts_at)
        places = [
            seat(
                scene,
                person,
                request_id=request_id,
                by=by,
                now=now,
                cycle=cycle,
                together=together,
            )
            for scene in in_time
        ]
        dates = [
            Dated(place, scene.session, where_in(scene) or where_of(scene.session))
            for place, scene in zip(places, in_time, strict=True)
        ]
        CycleWait.objects.filter(patient=person, cycle=cycle, state__in=LIVE).update(
            state=WaitState.SERVED, ended_at=now
        )
        notice = notices.BOOKED_TOGETHER if len(dates) > 1 else notices.BOOKED
        tell_together(dates, notice, now=now, gone=False)
        return places


def cancel_cycle(
    *, cycle: Cycle, patient: Patient, by: User | None, now: datetime, by_staff: bool = False
) -> list[Place]:
    """Give up all that is still to come of a cycle; the notice runs to its next session.

    Twice is once. Raises Refused(TOO_LATE).
    """
    with transaction.atomic():
        person = lock_patient(patient.pk)
        coming = Place.objects.filter(
            patient=person, cycle=cycle, state=PlaceState.BOOKED, session__starts_at__gt=now
        ).values_list("session", flat=True)
        sessions = lock_sessions(*coming)
        places = Place.objects.filter(
            patient=person, session__in=sessions, state=PlaceState.BOOKED
        ).order_by("session__starts_at")
        given: list[Place] = []
        for place in places:
            session = sessions[place.session_id]
            if not given:
                check_notice(session, now=now, by_staff=by_staff)
            place.patient, place.session = person, session
            give_up(place, session, Move.CANCELLED, by=by, now=now)
            given.append(place)
        if given:
            dates = [Dated(place, place.session, where_of(place.session)) for place in given]
            several = len(dates) > 1
            notice = notices.CANCELLED_TOGETHER if several else notices.CANCELLED
            tell_together(dates, notice, now=now, gone=True)
        return given
