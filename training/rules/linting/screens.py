"""What fills one screen: short enough, easy to read, and told to who does not see it."""

from collections.abc import Iterator

from training.enums import Flaw, Severity, StepKind
from training.rules import readability
from training.rules.cases import Case, Decision, Step
from training.rules.linting.remarks import Remark
from training.rules.words import plain

NARRATIVE_WORDS = 180
"""Words that a telephone shows with little scrolling."""
STEM_WORDS = 40
"""Words of a question beyond which its facts belong to a narrative step."""


def remarks(case: Case) -> Iterator[Remark]:
    """Remarks on each step's own texts."""
    for step in case.steps:
        if step.kind is StepKind.FIGURE and not (step.value.get("alt") or "").strip():
            yield Remark(Flaw.NO_ALT, Severity.ERROR, step.id)
        if step.kind is StepKind.TAKE_HOME and not _points(step):
            yield Remark(Flaw.NO_POINTS, Severity.ERROR, step.id)
        reading = readability.read(_text(step))
        if reading is not None:
            yield from _length(step, reading.words)
            yield from _ease(step, reading)


def _length(step: Step, words: int) -> Iterator[Remark]:
    code, limit = (
        (Flaw.LONG_STEM, STEM_WORDS)
        if step.kind is StepKind.DECISION
        else (Flaw.LONG_NARRATIVE, NARRATIVE_WORDS)
    )
    if words > limit:
        figures = {"count": words, "limit": limit}
        yield Remark(code, Severity.ADVICE, step.id, figures=figures)


def _ease(step: Step, reading: readability.Reading) -> Iterator[Remark]:
    if reading.sentences_too_long:
        figures = {
            "count": round(reading.words_per_sentence),
            "limit": round(readability.LONG_SENTENCE),
        }
        yield Remark(Flaw.LONG_SENTENCES, Severity.ADVICE, step.id, figures=figures)
    if reading.hard:
        figures = {"count": round(reading.index), "limit": round(readability.HARD)}
        yield Remark(Flaw.HARD_TO_READ, Severity.WARNING, step.id, figures=figures)


def _points(step: Step) -> list[str]:
    return [item["value"] for item in step.value.get("points") or () if item["value"].strip()]


def _text(step: Step) -> str:
    """The prose that a learner reads at this step before any answer."""
    if isinstance(step, Decision):
        return step.stem
    return plain(step.value.get("text") or "") if step.kind is StepKind.NARRATIVE else ""
