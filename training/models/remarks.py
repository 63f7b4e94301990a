"""What the linter says of a StreamField of steps, placed where its author will look."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.kit import clock
from training.enums import CardState, Flaw, Severity
from training.rules.cases import Case, read_case
from training.rules.linting import CardFacts, Remark, lint
from training.wording import SEVERITIES, sentence

from .cards import EvidenceCard

STATES = {Severity.ERROR: "bad", Severity.WARNING: "wait", Severity.ADVICE: "info"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A remark of one field. `step` and `option` count from 0; None for the whole of it."""

    remark: Remark
    field: str
    where: str
    step: int | None = None
    option: int | None = None

    @property
    def is_error(self) -> bool:
        return self.remark.severity is Severity.ERROR

    @property
    def sentence(self) -> str:
        return sentence(self.remark.code, self.remark.figures)

    @property
    def severity(self) -> str:
        return str(SEVERITIES[self.remark.severity])

    @property
    def state(self) -> str:
        """Its colour among the states of a tag."""
        return STATES[self.remark.severity]

    def __str__(self) -> str:
        return f"{self.where}\u00a0: {self.sentence}"


def of_steps(stream: StreamValue, raw: list[Any], *, field: str, ends: bool) -> list[Placed]:
    """Remarks on steps; `ends` when they must lead to a take-home message."""
    case = read_case(raw)
    found = lint(case, cards=facts_of(_cited(case)), today=clock.today(), needs_take_home=ends)
    places = {step.id: n for n, step in enumerate(case.steps)}
    labels = {name: block.label for name, block in stream.stream_block.child_blocks.items()}
    return [_place(remark, case, places, labels, field) for remark in found]


def of_lesson(raw: list[Any], *, field: str) -> list[Placed]:
    """What a lesson's figures lack: a source that exists, and words for who does not see them."""
    figures = [(n, b["value"]) for n, b in enumerate(raw) if b["type"] == "figure"]
    known = facts_of({value["card"] for _n, value in figures if value["card"]})
    found = []
    for n, value in figures:
        where = _("Bloc %(number)s, Figure") % {"number": n + 1}
        card = known.get(value["card"])
        flaws = {
            Flaw.NO_SOURCE: not (card and card.has_reference),
            Flaw.NO_ALT: not (value["alt"] or "").strip(),
        }
        found += [
            Placed(Remark(flaw, Severity.ERROR), field, where, n)
            for flaw, present in flaws.items()
            if present
        ]
    return found


def facts_of(cards: Iterable[int]) -> dict[int, CardFacts]:
    """What the linter asks of evidence cards, by id; a card that is gone is left out."""
    rows = EvidenceCard.objects.filter(pk__in=set(cards))
    return {
        pk: CardFacts(CardState(state), review_on, bool(identifier))
        for pk, state, review_on, identifier in rows.values_list(
            "pk", "state", "review_on", "identifier"
        )
    }


def as_errors(found: list[Placed]) -> ValidationError:
    """The errors of one field, each beside the block where it is to be mended."""
    whole = [p.sentence for p in found if p.step is None]
    steps = {p.step: None for p in found if p.step is not None}
    return StreamBlockValidationError(
        non_block_errors=whole,
        block_errors={step: _of_step([p for p in found if p.step == step]) for step in steps},
    )


def _of_step(found: list[Placed]) -> ValidationError:
    own = [p.sentence for p in found if p.option is None]
    options: dict[int, list[str]] = {}
    for placed in found:
        if placed.option is not None:
            options.setdefault(placed.option, []).append(placed.sentence)
    blocks = {n: StructBlockValidationError(non_block_errors=said) for n, said in options.items()}
    return StructBlockValidationError(
        non_block_errors=own,
        block_errors={"options": ListBlockValidationError(block_errors=blocks)} if blocks else None,
    )


def _place(
    remark: Remark, case: Case, places: dict[str, int], labels: dict[str, Any], field: str
) -> Placed:
    place = places.get(remark.step_id)
    if place is None:
        return Placed(remark, field, _("L’ensemble"))
    step = case.steps[place]
    words = {"number": place + 1, "kind": labels[step.kind], "name": step.name}
    where = _("Étape %(number)s, %(kind)s") % words
    if step.name:
        where += _(" «\u00a0%(name)s\u00a0»") % words
    option = None
    if remark.option_id:
        ids = [option.id for option in getattr(step, "options", ())]
        option = ids.index(remark.option_id)
        where += _(", option %(number)s") % {"number": option + 1}
    return Placed(remark, field, where, place, option)


def _cited(case: Case) -> set[int]:
    options = (option for decision in case.decisions for option in decision.options)
    return {
        *(card for step in case.steps for card in step.evidence),
        *(card for option in options for card in option.evidence),
    }
