"""Reads of questionnaires: where one is, what was answered, and how scores moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from network.enums import AnsweredAs
from network.models import AnswerAlert, Patient, Questionnaire, Response, User
from network.rules.catalogue import Locked, unlocked
from network.rules.instruments import Instrument, Score, Value
from network.rules.questionnaire import (
    HEADLINES,
    Question,
    Reader,
    first_unanswered,
    minutes_left,
    questions_of,
    reads_own,
)

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filling:
    """A questionnaire being answered: its screens, and what was answered or passed over."""

    questionnaire: Questionnaire
    questions: list[Question]
    answers: Mapping[Key, Value]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def done(self) -> int:
        return sum(each.key in self.answers for each in self.questions)

    @property
    def minutes(self) -> int:
        return minutes_left(self.questions, self.answers.keys())

    @property
    def next(self) -> Question | None:
        return first_unanswered(self.questions, self.answers.keys())

    def question(self, rank: int) -> Question | None:
        return self.questions[rank - 1] if 0 < rank <= self.total else None

    @property
    def lines(self) -> list["Line"]:
        """Every question with its answer in words, theme by theme."""
        return [_line(each, self.answers) for each in self.questions]


@dataclass(frozen=True, slots=True)
class Line:
    """A question and its answer in words; empty when it was passed over, or not reached."""

    question: Question
    words: str
    reached: bool


def _line(question: Question, answers: Mapping[Key, Value]) -> Line:
    value = answers.get(question.key)
    words = question.item.scale.label_of(value)
    if value == []:
        words = "—"
    return Line(question, words, question.key in answers)


def waiting(patient: Patient) -> Questionnaire | None:
    """The questionnaire that this patient is asked to answer."""
    return Questionnaire.objects.to_answer().filter(patient=patient).first()


def filling(questionnaire: Questionnaire, *, on: date) -> Filling:
    """Its screens, without those whose words may no longer be shown."""
    responses = list(questionnaire.responses.prefetch_related("answers"))
    answers = {
        (each.instrument_id, answer.item): answer.value
        for each in responses
        for answer in each.answers.all()
    }
    return Filling(questionnaire, questions_of(_shown(responses, on)), answers)


def _shown(responses: Iterable[Response], on: date) -> list[Instrument]:
    found = []
    for each in responses:
        try:
            found.append(unlocked(each.instrument, on=on))
        except Locked:
            continue
    return found


def answered_for(patient: Patient) -> QuerySet[Questionnaire]:
    """What was sent for a patient, the latest first, with all that shows it."""
    parts = Response.objects.prefetch_related("answers")
    return (
        Questionnaire.objects.sent()
        .filter(patient=patient)
        .select_related("answered_by")
        .prefetch_related(Prefetch("responses", parts))
        .order_by("-sent_at", "-pk")
    )


def own_answered(patient: Patient, reader: Reader) -> list[Questionnaire]:
    """Those that this patient, or this representative, answered."""
    return [each for each in answered_for(patient) if is_own(each, reader)]


def is_own(questionnaire: Questionnaire, reader: Reader) -> bool:
    role = AnsweredAs(questionnaire.answered_as) if questionnaire.answered_as else None
    return reads_own(answered_as=role, answered_by=questionnaire.answered_by_id, reader=reader)


@dataclass(frozen=True, slots=True)
class Told:
    """A score as it was counted: its figure, its published band, whether it was estimated."""

    score: Score
    value: int | None
    band: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument of a sent questionnaire; `lines` is empty when its words are locked."""

    instrument: Instrument
    scores: list[Told]
    lines: list[Line]
    locked: bool


def parts_of(questionnaire: Questionnaire, *, on: date) -> list[Part]:
    """The instruments of a questionnaire, with their scores and every answer."""
    return [_part(each, on) for each in questionnaire.responses.all()]


