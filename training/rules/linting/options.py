"""The options of one decision: enough of them, distinct, each explained, and a key."""

from collections.abc import Iterator

from training.enums import Answering, Flaw, Severity, Verdict
from training.rules.cases import Decision
from training.rules.linting.remarks import Remark
from training.rules.words import bare_words, plain

FEWEST = 2
FEWEST_IN_ORDER = 3
MOST = 5
FOR_SEVERAL = {Verdict.REQUIRED, Verdict.FORBIDDEN}


def remarks(decision: Decision) -> Iterator[Remark]:
    """Remarks on the options and their verdicts."""
    yield from _number(decision)
    yield from _keys(decision)
    yield from _twins(decision)
    for option in decision.options:
        if not plain(option.feedback):
            yield Remark(Flaw.NO_FEEDBACK, Severity.ERROR, decision.id, option.id)
        if option.verdict in FOR_SEVERAL and decision.answering is not Answering.SEVERAL:
            yield Remark(Flaw.VERDICT_OUT_OF_PLACE, Severity.WARNING, decision.id, option.id)


def _number(decision: Decision) -> Iterator[Remark]:
    count = len(decision.options)
    fewest = FEWEST_IN_ORDER if decision.answering is Answering.ORDER else FEWEST
    if count < fewest:
        yield _on(decision, Flaw.TOO_FEW_OPTIONS, count=count, limit=fewest)
    if count > MOST and decision.answering is not Answering.SHORT:
        yield Remark(
            Flaw.TOO_MANY_OPTIONS,
            Severity.WARNING,
            decision.id,
            figures={"count": count, "limit": MOST},
        )


def _keys(decision: Decision) -> Iterator[Remark]:
    """In an ordering, the order is the key."""
    if decision.answering is Answering.ORDER:
        return
    keys = sum(option.credited for option in decision.options)
    if not keys:
        yield _on(decision, Flaw.NO_KEY)
    if keys > 1 and decision.answering is Answering.ONE:
        yield _on(decision, Flaw.SEVERAL_KEYS, count=keys)
    short = decision.answering is Answering.SHORT
    if short and not any(option.otherwise for option in decision.options):
        yield _on(decision, Flaw.NO_OTHERWISE)


def _twins(decision: Decision) -> Iterator[Remark]:
    """Options that read the same once folded, other forms of short answers included."""
    seen: dict[str, str] = {}
    for option in decision.options:
        for form in (option.text, *option.forms):
            words = " ".join(bare_words(form))
            if seen.setdefault(words, option.id) != option.id:
                yield Remark(
                    Flaw.TWIN_OPTIONS, Severity.ERROR, decision.id, option.id, {"name": form}
                )
                break


def _on(decision: Decision, code: Flaw, **figures: int) -> Remark:
    return Remark(code, Severity.ERROR, decision.id, figures=figures)
