"""How many seconds of a recording somebody has really seen.

A page tells which seconds it has played; the server believes no more of it than the time that
passed could hold. Decisions: a second counts once, however often it is seen again; nobody sees
more than two seconds in one (players offer twice the speed); a silence longer than a minute
counts for a minute, since a page that plays tells it every fifteen seconds; 80 % is attested, as
for those who attend.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training.rules.presence import THRESHOLD
from training.rules.spans import gaps, union

FASTEST = 2
"""Seconds seen in one."""
LONGEST_SILENCE = 60
"""Seconds between two tellings that may count."""

type Seconds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """The seconds seen, as a union; `wall`: the seconds of real time in which they were."""

    spans: tuple[Seconds, ...] = ()
    wall: int = 0

    @property
    def seconds(self) -> int:
        return sum(end - start for start, end in self.spans)


def add(seen: Seen, told: Iterable[Seconds], *, length: int, elapsed: int) -> Seen:
    """What is seen once a page has told these spans of a recording of `length` seconds.

    `elapsed`: whole seconds since the same person told something. What is told beyond what the
    time allows is dropped, the latest seconds first; the same told twice adds nothing.
    """
    passed = min(max(elapsed, 0), LONGEST_SILENCE)
    left = passed * FASTEST
    known = list(seen.spans)
    for start, end in union(told, 0, length):
        for low, high in gaps(known, start, end):
            taken = min(high - low, left)
            left -= taken
            known = union([*known, (low, low + taken)], 0, length)
    return Seen(tuple(known), seen.wall + passed)


def within(spans: Sequence[Seconds], length: int) -> tuple[Seconds, ...]:
    """The same spans in a recording that was made shorter."""
    return tuple(union(spans, 0, length))


def is_enough(seconds: int, length: int, threshold: int = THRESHOLD) -> bool:
    """Whether so many seconds reach the threshold, a percent of the recording."""
    return seconds > 0 and seconds * 100 >= length * threshold
