"""A case as its author wrote it: steps in order, decisions that may branch.

A case is read from the raw value of its StreamField, which is also what a published version keeps.
Targets of branches are the names (`name`) that the author gives to steps; an empty target means
the step that follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from training.enums import Answering, StepKind, Verdict

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a decision. `text` is shown before the answer; all the rest after it."""

    id: str
    text: str
    verdict: Verdict
    feedback: str = ""  # rich text
    evidence: tuple[int, ...] = ()  # evidence cards
    target: str = ""
    own_words: bool = False  # choosing it asks for a few words, which nobody judges
    forms: tuple[str, ...] = ()  # short answers: other wordings taken for this one
    otherwise: bool = False  # short answers: what no other option recognises

    @classmethod
    def read(cls, raw: Raw) -> Self:
        value = raw["value"]
        return cls(
            id=raw["id"],
            text=value["text"],
            verdict=Verdict(value["verdict"]),
            feedback=value.get("feedback") or "",
            evidence=_cards(value),
            target=value.get("target") or "",
            own_words=bool(value.get("own_words")),
            forms=tuple(line.strip() for line in (value.get("forms") or "").splitlines() if line),
            otherwise=bool(value.get("otherwise")),
        )

    @property
    def credited(self) -> bool:
        return self.verdict in {Verdict.RIGHT, Verdict.REQUIRED}


@dataclass(frozen=True, slots=True)
class Step:
    """One screen. `value` is the raw value of its block, for what only the page needs."""

    id: str
    kind: StepKind
    name: str = ""
    target: str = ""
    value: Raw = field(default_factory=dict, repr=False)

    @property
    def evidence(self) -> tuple[int, ...]:
        return _cards(self.value)


@dataclass(frozen=True, slots=True)
class Decision(Step):
    """A question with its options in the author's order (the right order, when to be ordered)."""

    answering: Answering = Answering.ONE
    stem: str = ""
    explanation: str = ""  # rich text, after the answer
    options: tuple[Option, ...] = ()

    def option(self, option_id: str) -> Option:
        """Raises KeyError for an option that is not of this decision."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    @property
    def branches(self) -> bool:
        """Whether the next step depends on the option: one choice, or one recognised answer."""
        return self.answering in {Answering.ONE, Answering.SHORT}


@dataclass(frozen=True, slots=True)
class Case:
    """The steps of a vignette, or of a test (decisions alone)."""

    steps: tuple[Step, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(step for step in self.steps if isinstance(step, Decision))

    def step(self, step_id: str) -> Step:
        """Raises KeyError for a step that is not of this case."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def named(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)

    def exits(self, step: Step) -> Iterator[tuple[str, Step | None]]:
        """Each way out of a step: the target's name ("" for the following step), and the step.

        None stands for a name that no step bears, or for the end of the case.
        """
        targets = {step.target}
        if isinstance(step, Decision) and step.branches:
            targets = {option.target or step.target for option in step.options} or targets
        for target in sorted(targets):
            yield target, self.named(target) if target else self._following(step)

    def after(self, step: Step, chosen: Option | None = None) -> Step | None:
        """The step that comes next, None at the end; `chosen`, where the decision branches."""
        target = (chosen.target if chosen else "") or step.target
        return self.named(target) if target else self._following(step)

    def _following(self, step: Step) -> Step | None:
        """The next screen in the author's order; a take-home message always ends the case."""
        if step.kind is StepKind.TAKE_HOME:
            return None
        place = self.steps.index(step)
        return self.steps[place + 1] if place + 1 < len(self.steps) else None


def read_case(raw_steps: list[Raw]) -> Case:
    """The case that a StreamField's raw value holds. Raises ValueError on an unknown kind."""
    return Case(tuple(_read_step(raw) for raw in raw_steps))


def _read_step(raw: Raw) -> Step:
    value = raw["value"]
    kind = StepKind(raw["type"])
    name, target = value.get("name") or "", value.get("target") or ""
    if kind is not StepKind.DECISION:
        return Step(id=raw["id"], kind=kind, name=name, target=target, value=value)
    return Decision(
        id=raw["id"],
        kind=kind,
        name=name,
        target=target,
        value=value,
        answering=Answering(value["answering"]),
        stem=value["stem"],
        explanation=value.get("explanation") or "",
        options=tuple(Option.read(option) for option in value["options"]),
    )


def _cards(value: Raw) -> tuple[int, ...]:
    return tuple(item["value"] for item in value.get("evidence") or () if item["value"])
