"""What waits for euros: controlled lines beyond the envelope of their year, in their order.

The order is that of the steps that held them: written under the envelope's lock, one after another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from fees.enums import ClaimMove, LineState
from fees.models import Act, ClaimLine, ClaimStep


def held_steps(year: int) -> QuerySet[ClaimStep]:
    """The steps of the lines that wait for the envelope of a year, the first to be paid first."""
    again = ClaimStep.objects.filter(
        line=OuterRef("line"), move=ClaimMove.HELD, pk__gt=OuterRef("pk")
    )
    steps = ClaimStep.objects.filter(
        move=ClaimMove.HELD,
        line__state=LineState.HELD,
        line__act__done_on__gte=date(year, 1, 1),
        line__act__done_on__lt=date(year + 1, 1, 1),
    )
    return steps.exclude(Exists(again)).order_by("pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that waits for euros, and its rank in its year."""

    rank: int
    line: ClaimLine
    since: datetime


def held_steps_of(years: Iterable[int]) -> list[Waiting]:
    """Who waits for the envelopes of these years, in their order."""
    return [
        Waiting(rank, step.line, step.at)
        for year in sorted(years)
        for rank, step in enumerate(
            held_steps(year).select_related("line__act__patient", "line__act__professional"),
            start=1,
        )
    ]


def held_years(years: Iterable[int] | None = None) -> set[int]:
    """The years, among these or of all, in which somebody waits."""
    lines = ClaimLine.objects.filter(state=LineState.HELD).order_by()
    found = set(lines.values_list("act__done_on__year", flat=True).distinct())
    return found if years is None else found & set(years)


def ranks_in(years: Iterable[int]) -> dict[int, int]:
    """The place, from 1, of each act that waits for the envelope of its year, by act."""
    return {
        act: rank
        for year in set(years)
        for rank, act in enumerate(held_steps(year).values_list("line__act", flat=True), start=1)
    }


def rank_of(act: Act) -> int | None:
    """The place of an act in the line of its year, from 1; None when it does not wait."""
    return ranks_in({act.done_on.year}).get(act.pk)
