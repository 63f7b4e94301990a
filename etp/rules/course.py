"""The course of a place in a session: every allowed move, from which states and to which one.

What is not in the table is forbidden. A place that is no longer held is never taken up again:
the person books another one.
"""

from types import MappingProxyType

from etp.enums import Move, PlaceState

HELD = frozenset(
    {
        PlaceState.OFFERED,
        PlaceState.BOOKED,
        PlaceState.ATTENDED,
        PlaceState.ABSENT,
        PlaceState.EXCUSED,
    }
)
"""States in which a seat is held; those of attendance hold it for the record."""

_NOTED = frozenset(
    {
        PlaceState.BOOKED,
        PlaceState.ATTENDED,
        PlaceState.ABSENT,
        PlaceState.EXCUSED,
    }
)

COURSE = MappingProxyType(
    {
        Move.ACCEPTED: (frozenset({PlaceState.OFFERED}), PlaceState.BOOKED),
        Move.DECLINED: (frozenset({PlaceState.OFFERED}), PlaceState.DECLINED),
        Move.EXPIRED: (frozenset({PlaceState.OFFERED}), PlaceState.EXPIRED),
        Move.WITHDRAWN: (frozenset({PlaceState.OFFERED}), PlaceState.CANCELLED),
        Move.CANCELLED: (frozenset({PlaceState.BOOKED}), PlaceState.CANCELLED),
        Move.MOVED: (frozenset({PlaceState.BOOKED}), PlaceState.MOVED),
        Move.ATTENDED: (_NOTED, PlaceState.ATTENDED),
        Move.ABSENT: (_NOTED, PlaceState.ABSENT),
        Move.EXCUSED: (_NOTED, PlaceState.EXCUSED),
    }
)

FIRST = MappingProxyType({Move.BOOKED: PlaceState.BOOKED, Move.OFFERED: PlaceState.OFFERED})
"""How a place begins."""


def can(move: Move, state: PlaceState) -> bool:
    """May a place in `state` make this move?"""
    return state in COURSE[move][0]
