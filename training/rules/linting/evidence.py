"""The proofs that a case cites: there, referenced, signed, and read again in time."""

from collections.abc import Iterator, Mapping
from datetime import date

from training.enums import CardState, Flaw, Severity, StepKind
from training.rules.cases import Case, Decision, Step
from training.rules.linting.remarks import CardFacts, Remark

type Cards = Mapping[int, CardFacts]


def remarks(case: Case, cards: Cards, today: date) -> Iterator[Remark]:
    """Remarks on figures' sources, on decisions without proof, and on each card cited."""
    for step in case.steps:
        if step.kind is StepKind.FIGURE and not _sourced(step, cards):
            yield Remark(Flaw.NO_SOURCE, Severity.ERROR, step.id)
        if isinstance(step, Decision):
            yield from _unproved(step)
        for option_id, card in _cited(step):
            for code, severity in _state(cards.get(card), today):
                yield Remark(code, severity, step.id, option_id, {"card": card})


def _sourced(figure: Step, cards: Cards) -> bool:
    return any(card in cards and cards[card].has_reference for card in figure.evidence)


def _unproved(decision: Decision) -> Iterator[Remark]:
    """A decision's own proof serves all its options; « any other answer » needs none."""
    if decision.evidence:
        return
    if not any(option.evidence for option in decision.options):
        yield Remark(Flaw.NO_EVIDENCE, Severity.WARNING, decision.id)
        return
    for option in decision.options:
        if not option.evidence and not option.otherwise:
            yield Remark(Flaw.NO_EVIDENCE, Severity.WARNING, decision.id, option.id)


def _cited(step: Step) -> Iterator[tuple[str | None, int]]:
    yield from ((None, card) for card in dict.fromkeys(step.evidence))
    if isinstance(step, Decision):
        for option in step.options:
            yield from ((option.id, card) for card in dict.fromkeys(option.evidence))


def _state(card: CardFacts | None, today: date) -> Iterator[tuple[Flaw, Severity]]:
    if card is None:
        yield Flaw.UNKNOWN_CARD, Severity.ERROR
        return
    if not card.has_reference:
        yield Flaw.CARD_WITHOUT_REFERENCE, Severity.WARNING
    if card.review_on is not None and card.review_on < today:
        yield Flaw.REVIEW_OVERDUE, Severity.WARNING
    if card.state is CardState.TO_VERIFY:
        yield Flaw.CARD_TO_VERIFY, Severity.ADVICE
