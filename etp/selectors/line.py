"""Who waits for a seat of a session, in order."""

from datetime import datetime

from django.db.models import Max, Q

from etp.enums import Move, WaitState
from etp.models import Place, Session, Wait
from etp.rules.booking import Slot, Standing
from etp.rules.waiting import Waiting, line_for


def waits_for(session: Session) -> dict[int, Wait]:
    """The waits for this session or for any date of its workshop, by key, with their patients."""
    waits = Wait.objects.filter(
        Q(session=None) | Q(session=session),
        workshop=session.workshop_id,
        state=WaitState.WAITING,
    )
    return {each.pk: each for each in waits.select_related("patient")}


def line_of(
    slot: Slot, waits: dict[int, Wait], people: dict[int, Standing], *, now: datetime
) -> list[Wait]:
    """The waits that a seat of this session may go to, in order, one a person."""
    line = line_for(
        slot,
        [
            Waiting(each.pk, each.patient_id, each.joined_at, each.session_id)
            for each in waits.values()
        ],
        people,
        given_up(slot.session, set(people)),
        now=now,
    )
    first_of_each = {each.person: each.key for each in reversed(line)}
    return [waits[each.key] for each in line if first_of_each[each.person] == each.key]


def given_up(session_id: int, people: set[int]) -> dict[int, datetime]:
    """When each of these people last gave up a place of this session, or let an offer lapse."""
    ended = Place.objects.filter(session=session_id, patient__in=people, ended_at__isnull=False)
    by_them = ended.exclude(steps__move=Move.WITHDRAWN).order_by()
    return dict(by_them.values_list("patient").annotate(last=Max("ended_at")))
