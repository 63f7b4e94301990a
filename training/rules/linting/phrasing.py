"""Wording that gives the answer away, or traps somebody who knows it.

Only what a learner reads before answering counts: the options of a short answer are never shown,
and an ordering has no key to give away.
"""

import re
from collections.abc import Iterator

from network.rules.identity import fold
from training.enums import Answering, Flaw, Severity
from training.rules.cases import Case, Decision, Option
from training.rules.linting.remarks import Remark
from training.rules.words import bare_words

LONG_KEY = 1.5
"""Times the longest other option from which the key's length shows."""
FEWEST_DECISIONS = 2
"""Decisions from which a key that is always the longest is a habit."""
CUE_LETTERS = 6
"""Letters of a word from which its return in the key alone is a cue."""

ALL_OR_NONE = re.compile(
    r"\b(toutes (ces|les) (reponses|propositions)|tout ce qui precede"
    r"|aucune (de ces|des) (reponses|propositions)|rien de ce qui precede)\b"
)
ABSOLUTE = re.compile(
    r"\b(toujours|jamais|tous|toutes|aucune?|uniquement|exclusivement|systematiquement"
    r"|obligatoirement|forcement|absolument)\b"
)
RHYTHM = re.compile(r"\b(tous|toutes) les (\w+ )?(jours|semaines|mois|ans|heures|matins|soirs)\b")
"""« toutes les six heures » is a dose, not a claim."""
NEGATIVE = re.compile(
    r"\b(sauf|excepte|hormis|a l exception|faux|fausses?|inexactes?"
    r"|ne? (\w+ ){0,4}?(pas|plus|jamais|aucune?))\b"
)


def of_case(case: Case) -> Iterator[Remark]:
    """The key is the longest option of every decision: learners notice soon."""
    pairs = [pair for decision in case.decisions if (pair := _key_and_others(decision))]
    if len(pairs) >= FEWEST_DECISIONS and all(
        len(key.text) > max(len(other.text) for other in others) for key, others in pairs
    ):
        yield Remark(Flaw.LONGEST_KEYS, Severity.WARNING, figures={"count": len(pairs)})


def remarks(decision: Decision) -> Iterator[Remark]:
    """Remarks on the words of one decision."""
    if NEGATIVE.search(fold(_question(decision.stem))):
        yield Remark(Flaw.NEGATIVE_STEM, Severity.WARNING, decision.id)
    if decision.answering is Answering.SHORT:
        return
    for option in decision.options:
        yield from _claims(decision, option)
    yield from _cues(decision)


def _claims(decision: Decision, option: Option) -> Iterator[Remark]:
    text = fold(option.text)
    if ALL_OR_NONE.search(text):
        yield Remark(Flaw.ALL_OR_NONE, Severity.WARNING, decision.id, option.id)
    elif absolute := ABSOLUTE.search(RHYTHM.sub(" ", text)):
        yield Remark(
            Flaw.ABSOLUTE_WORD,
            Severity.WARNING,
            decision.id,
            option.id,
            {"name": _as_written(absolute.group(), option.text)},
        )


def _cues(decision: Decision) -> Iterator[Remark]:
    pair = _key_and_others(decision)
    if pair is None:
        return
    key, others = pair
    longest = max(len(other.text) for other in others)
    if len(key.text) >= LONG_KEY * longest:
        figures = {"count": len(key.text), "limit": longest}
        yield Remark(Flaw.LONG_KEY, Severity.ADVICE, decision.id, key.id, figures)
    elsewhere = {word for other in others for word in bare_words(other.text)}
    told = set(bare_words(decision.stem)) - elsewhere
    for word in dict.fromkeys(bare_words(key.text)):
        if len(word) >= CUE_LETTERS and word in told:
            figures_of_cue = {"name": _as_written(word, key.text)}
            yield Remark(Flaw.REPEATED_CUE, Severity.ADVICE, decision.id, key.id, figures_of_cue)


def _key_and_others(decision: Decision) -> tuple[Option, list[Option]] | None:
    """The key of a decision with one best answer, and the options that it must not outshine."""
    keys = [option for option in decision.options if option.credited]
    others = [option for option in decision.options if not option.credited]
    if decision.answering is not Answering.ONE or len(keys) != 1 or not others:
        return None
    return keys[0], others


def _question(stem: str) -> str:
    """The last sentence: « Elle ne dort plus. Que faire ? » asks nothing negative."""
    return re.split(r"(?<=[.!?…])\s+(?=\w)", stem.strip())[-1]


def _as_written(folded: str, text: str) -> str:
    """The word of the text that was found once folded."""
    words = re.findall(r"[\w-]+", text)
    return next((word for word in words if folded in {fold(word), *bare_words(word)}), folded)
