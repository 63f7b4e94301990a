"""Who came, noted in one go and corrected afterwards; and who was called after an absence."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etp.actions.sessions import Impossible
from etp.enums import Move, PlaceState
from etp.models import AbsenceCall, Place, Session
from etp.rules.course import can
from network.actions.journal import record
from network.models import User

from .steps import lock_session, make_move

MARKS = {
    Move.ATTENDED: PlaceState.ATTENDED,
    Move.ABSENT: PlaceState.ABSENT,
    Move.EXCUSED: PlaceState.EXCUSED,
}


def note_attendance(
    *, session: Session, marks: Mapping[int, Move], by: User, now: datetime
) -> Session:
    """Note who came, by place. What is already noted so leaves no step; other marks correct it.

    The session is closed once every person booked has a mark. Raises Impossible before it begins
    or when it is cancelled.
    """
    with transaction.atomic():
        locked = lock_session(session.pk)
        if locked.cancelled_at is not None:
            raise Impossible(_("Cette séance est annulée\u00a0: personne n’y était attendu."))
        if locked.starts_at > now:
            raise Impossible(_("Cette séance n’a pas encore commencé."))
        places = Place.objects.filter(session=locked).select_related("patient").order_by("seat")
        left = 0
        for place in places:
            mark = marks.get(place.pk)
            state = PlaceState(place.state)
            if mark is not None and MARKS[mark] != state and can(mark, state):
                make_move(place, mark, by=by, now=now)
            left += place.state == PlaceState.BOOKED
        if not left and locked.closed_at is None:
            locked.closed_at = now
            locked.save(update_fields=["closed_at"])
            record(verb="session.noted", by=by, at=now, subject=f"séance {locked.pk}")
        return locked


def note_call(*, place: Place, by: User, now: datetime) -> AbsenceCall:
    """Take an absence off the list of those to call. Twice is once."""
    with transaction.atomic():
        call, first = AbsenceCall.objects.get_or_create(
            place=place, defaults={"patient": place.patient, "at": now, "by": by}
        )
        if first:
            record(
                verb="absence.called",
                by=by,
                at=now,
                patient=place.patient,
                subject=f"séance {place.session_id}",
            )
        return call
