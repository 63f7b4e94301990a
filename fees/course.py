"""The course of an act: every allowed move, from which states and to which one.

Source: facts of the network 1.9, « words for states ». What is not in the table is forbidden.
"""

from types import MappingProxyType

from .enums import Decision, Move, State

COURSE = MappingProxyType(
    {
        Move.VALIDATED: (frozenset({State.SUBMITTED}), State.VALIDATED),
        Move.BATCHED: (frozenset({State.VALIDATED}), State.IN_BATCH),
        Move.PAID: (frozenset({State.IN_BATCH}), State.PAID),
        Move.CANCELLED: (
            frozenset({State.DRAFT, State.SUBMITTED, State.REFUSED, State.VALIDATED}),
            State.CANCELLED,
        ),
        Move.REVERSED: (frozenset({State.PAID}), State.REVERSED),
    }
)


def can(move: Move, state: State, decision: Decision | None) -> bool:
    """May an act in `state` make this move? Only an accepted act goes towards payment."""
    states, _ = COURSE[move]
    return state in states and (move is Move.CANCELLED or decision is Decision.ACCEPTED)


def state_after(decision: Decision) -> State:
    """Where an act stands once the rules have decided it."""
    return State.REFUSED if decision is Decision.REFUSED else State.SUBMITTED
