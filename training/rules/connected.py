"""How long a learner was really there: counted between gestures, never declared."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

LONGEST_PAUSE = timedelta(minutes=30)
"""Between two gestures farther apart, the learner had left: nothing of it counts."""


def connected_seconds(gestures: Iterable[datetime]) -> int:
    """Seconds between successive gestures, long pauses left out.

    A gesture is what the server received: begun, answered, finished, read. Two things done at the
    same time are counted once. What comes before the first gesture and after the last is unknown,
    and counts for nothing: this is the least that one can say.
    """
    gaps = (later - earlier for earlier, later in pairwise(sorted(gestures)))
    spent = sum((gap for gap in gaps if gap <= LONGEST_PAUSE), timedelta())
    return int(spent.total_seconds())
