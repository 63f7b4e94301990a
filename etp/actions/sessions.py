"""What a coordinator changes on a session, under its lock: seats, date and place, cancellation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etp import notices
from etp.enums import Mode, Move, PlaceState, WaitState
from etp.models import Facilitator, Place, Session, Site, Wait
from etp.rules.course import HELD
from network.actions.journal import record
from network.models import User
from portal.kit.calendar import Method
from portal.kit.seats import lowest_free

from .letters import tell, withdraw_reminders
from .settle import release_wait, settle
from .steps import lock_session, make_move


class Impossible(Exception):
    """What was asked does not fit what stands now; the message is for the coordinator."""


def set_capacity(*, session: Session, capacity: int, by: User, now: datetime) -> Session:
    """Raise or lower the seats of a session; those who wait are offered the new ones at once.

    Lowered, people keep their places and may change seats. Raises Impossible when more seats are
    held than would be left.
    """
    with transaction.atomic():
        locked = lock_session(session.pk)
        if locked.capacity == capacity:
            return locked
        held = list(Place.objects.filter(session=locked, state__in=sorted(HELD)).order_by("seat"))
        if len(held) > capacity:
            raise Impossible(
                _("%(held)s places sont prises\u00a0: déplacez d’abord %(more)s personne(s).")
                % {"held": len(held), "more": len(held) - capacity}
            )
        _reseat(held, capacity)
        # the copies first when it grows, and after the seats have moved when it shrinks
        Place.objects.filter(session=locked, seat__isnull=False).update(capacity=capacity)
        locked.capacity = capacity
        locked.save(update_fields=["capacity"])
        record(verb="session.resized", by=by, at=now, subject=f"séance {locked.pk}")
        settle(locked, now=now)
        return locked


def _reseat(held: list[Place], capacity: int) -> None:
    """Bring those who sit beyond the new capacity onto the free seats below it."""
    taken = {place.seat for place in held if place.seat is not None}
    for place in held:
        if place.seat is None or place.seat <= capacity:
            continue
        seat = lowest_free(taken, capacity)
        taken -= {place.seat}
        place.seat = seat
        place.save(update_fields=["seat"])
        taken |= {seat} if seat else set()


def cancel_session(*, session: Session, reason: str, by: User, now: datetime) -> Session:
    """Call a session off: everybody is told, and waits first in line for any other date.

    Their rank is that of their booking. Twice is once.
    """
    with transaction.atomic():
        locked = lock_session(session.pk)
        if locked.cancelled_at is not None:
            return locked
        if locked.starts_at <= now:
            raise Impossible(_("Cette séance a déjà commencé\u00a0: notez plutôt les présences."))
        locked.cancelled_at, locked.cancel_reason = now, reason.strip()
        locked.sequence += 1
        locked.save(update_fields=["cancelled_at", "cancel_reason", "sequence"])
        record(verb="session.cancelled", by=by, at=now, subject=f"séance {locked.pk}")
        for place in _coming_places(locked):
            offered = place.state == PlaceState.OFFERED
            make_move(place, Move.WITHDRAWN if offered else Move.CANCELLED, by=by, now=now)
            release_wait(place.wait, now=now)
            since = place.wait.joined_at if offered and place.wait else place.made_at
            if not (offered and place.cycle_id):  # a cycle is waited for as a whole
                _wait_first(place, locked.workshop_id, since=since)
            withdraw_reminders(place, locked)
            in_calendars = None if offered else Method.CANCEL
            tell(place, notices.CALLED_OFF, now=now, session=locked, method=in_calendars)
        Wait.objects.filter(session=locked, state=WaitState.WAITING).update(
            state=WaitState.OVER, ended_at=now
        )
        return locked


def _wait_first(place: Place, workshop_id: int, *, since: datetime) -> None:
    """Put somebody in line for any date, at the rank of what was called off."""
    Wait.objects.bulk_create(
        [Wait(patient=place.patient, workshop_id=workshop_id, joined_at=since)],
        ignore_conflicts=True,  # already in line
    )


def change_session(
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    mode: Mode,
    site: Site | None,
    facilitator: Facilitator,
    by: User,
    now: datetime,
    video_url: str = "",
    video_phone: str = "",
) -> Session:
    """Change date, place or facilitator; those who come are told when the first two change.

    Calendars are updated in place: same event, higher sequence. The same values again change
    nothing. Raises Impossible once begun or cancelled.
    """
    with transaction.atomic():
        locked = lock_session(session.pk)
        if locked.cancelled_at is not None or locked.starts_at <= now:
            raise Impossible(_("Cette séance a déjà commencé, ou elle est annulée."))
        if starts_at <= now:
            raise Impossible(_("La nouvelle date est passée."))
        moved = (locked.starts_at, locked.ends_at, locked.mode, locked.site_id) != (
            starts_at,
            ends_at,
            mode,
            site.pk if site else None,
        )
        ways_in = (facilitator.pk, video_url, video_phone)
        if not moved and ways_in == (locked.facilitator_id, locked.video_url, locked.video_phone):
            return locked
        for place in _coming_places(locked) if moved else []:
            withdraw_reminders(place, locked)
        locked.starts_at, locked.ends_at, locked.mode = starts_at, ends_at, mode
        locked.site, locked.facilitator = site, facilitator
        locked.video_url, locked.video_phone = video_url, video_phone
        locked.sequence += moved
        locked.save()
        record(verb="session.changed", by=by, at=now, subject=f"séance {locked.pk}")
        if not moved:
            return locked
        offers = Place.objects.filter(session=locked, state=PlaceState.OFFERED)
        offers.filter(until__gt=starts_at).update(until=starts_at)
        for place in _coming_places(locked):
            booked = place.state == PlaceState.BOOKED
            in_calendars = Method.PUBLISH if booked else None
            tell(place, notices.CHANGED, now=now, session=locked, method=in_calendars)
        settle(locked, now=now)
        return locked


def _coming_places(session: Session) -> list[Place]:
    coming = Place.objects.filter(
        session=session, state__in=[PlaceState.BOOKED, PlaceState.OFFERED]
    )
    # by patient: two sessions that write waits of the same people do so in the same order
    return list(coming.select_related("patient", "wait").order_by("patient"))
