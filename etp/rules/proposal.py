"""Which workshops an assessment calls for, each with its reasons. Nothing is opened by this rule.

Decisions: a workshop is proposed when its theme is a need or the theme of an objective, to people
of its audience; an adolescent is twelve or more, an adult eighteen or more. The preferred mode
sets an order and gives a warning, it never takes a workshop away.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from etp.enums import Audience, Mode, Theme, Why
from portal.kit.dates import add_years

ADOLESCENT, ADULT = 12, 18


@dataclass(frozen=True, slots=True)
class Wish:
    """What the assessment tells: needs, objectives as (words, theme), audience, mode if any."""

    needs: Collection[Theme]
    objectives: Collection[tuple[str, Theme]]
    audience: Audience
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A workshop: `modes` are those of its sessions to come."""

    key: int
    theme: Theme
    audience: Audience
    modes: Collection[Mode] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """`words`: the objective's own."""

    why: Why
    theme: Theme
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`suits`: it has dates in the preferred mode, or no mode is preferred."""

    course: int
    reasons: tuple[Reason, ...]
    suits: bool = True


def propose(wish: Wish, courses: Iterable[Course]) -> list[Proposal]:
    """The workshops to open: those that suit, then those with most reasons, in the given order."""
    found = []
    for each in courses:
        reasons = _reasons(wish, each)
        if reasons:
            suits = wish.mode is None or wish.mode in each.modes
            found.append(Proposal(each.key, reasons, suits))
    return sorted(found, key=lambda each: (not each.suits, -len(each.reasons)))


def _reasons(wish: Wish, course: Course) -> tuple[Reason, ...]:
    if course.audience != wish.audience:
        return ()
    aims = [
        Reason(Why.OBJECTIVE, theme, words)
        for words, theme in wish.objectives
        if theme == course.theme
    ]
    needs = [Reason(Why.NEED, course.theme)] if course.theme in wish.needs else []
    return (*aims, *needs)


def audience_of(born: date, on: date) -> Audience:
    """The audience that a person born that day belongs to."""
    if on < add_years(born, ADOLESCENT):
        return Audience.CHILDREN
    return Audience.ADOLESCENTS if on < add_years(born, ADULT) else Audience.ADULTS
