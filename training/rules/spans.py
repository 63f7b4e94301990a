"""What spans cover together: of a meeting by its stays, of a film by the seconds seen."""

from collections.abc import Iterable
from datetime import datetime


def union[T: (int, datetime)](spans: Iterable[tuple[T, T]], first: T, last: T) -> list[tuple[T, T]]:
    """The spans between `first` and `last` that these cover, in order, apart from each other.

    A span goes from its start, inside, to its end, outside; one that ends before it starts covers
    nothing.
    """
    covered: list[tuple[T, T]] = []
    for begun, ended in sorted(spans):
        start, end = max(begun, first), min(ended, last)
        if end <= start:
            continue
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end))
        else:
            covered.append((start, end))
    return covered


def gaps(covered: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """What the spans of a union leave uncovered between `start` and `end`, in order."""
    left: list[tuple[int, int]] = []
    for begun, ended in covered:
        if begun > start:
            left.append((start, min(begun, end)))
        start = max(start, ended)
        if start >= end:
            break
    if start < end:
        left.append((start, end))
    return [(low, high) for low, high in left if low < high]
