"""Reads of recordings: the transcript and its search, the questions, the bytes."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from network.models import User
from portal.kit.ranges import Part
from training.enums import Verdict
from training.models import Attestation, Replay, ReplayAnswer, ReplayPart, ReplayQuestion, Viewing
from training.models.replay import PART_BYTES
from training.rules.items import content_hash
from training.rules.scoring import is_right

LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Words:
    """What is said from a second on: before the words found, themselves, after them."""

    second: int
    around: tuple[str, str, str]
    voice: str = ""
    first: bool = True
    """Whether nothing before it in the page starts at the same second."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Words under one title; without a title before the first chapter."""

    title: str
    second: int
    words: list[Words] = field(default_factory=list)


def transcript(replay: Replay, asked: str = "") -> list[Chapter]:
    """All that is said, by chapter; with `asked`, the passages that hold these words alone.

    Neither accents nor case count, and a passage may end in the caption that follows.
    """
    wanted = plain(" ".join(asked.split()))
    chapters = [Chapter(title, second) for second, title in replay.chapters]
    if not chapters or chapters[0].second:
        chapters.insert(0, Chapter("", 0))
    seen = -1
    place = 0
    for number, (start, _end, text, voice) in enumerate(replay.cues):
        second = start // 1000
        while place + 1 < len(chapters) and chapters[place + 1].second <= second:
            place += 1
        following = replay.cues[number + 1][2] if number + 1 < len(replay.cues) else ""
        found = plain(f"{text} {following}").find(wanted) if wanted else 0
        if 0 <= found < len(text):
            end = found + len(wanted)
            around = (text[:found], text[found:end], text[end:]) if wanted else (text, "", "")
            chapters[place].words.append(Words(second, around, voice, first=second != seen))
            seen = second
    return [each for each in chapters if each.words or not wanted]


def plain(text: str) -> str:
    """The text without accents nor case, letter for letter: a place in one is a place in both."""
    return "".join(unicodedata.normalize("NFKD", each)[0].casefold()[0] for each in text).replace(
        "’", "'"
    )


@dataclass(frozen=True, slots=True)
class Told:
    """An option after the answer."""

    text: str
    taken: bool
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for one person: until it is answered, its words and the options' alone."""

    uid: str
    second: int
    stem: str
    several: bool
    options: list[tuple[str, str]]
    right: bool | None = None
    told: list[Told] = field(default_factory=list)
    explanation: str = ""


def questions_for(replay: Replay, person: User) -> list[Asked]:
    """Those that are asked, in the order of the recording."""
    answers = {
        each.question_id: each
        for each in ReplayAnswer.objects.visible_to(person).filter(
            person=person, question__replay=replay
        )
    }
    return [_asked(each, answers.get(each.pk)) for each in asked_of(replay)]


def asked_of(replay: Replay) -> list[ReplayQuestion]:
    """The questions that are asked, in the order of the recording."""
    return list(replay.questions.filter(withdrawn_at=None))


def version_of(asked: Iterable[ReplayQuestion]) -> str:
    """Another one as soon as somebody changes the questions."""
    return content_hash(sorted((str(each.uid), each.second) for each in asked))


def _asked(question: ReplayQuestion, answer: ReplayAnswer | None) -> Asked:
    decision = question.decision
    options = [(option.id, option.text) for option in decision.options]
    known = (str(question.uid), question.second, question.stem, question.several, options)
    if answer is None:
        return Asked(*known)
    told = [
        Told(o.text, o.id in answer.chosen, o.verdict is Verdict.RIGHT, o.feedback)
        for o in decision.options
    ]
    return Asked(*known, is_right(answer.credit), told, question.explanation)


def latest_replays(person: User, count: int) -> list[tuple[Replay, Viewing | None]]:
    """The recordings last published for this person, with what they have seen of each."""
    shown = Replay.objects.visible_to(person).exclude(published_at=None)
    found = list(shown.select_related("meeting").order_by("-published_at")[:count])
    own = Viewing.objects.filter(person=person, replay__in=found) if found else []
    seen = {each.replay_id: each for each in own}
    return [(each, seen.get(each.pk)) for each in found]


def viewing_of(replay: Replay, person: User) -> Viewing | None:
    return Viewing.objects.filter(replay=replay, person=person).first()


def attestation_of(replay: Replay, person: User) -> Attestation | None:
    """The one that stands for this meeting, by its recording or by presence."""
    own: Attestation | None = (
        Attestation.objects.standing()
        .filter(learner=person, module_key=replay.meeting.key, renewed_on=None)
        .first()
    )
    return own


def bytes_of(replay: Replay, part: Part) -> Iterator[bytes]:
    """The bytes of a part of a recording, a mebibyte at a time."""
    first, last = part.first // PART_BYTES, part.last // PART_BYTES
    for number in range(first, last + 1):
        row = ReplayPart.objects.values_list("content", flat=True)
        content = bytes(row.get(replay=replay, number=number))
        start = number * PART_BYTES
        yield content[max(part.first - start, 0) : part.last - start + 1]
