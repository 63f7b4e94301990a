"""Rules of a patient's questionnaire: what it holds, how far one is, when to remind, who reads."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from network.enums import AnsweredAs, QuestionnaireKind
from network.rules.instruments import Instrument, Item, Kind

CONTENTS = {
    QuestionnaireKind.ENTRY: (
        "douleur",
        "corps",
        "sommeil",
        "fatigue",
        "situation",
        "who5",
        "gad7",
        "phq9",
        "parole",
    ),
    QuestionnaireKind.REASSESSMENT: (
        "pgic",
        "douleur",
        "corps",
        "sommeil",
        "fatigue",
        "situation",
        "who5",
        "gad7",
        "phq9",
        "parole",
    ),
    QuestionnaireKind.SHORT: ("douleur", "sommeil", "fatigue", "who5", "phq4"),
}
"""The instruments of each questionnaire, in the order of its screens: the heaviest questions come
neither first nor last."""

HEADLINES = frozenset(
    {
        ("pgic", "change"),
        ("douleur", "mean"),
        ("who5", "total"),
        ("gad7", "total"),
        ("phq9", "total"),
        ("phq4", "total"),
    }
)
"""Scores shown on a patient's page; the others are one click away."""
SECONDS = {Kind.NUMBER: 12, Kind.CHOICE: 15, Kind.REGIONS: 60, Kind.TEXT: 60}
"""How long an answer takes, a tired person included."""
LONGEST = timedelta(minutes=15)
REMINDERS = (timedelta(days=3), timedelta(days=10))
REMINDED_UNTIL = timedelta(days=21)
"""A questionnaire so old is for the coordination to call about, not for one more mail."""


@dataclass(frozen=True, slots=True)
class Question:
    """One screen: an item of an instrument, and its rank from 1."""

    rank: int
    instrument: Instrument
    item: Item

    @property
    def key(self) -> tuple[str, str]:
        return self.instrument.id, self.item.id

    @property
    def seconds(self) -> int:
        return SECONDS[self.item.scale.kind]


def questions_of(instruments: Sequence[Instrument]) -> list[Question]:
    """The screens of these instruments, in order."""
    every = [(each, item) for each in instruments for item in each.items]
    return [Question(rank, each, item) for rank, (each, item) in enumerate(every, start=1)]


def first_unanswered(
    questions: Sequence[Question], answered: Collection[tuple[str, str]]
) -> Question | None:
    """Where to resume; None when nothing is left to ask."""
    return next((each for each in questions if each.key not in answered), None)


def minutes_left(questions: Sequence[Question], answered: Collection[tuple[str, str]]) -> int:
    """About how long the rest takes, in whole minutes, one at least while a question is left."""
    seconds = sum(each.seconds for each in questions if each.key not in answered)
    return -(-seconds // 60)


class Reminder(StrEnum):
    """The mails about a questionnaire that waits."""

    FIRST = "first"
    SECOND = "second"


def due_reminder(*, asked_at: datetime, now: datetime) -> Reminder | None:
    """The reminder of that instant, three and ten days after the sending; a late one is not
    doubled by the one before."""
    waited = now - asked_at
    if waited >= REMINDED_UNTIL or waited < REMINDERS[0]:
        return None
    return Reminder.SECOND if waited >= REMINDERS[1] else Reminder.FIRST


@dataclass(frozen=True, slots=True)
class Reader:
    """A person on a patient's own pages: the patient, or who represents one (an account)."""

    user: int | None
    represents: bool


def reads_own(*, answered_as: AnsweredAs | None, answered_by: int | None, reader: Reader) -> bool:
    """Whether a patient or a representative reads what was answered: each their own words.

    What a teenager answered alone stays with the teenager and the team (CSP L1111-5, to verify);
    what the coordination typed from the patient's paper is the patient's own.
    """
    if reader.represents:
        return answered_as is AnsweredAs.REPRESENTATIVE and answered_by == reader.user
    return answered_as in (AnsweredAs.PATIENT, AnsweredAs.COORDINATION)


def spans(points: Sequence[tuple[int, int | None]]) -> Iterator[list[tuple[int, int]]]:
    """The unbroken pieces of a curve: a score that could not be counted leaves a gap."""
    piece: list[tuple[int, int]] = []
    for at, score in points:
        if score is None:
            if piece:
                yield piece
            piece = []
        else:
            piece.append((at, score))
    if piece:
        yield piece
