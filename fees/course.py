"""The course of an act: every allowed move, from which states and to which one.

Source: facts of the network 1.9, « words for states ». What is not in the table is forbidden.
"""

from types import MappingProxyType

from .enums import ClaimMove, Decision, LineState, Move, Payment, State, TransferState

COURSE = MappingProxyType(
    {
        Move.VALIDATED: (frozenset({State.SUBMITTED}), State.VALIDATED),
        Move.BATCHED: (frozenset({State.VALIDATED}), State.IN_BATCH),
        Move.PAID: (frozenset({State.IN_BATCH}), State.PAID),
        Move.RETURNED: (frozenset({State.IN_BATCH, State.PAID}), State.VALIDATED),
        Move.CANCELLED: (
            frozenset({State.DRAFT, State.SUBMITTED, State.REFUSED, State.VALIDATED}),
            State.CANCELLED,
        ),
        Move.REVERSED: (frozenset({State.PAID}), State.REVERSED),
        Move.REOPENED: (frozenset({State.VALIDATED}), State.SUBMITTED),
    }
)

TRANSFERS = MappingProxyType(
    {
        Payment.SIGNED: (frozenset({TransferState.PREPARED}), TransferState.SENT),
        Payment.TAKEN_OUT: (frozenset({TransferState.PREPARED}), TransferState.DROPPED),
        Payment.DROPPED: (frozenset({TransferState.PREPARED}), TransferState.DROPPED),
        Payment.EXECUTED: (frozenset({TransferState.SENT}), TransferState.EXECUTED),
        Payment.REJECTED: (frozenset({TransferState.SENT}), TransferState.REJECTED),
        Payment.RETURNED: (frozenset({TransferState.EXECUTED}), TransferState.RETURNED),
    }
)
"""The course of a transfer: what was rejected or returned is paid by another one."""

CLAIMS = MappingProxyType(
    {
        ClaimMove.HELD: (frozenset({LineState.SENT}), LineState.HELD),
        ClaimMove.ADMITTED: (frozenset({LineState.SENT, LineState.HELD}), LineState.ADMITTED),
        ClaimMove.RETURNED: (frozenset({LineState.SENT, LineState.HELD}), LineState.RETURNED),
        ClaimMove.WITHDRAWN: (
            frozenset({LineState.SENT, LineState.HELD, LineState.ADMITTED}),
            LineState.WITHDRAWN,
        ),
        ClaimMove.RECALLED: (frozenset({LineState.HELD}), LineState.SENT),
        ClaimMove.REOPENED: (frozenset({LineState.ADMITTED}), LineState.SENT),
    }
)
"""The course of a claim line: controlled, it is admitted, or held until the envelope allows it, or
returned to its professional; it is withdrawn with an act that is cancelled. What a proof has left
while it was held is recalled, to be controlled again; so is one whose validation is undone."""


def can(move: Move, state: State, decision: Decision | None) -> bool:
    """May an act in `state` make this move? Only an accepted act goes towards payment."""
    states, _ = COURSE[move]
    return state in states and (move is Move.CANCELLED or decision is Decision.ACCEPTED)


def state_after(decision: Decision) -> State:
    """Where an act stands once the rules have decided it."""
    return State.REFUSED if decision is Decision.REFUSED else State.SUBMITTED
