"""Rules of the care plan (PPS): the plan as plain values, and how two versions differ.

Rows are known by a key that they keep from version to version; their order tells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from network.enums import ActionStatus, PlanRow


@dataclass(frozen=True, slots=True, eq=False)
class Who:
    """Who does something: a professional of the network by key, or anybody in words.

    A professional whose name is spelled otherwise since is still the same one.
    """

    name: str
    professional: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Who) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> int | str:
        return self.name if self.professional is None else self.professional


NOBODY = Who("")
type Value = str | date | Who | None
"""What one leaf of a plan holds; nothing is None or an empty text."""


@dataclass(frozen=True, slots=True)
class Action:
    """What is done, by whom, until when; `why`: the reason of an action that was dropped."""

    key: str
    what: str
    who: Who = NOBODY
    due_on: date | None = None
    status: ActionStatus = ActionStatus.TO_DO
    why: str = ""

    @property
    def open(self) -> bool:
        return self.status in (ActionStatus.TO_DO, ActionStatus.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Objective:
    key: str
    words: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    key: str
    words: str
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One version. `priorities`, `preferences`: the patient's words; `alert`: what to do if
    things go wrong, in a line; `referent`: whom the patient turns to."""

    priorities: str = ""
    preferences: str = ""
    alert: str = ""
    referent: Who = NOBODY
    review_on: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(each for problem in self.problems for each in problem.objectives)

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(each for objective in self.objectives for each in objective.actions)

    def coming_from(self, day: date) -> tuple[Action, ...]:
        """Actions still to be done by a date that is not past on `day`, the nearest first."""
        dated = [(each.due_on, each) for each in self.actions if each.open and each.due_on]
        coming = [pair for pair in dated if pair[0] >= day]
        return tuple(each for _, each in sorted(coming, key=lambda pair: pair[0]))


class Leaf(StrEnum):
    """The names of what a row holds. UNDER: the key of the row that it belongs to."""

    WORDS = "words"
    UNDER = "under"
    WHO = "who"
    DUE_ON = "due_on"
    STATUS = "status"
    WHY = "why"
    PRIORITIES = "priorities"
    PREFERENCES = "preferences"
    ALERT = "alert"
    REFERENT = "referent"
    REVIEW_ON = "review_on"


class Kind(StrEnum):
    """How a row changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


type Place = tuple[PlanRow, str]
type Leaves = Mapping[Place, Mapping[Leaf, Value]]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that came or went with all it holds, or one leaf that changed.

    `title` is what the row says, in the new version unless it went; `leaves` gives before and
    after, None on the side where the row is not.
    """

    kind: Kind
    row: PlanRow
    key: str
    title: str
    leaves: Mapping[Leaf, tuple[Value, Value]] = field(default_factory=dict)

    @property
    def leaf(self) -> Leaf:
        """The leaf that changed; for a row that came or went, its first one."""
        return next(iter(self.leaves))

    @property
    def before(self) -> Value:
        return self.leaves[self.leaf][0]

    @property
    def after(self) -> Value:
        return self.leaves[self.leaf][1]


def leaves(plan: Plan) -> Leaves:
    """All that a plan says, by row, in the order of the page."""
    return dict(_rows(plan))


def _rows(plan: Plan) -> Iterator[tuple[Place, Mapping[Leaf, Value]]]:
    yield (
        (PlanRow.PLAN, ""),
        {
            Leaf.PRIORITIES: plan.priorities,
            Leaf.PREFERENCES: plan.preferences,
            Leaf.ALERT: plan.alert,
            Leaf.REFERENT: plan.referent,
            Leaf.REVIEW_ON: plan.review_on,
        },
    )
    for problem in plan.problems:
        yield (PlanRow.PROBLEM, problem.key), {Leaf.WORDS: problem.words}
        for objective in problem.objectives:
            under: dict[Leaf, Value] = {Leaf.WORDS: objective.words, Leaf.UNDER: problem.key}
            yield (PlanRow.OBJECTIVE, objective.key), under
            for action in objective.actions:
                yield (PlanRow.ACTION, action.key), _of_action(action, objective.key)


def _of_action(action: Action, objective: str) -> Mapping[Leaf, Value]:
    return {
        Leaf.WORDS: action.what,
        Leaf.UNDER: objective,
        Leaf.WHO: action.who,
        Leaf.DUE_ON: action.due_on,
        Leaf.STATUS: action.status,
        Leaf.WHY: action.why,
    }


def diff(old: Plan, new: Plan) -> tuple[Change, ...]:
    """What must be told of `new` to whoever knows `old`, in the order of the page.

    Each leaf that differs is in exactly one change. What went comes last.
    """
    before, after = leaves(old), leaves(new)
    changes: list[Change] = []
    for place, values in after.items():
        if place not in before:
            changes.append(_whole(Kind.ADDED, place, values))
            continue
        was = before[place]
        changes += [
            Change(Kind.CHANGED, *place, _title(values), {leaf: (was[leaf], value)})
            for leaf, value in values.items()
            if was[leaf] != value
        ]
    gone = [place for place in before if place not in after]
    return (*changes, *(_whole(Kind.REMOVED, place, before[place]) for place in gone))


def _whole(kind: Kind, place: Place, values: Mapping[Leaf, Value]) -> Change:
    added = kind == Kind.ADDED
    sides = {leaf: (None, value) if added else (value, None) for leaf, value in values.items()}
    return Change(kind, *place, _title(values), sides)


def _title(values: Mapping[Leaf, Value]) -> str:
    return str(values.get(Leaf.WORDS, ""))


def revised(changes: Sequence[Change]) -> bool:
    """Whether the care changed: another date of review alone is no revision of the plan."""
    return any(Leaf.REVIEW_ON not in change.leaves or len(change.leaves) > 1 for change in changes)


def applied(known: Leaves, changes: Sequence[Change]) -> Leaves:
    """What a plan says once the changes are read: `diff` tells all that there is to know."""
    told = {place: dict(values) for place, values in known.items()}
    for change in changes:
        place = (change.row, change.key)
        if change.kind == Kind.REMOVED:
            del told[place]
        else:
            told.setdefault(place, {}).update(
                {leaf: after for leaf, (_before, after) in change.leaves.items()}
            )
    return told
