"""What a screen of a case shows, as values made for its template.

Templates never receive a step as published. An undecided question reaches them as `Asked`, which
holds the question and the words of its options, and nothing of what makes them right or wrong.
"""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

from wagtail.images import get_image_model

from training.enums import Answering, StepKind
from training.models import Answer, ClinicalTool, ItemVersion
from training.rules.cases import Decision, Step
from training.selectors.proofs import Proof, proofs


@dataclass(frozen=True, slots=True)
class Offered:
    """One option before the answer."""

    id: str
    letter: str
    text: str
    own_words: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before its answer. A short one offers nothing: its options are the answers."""

    step: str
    stem: str
    answering: Answering
    options: tuple[Offered, ...]

    @property
    def asks_words(self) -> bool:
        return any(option.own_words for option in self.options)


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Exam:
    """Findings given on demand: (what one looks for, what one finds)."""

    intro: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its sources. Of these, the reference alone: the claim may answer what is
    asked next."""

    image: Any
    alt: str
    caption: str
    sources: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A clinical tool: facts and a link; `items` stays empty without a licence that holds."""

    title: str
    purpose: str
    score_rule: str
    reference: str
    holder: str
    link: str
    items: str
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    points: tuple[str, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """One's own answer, read again where nothing is told of its worth (a pre-test)."""

    stem: str
    chosen: tuple[str, ...]
    words: str


Body = Asked | Story | Exam | Picture | Questionnaire | Points


def asked(item: ItemVersion) -> Asked:
    """The question of an item, its options in the order shown to everybody."""
    decision = item.decision
    ids = [] if decision.answering is Answering.SHORT else item.shown
    options = [decision.option(option_id) for option_id in ids]
    return Asked(
        step=decision.id,
        stem=decision.stem,
        answering=decision.answering,
        options=tuple(
            Offered(option.id, ascii_uppercase[place], option.text, option.own_words)
            for place, option in enumerate(options)
        ),
    )


def recalled(item: ItemVersion, answer: Answer) -> Recalled:
    decision = item.decision
    chosen = () if decision.answering is Answering.SHORT else item.options_of(answer.chosen)
    texts = tuple(decision.option(option_id).text for option_id in chosen)
    return Recalled(decision.stem, texts, answer.words)


def body_of(step: Step, today: date) -> Story | Exam | Picture | Questionnaire | Points | None:
    """What a step without decision shows; None when what it quotes was removed since.

    Two queries at most. Raises TypeError for a decision, which is read as `asked` or `Feedback`.
    """
    if isinstance(step, Decision):
        raise TypeError(step.kind)
    match step.kind:
        case StepKind.NARRATIVE:
            return story(step)
        case StepKind.FINDINGS:
            return exam(step)
        case StepKind.FIGURE:
            return _picture(step)
        case StepKind.TOOL:
            return _questionnaire(step, today)
        case _:
            return Points(points(step), tuple(proofs(step.evidence)))


def story(step: Step) -> Story:
    return Story(step.value.get("title") or "", step.value.get("text") or "")


def exam(step: Step) -> Exam:
    items = [item["value"] for item in step.value.get("items") or ()]
    return Exam(
        step.value.get("intro") or "",
        tuple((item["label"], item["result"]) for item in items),
    )


def points(step: Step) -> tuple[str, ...]:
    return tuple(item["value"] for item in step.value.get("points") or ())


def recap(steps: tuple[Step, ...]) -> list[Story | Exam]:
    """What was told and found so far, to be read again beside a question."""
    told: list[Story | Exam] = []
    for step in steps:
        if step.kind is StepKind.NARRATIVE:
            told.append(story(step))
        elif step.kind is StepKind.FINDINGS:
            told.append(exam(step))
    return told


def _picture(step: Step) -> Picture | None:
    image = get_image_model().objects.filter(pk=step.value.get("image") or 0).first()
    if image is None:
        return None
    value = step.value
    return Picture(
        image, value.get("alt") or "", value.get("caption") or "", tuple(proofs(step.evidence))
    )


def _questionnaire(step: Step, today: date) -> Questionnaire | None:
    tool = ClinicalTool.objects.filter(pk=step.value.get("tool") or 0, live=True).first()
    if tool is None:
        return None
    return Questionnaire(
        title=tool.title,
        purpose=tool.purpose,
        score_rule=tool.score_rule,
        reference=tool.reference,
        holder=tool.holder,
        link=tool.official_link,
        items=tool.items if tool.shows_items(today) else "",
        text=step.value.get("text") or "",
    )