def _part(response: Response, on: date) -> Part:
    instrument = response.instrument
    answers = {each.item: each.value for each in response.answers.all()}
    counted: Mapping[str, int | None] = response.scores or {}
    scores = [
        Told(score, value, score.band(value), score.estimated(answers))
        for score in instrument.scores
        for value in [counted.get(score.id)]
    ]
    allowed = instrument.rights.allow(on)
    keyed = {(instrument.id, item): value for item, value in answers.items()}
    lines = [_line(each, keyed) for each in questions_of([instrument])] if allowed else []
    return Part(instrument, scores, lines, locked=not allowed)


def headlines(parts: Iterable[Part]) -> list[Told]:
    """The few scores that say most, for a summary; those that could be counted."""
    return [
        told
        for part in parts
        for told in part.scores
        if (part.instrument.id, told.score.id) in HEADLINES and told.value is not None
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """A score on a day; `band` in words, for professionals."""

    on: date
    value: int | None
    band: str


@dataclass(frozen=True, slots=True)
class Curve:
    """How one score moved, the oldest first."""

    key: str
    title: str
    score: Score
    points: list[Point]


def curves(questionnaires: Iterable[Questionnaire]) -> list[Curve]:
    """The scores that were counted twice at least, in the order of the last questionnaire."""
    points: dict[Key, list[Point]] = {}
    last: dict[Key, tuple[Instrument, Score]] = {}
    dated = [(each.sent_at, each) for each in questionnaires if each.sent_at]
    for sent_at, questionnaire in sorted(dated, key=lambda pair: pair[0]):
        for response in questionnaire.responses.all():
            for score in response.instrument.scores:
                value = (response.scores or {}).get(score.id)
                key = (response.instrument_id, score.id)
                day = timezone.localdate(sent_at)
                points.setdefault(key, []).append(Point(day, value, score.band(value)))
                last[key] = (response.instrument, score)
    return [
        Curve("-".join(key), last[key][0].theme, last[key][1], found)
        for key, found in points.items()
        if sum(point.value is not None for point in found) > 1
    ]


# For the coordination


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a patient is."""

    questionnaire: Questionnaire
    done: int
    total: int


def in_progress() -> QuerySet[Questionnaire]:
    """Those that wait for answers, the oldest first; `done` counts what was answered."""
    return (
        Questionnaire.objects.to_answer()
        .select_related("patient")
        .prefetch_related("responses")
        .annotate(done=Count("responses__answers"))
        .order_by("asked_at", "pk")
    )


def progress_of(questionnaires: Iterable[Questionnaire], *, on: date) -> list[Progress]:
    """How far each is; `done` was counted with them."""
    return [
        Progress(each, each.done, len(questions_of(_shown(each.responses.all(), on))))  # type: ignore[attr-defined]
        for each in questionnaires
    ]


def alerts() -> QuerySet[AnswerAlert]:
    return AnswerAlert.objects.all()


def alerts_of(patient: Patient) -> QuerySet[AnswerAlert]:
    """Every alert of a patient, the latest first: one comes before its questionnaire is sent."""
    found = alerts().filter(questionnaire__patient=patient).select_related("seen_by")
    return found.order_by("-raised_at", "-pk")


def alerts_to_see() -> QuerySet[AnswerAlert]:
    """What nobody has taken in charge yet, the oldest first."""
    return (
        alerts()
        .filter(seen_at=None)
        .select_related("questionnaire__patient", "questionnaire__answered_by")
    )


def alerts_seen_lately(since: datetime) -> QuerySet[AnswerAlert]:
    return (
        alerts()
        .filter(seen_at__gte=since)
        .select_related("questionnaire__patient", "seen_by")
        .order_by("-seen_at", "-pk")
    )


def reader_of(user: User | None, patient: Patient) -> Reader:
    """This person, on this patient's own pages."""
    represents = user is not None and patient.user_id != user.pk
    return Reader(user.pk if user else None, represents)
