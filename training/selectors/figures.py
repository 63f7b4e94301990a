"""Numbers of meetings, for those who organise them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from training.enums import SeatState, Survey
from training.models import Attestation, Meeting, Registration, Stay, Viewing

from .surveys import Opinions, opinions_of


@dataclass(frozen=True, slots=True)
class Figures:
    """People registered, present, who watched the recording, attested; what they say of it."""

    meeting: Meeting
    registered: int
    present: int
    watched: int
    attested: int
    hot: Opinions
    cold: Opinions


def figures_of(meetings: Sequence[Meeting]) -> list[Figures]:
    """In the order given; as many queries for one as for a hundred."""
    keys = [each.pk for each in meetings]
    booked = _counted(
        Registration.objects.filter(meeting__in=keys, state=SeatState.BOOKED), "meeting", "pk"
    )
    stays = Stay.objects.filter(registration__meeting__in=keys)
    present = _counted(stays, "registration__meeting", "registration")
    viewings = Viewing.objects.filter(replay__meeting__in=keys, seconds__gt=0)
    watched = _counted(viewings, "replay__meeting", "person")
    attestations = Attestation.objects.standing().filter(
        module_key__in=[each.key for each in meetings]
    )
    attested = _counted(attestations, "module_key", "learner")
    said = opinions_of(keys)
    return [
        Figures(
            each,
            booked.get(each.pk, 0),
            present.get(each.pk, 0),
            watched.get(each.pk, 0),
            attested.get(each.key, 0),
            said.get((each.pk, Survey.HOT), Opinions()),
            said.get((each.pk, Survey.COLD), Opinions()),
        )
        for each in meetings
    ]


def _counted(rows: QuerySet[Any], by: str, what: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count(what, distinct=True)))
