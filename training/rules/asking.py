"""Questions at time marks of a recording: when they make sense, and what another list changes.

A question is its words: they never change once it is asked, so that an answer stays an answer to
what was read. Other words make another question, in the place of the former one, which keeps its
answers; the same words at another mark are the same question, moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from training.enums import Misasked

MOST_QUESTIONS = 30
FEWEST_CHOICES = 2
MOST_CHOICES = 6


class Choice(NamedTuple):
    """A choice, and what is told of it after the answer."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    second: int
    stem: str
    choices: tuple[Choice, ...]
    explanation: str = ""

    @property
    def words(self) -> tuple[str, tuple[Choice, ...], str]:
        """All but the moment."""
        return self.stem, self.choices, self.explanation


def faults_of(choices: Sequence[Choice]) -> list[tuple[int, Misasked]]:
    """What is wrong with the choices of one question, each at the place to mend.

    Rows left blank are no choices.
    """
    faults: list[tuple[int, Misasked]] = []
    seen: set[str] = set()
    for place, choice in enumerate(choices):
        if not choice.text:
            if choice.right or choice.feedback:
                faults.append((place, Misasked.UNWRITTEN))
        elif choice.text.casefold() in seen:
            faults.append((place, Misasked.REPEATED))
        seen.add(choice.text.casefold())
    written = [place for place, choice in enumerate(choices) if choice.text]
    if len(written) < FEWEST_CHOICES and not faults:
        blank = (place for place, choice in enumerate(choices) if not choice.text)
        faults.append((next(blank, 0), Misasked.TOO_FEW))
    elif written and not any(choice.right for choice in choices):
        faults.append((written[0], Misasked.NONE_RIGHT))
    return faults


def clashes(seconds: Sequence[int | None]) -> list[int]:
    """The places whose second is that of a question before; None is no second."""
    return [
        place
        for place, second in enumerate(seconds)
        if second is not None and second in seconds[:place]
    ]


@dataclass(frozen=True, slots=True)
class Changes[K]:
    """From the questions that are asked, by key, to those that are wanted."""

    moved: Mapping[K, int]
    gone: Sequence[K]
    added: Sequence[Question]

    def __bool__(self) -> bool:
        return bool(self.moved or self.gone or self.added)


def changes[K](asked: Mapping[K, Question], wanted: Sequence[Question]) -> Changes[K]:
    """Whatever stands at its mark stays; then the same words are moved; the rest is new."""
    left = dict(asked)
    elsewhere = []
    for each in wanted:
        same = next((key for key, known in left.items() if known == each), None)
        if same is None:
            elsewhere.append(each)
        else:
            del left[same]
    moved: dict[K, int] = {}
    added = []
    for each in elsewhere:
        same = next((key for key, known in left.items() if known.words == each.words), None)
        if same is None:
            added.append(each)
        else:
            del left[same]
            moved[same] = each.second
    return Changes(moved, tuple(left), tuple(added))
