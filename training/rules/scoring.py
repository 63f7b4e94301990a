"""What an answer earns. The server alone runs this, on options that the learner never received."""

from collections.abc import Sequence
from decimal import Decimal

from training.enums import Answering, Unanswered, Verdict
from training.rules.cases import Decision, Option
from training.rules.words import Likeness, likeness

FULL = Decimal(1)
NOTHING = Decimal(0)
BY_DISCORDANCES = (FULL, Decimal("0.5"), Decimal("0.2"))
"""UNESS scoring of questions with several answers, by number of discordances; 0 from three."""
ONE_SWAP = Decimal("0.5")
"""An order that is right but for two neighbours."""


class Unanswerable(ValueError):
    """Choices that are not an answer to this decision; `code` says why."""

    def __init__(self, code: Unanswered) -> None:
        super().__init__(code.value)
        self.code = code


def credit(decision: Decision, chosen: Sequence[str]) -> Decimal:
    """The credit, from 0 to 1, of the options chosen (their ids, in the learner's order).

    One best answer, or a short one: all or nothing; an option that can be defended earns nothing.
    Several: UNESS scoring. In order: the authors' order, or half for one swap of neighbours.
    Raises Unanswerable.
    """
    _check(decision, chosen)
    if decision.answering is Answering.SEVERAL:
        return _several(decision, set(chosen))
    if decision.answering is Answering.ORDER:
        return _ordered([option.id for option in decision.options], list(chosen))
    return FULL if decision.option(chosen[0]).credited else NOTHING


def is_right(earned: Decimal) -> bool:
    """Whether an answer counts as right for its certainty: full credit, nothing less."""
    return earned == FULL


def recognise(decision: Decision, words: str) -> Option:
    """The option that a short answer amounts to: the same words, else the only one like them.

    What no option takes, or two options take by a typing error, is the `otherwise` option: a
    doubt never decides. Raises Unanswerable for no word at all, or without such an option.
    """
    if likeness(words, "") is Likeness.SAME:
        raise Unanswerable(Unanswered.EMPTY)
    near = []
    for option in decision.options:
        nearest = max(likeness(words, form) for form in (option.text, *option.forms))
        if nearest is Likeness.SAME:
            return option
        if nearest is Likeness.NEAR:
            near.append(option)
    if len(near) == 1:
        return near[0]
    for option in decision.options:
        if option.otherwise:
            return option
    raise Unanswerable(Unanswered.UNRECOGNISED)


def _check(decision: Decision, chosen: Sequence[str]) -> None:
    known = {option.id for option in decision.options}
    if not chosen:
        raise Unanswerable(Unanswered.EMPTY)
    if not known.issuperset(chosen):
        raise Unanswerable(Unanswered.UNKNOWN)
    if len(set(chosen)) < len(chosen):
        raise Unanswerable(Unanswered.REPEATED)
    if decision.branches and len(chosen) > 1:
        raise Unanswerable(Unanswered.MORE_THAN_ONE)
    if decision.answering is Answering.ORDER and len(chosen) < len(known):
        raise Unanswerable(Unanswered.INCOMPLETE)


def _several(decision: Decision, chosen: set[str]) -> Decimal:
    """An acceptable option is neutral: neither taking nor leaving it is a discordance."""
    discordances = 0
    for option in decision.options:
        taken = option.id in chosen
        if option.verdict is Verdict.REQUIRED and not taken:
            return NOTHING
        if option.verdict is Verdict.FORBIDDEN and taken:
            return NOTHING
        if option.verdict is not Verdict.ACCEPTABLE and taken is not option.credited:
            discordances += 1
    return BY_DISCORDANCES[discordances] if discordances < len(BY_DISCORDANCES) else NOTHING


def _ordered(right: list[str], given: list[str]) -> Decimal:
    if given == right:
        return FULL
    first = next(place for place, each in enumerate(right) if given[place] != each)
    given[first : first + 2] = reversed(given[first : first + 2])
    return ONE_SWAP if given == right else NOTHING
