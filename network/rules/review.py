"""Rules of the case review (RCP): its moves, what each reader may be shown, its follow-up.

Pure: no database, no clock.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from network.enums import (
    Circle,
    MeetingMove,
    MeetingState,
    MinutesPart,
    ProposalKind,
    WorkStatus,
)
from network.rules.sharing import may_read_review
from portal.kit.dates import add_months

FOLLOW_UP_AFTER = 6
"""Months from a review to the question about work (facts 1.16)."""
VALID_LEAST = 2
"""Professionals without whom a file is not discussed validly, as long as no setting says more.

Outside oncology the law asks for none (context 2.5): a house rule, apart from the fee's quorum.
"""

_PLANNED = frozenset({MeetingState.PLANNED})


@dataclass(frozen=True, slots=True)
class Leg:
    """The states that a move leaves from (None = no meeting yet), and the one that it leads to."""

    sources: frozenset[MeetingState | None]
    target: MeetingState


MOVES: Mapping[MeetingMove, Leg] = {
    MeetingMove.PLANNED: Leg(frozenset({None}), MeetingState.PLANNED),
    MeetingMove.NOTED: Leg(frozenset({None}), MeetingState.HELD),
    MeetingMove.CHANGED: Leg(_PLANNED, MeetingState.PLANNED),
    MeetingMove.HELD: Leg(_PLANNED, MeetingState.HELD),
    MeetingMove.CALLED_OFF: Leg(_PLANNED, MeetingState.CALLED_OFF),
}


class NotAllowed(Exception):
    """This move does not start from that state."""


def after(state: MeetingState | None, move: MeetingMove) -> MeetingState:
    """The state that the move leads to. Raises NotAllowed."""
    leg = MOVES[move]
    if state not in leg.sources:
        raise NotAllowed(f"{move} from {state}")
    return leg.target


def missing_consent(
    *, in_team: bool, circle: Circle | None, consents: Collection[Circle]
) -> Circle | None:
    """The consent without which this person may not read a file; None when they may."""
    if may_read_review(in_team=in_team, circle=circle, consents=consents):
        return None
    return circle or Circle.REVIEW


_ALL = frozenset(MinutesPart)
_OUTSIDE = frozenset({MinutesPart.QUESTION, MinutesPart.PROPOSALS})
_PROPOSALS_OF = {
    Circle.OCCUPATIONAL: frozenset({ProposalKind.PRE_RETURN}),
    Circle.INSURANCE: frozenset({ProposalKind.PRE_RETURN, ProposalKind.SOCIAL}),
    Circle.DISABILITY: frozenset({ProposalKind.DISABILITY_FILE, ProposalKind.SOCIAL}),
}


def parts_for(circle: Circle | None) -> frozenset[MinutesPart]:
    """What a reader who may open a file is shown of it.

    Who comes for the employer, the insurance or the MDPH sees the question and what is proposed
    in their own field, never the medical summary, the discussion nor the conclusion.
    """
    return _ALL if circle in (None, Circle.REVIEW) else _OUTSIDE


def proposals_for(circle: Circle | None) -> frozenset[ProposalKind]:
    """The kinds of proposals that a reader is shown."""
    if circle in (None, Circle.REVIEW):
        return frozenset(ProposalKind)
    return _PROPOSALS_OF[circle]


def follow_up_on(held_on: date) -> date:
    """The day from which the patient is asked about work again."""
    return add_months(held_on, FOLLOW_UP_AFTER)


@dataclass(frozen=True, slots=True)
class WorkCount:
    """Files whose six months are over: how many in work then, of how many, and not known.

    `unknown` holds those noted as unknown and those nobody has asked yet; they stay in `due`.
    """

    working: int
    on_leave: int
    other: int
    unknown: int

    @property
    def due(self) -> int:
        return self.working + self.on_leave + self.other + self.unknown


def count_work(later: Iterable[WorkStatus | None]) -> WorkCount:
    """Count the answers at six months of the files that are due; None = not asked yet."""
    found = [each or WorkStatus.UNKNOWN for each in later]
    return WorkCount(
        working=found.count(WorkStatus.WORKING),
        on_leave=found.count(WorkStatus.ON_LEAVE),
        other=found.count(WorkStatus.OTHER),
        unknown=found.count(WorkStatus.UNKNOWN),
    )
