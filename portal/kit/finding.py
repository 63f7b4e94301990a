"""Finding by everyday words: what the rooms offer, ranked for a query. French; pure but for the
registry.

A room registers what can be found in its `AppConfig.ready` (through a module it imports there):

    @findable
    def modules(user):
        yield Document(title="Comprendre la douleur", url="/…", kind=_("Module"))

A query is cut in words without accents, endings nor little words. A word is found by itself, by
its beginning, or written with a fault. Words that say the same thing (`concepts`) find each other.
A rare word weighs more than a common one; the title more than the text.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from portal.kit.folding import plain

type Words = object
"""What `str` makes a text of, lazily translated or not."""

LITTLE = frozenset(
    """a au aux avec ce ces chez comment d dans de des du elle en est et faire il ils j je l la le
    les leur lui ma me mes mon n ne on ou par pas pour qu que quel quelle qui s sa se ses son sur
    t trouver un une vers y aide appeler besoin cherche qui veux voudrais patient patiente
    monsieur madame""".split()  # noqa: SIM905
)
"""Words that look for nothing by themselves."""
WHOLE, BEGINNING, FAULT = 1.0, 0.75, 0.6
TITLE, KEYWORDS, TEXT = 3.0, 2.5, 1.0
ENOUGH = 0.45
"""Share of the query's weight that a document must hold to be shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. `keywords`: other words for it, not shown; `note` and `phone`
    (a number that everybody who finds it may call): shown, not searched."""

    title: Words
    url: str
    kind: Words
    text: Words = ""
    keywords: Words = ""
    note: Words = ""
    phone: str = ""


type Source = Callable[[Any], Iterable[Document]]
_SOURCES: list[Source] = []


def findable(source: Source) -> Source:
    """Register what a room lets a user find; it yields nothing that the user may not read."""
    _SOURCES.append(source)
    return source


def offered_to(user: Any) -> list[Document]:
    return [document for source in _SOURCES for document in source(user)]


def stems(text: str) -> list[str]:
    """The words that carry meaning, without the ending of the plural."""
    return [
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word
        for word in plain(text).split()
        if word not in LITTLE
    ]


@dataclass(frozen=True, eq=False)
class Concepts:
    """The words that say the same thing, by the name of what they say. Known by itself alone:
    what is kept for a document is kept for these."""

    words: Mapping[str, Sequence[str]]
    stems: Sequence[tuple[str, Sequence[Sequence[str]]]] = field(init=False)

    def __post_init__(self) -> None:
        cut = [(name, [stems(each) for each in phrases]) for name, phrases in self.words.items()]
        object.__setattr__(self, "stems", cut)


def rank(
    query: str, documents: Iterable[Document], *, concepts: Concepts, limit: int = 20
) -> list[Document]:
    """The documents that answer, the best first; equal ones by their title."""
    asked = _asked(stems(query), concepts)
    entries = [
        (each, _weights(str(each.title), str(each.keywords), str(each.text), concepts))
        for each in documents
    ]
    holding = Counter(stem for _each, weights in entries for stem in weights)
    alike = {word: _alike(word, holding) for word in asked}
    found = [
        (each, {word: _best(word, alike[word], weights) for word in asked})
        for each, weights in entries
    ]
    # a word that nothing holds says nothing: the others answer
    told = [word for word in asked if any(held[word] for _each, held in found)]
    rarity = {word: log(1 + len(entries) / (1 + holding[word])) for word in told}
    scored = []
    for each, held in found:
        share = sum(rarity[word] for word in told if held[word]) / (sum(rarity.values()) or 1)
        if share >= ENOUGH:
            score = sum(rarity[word] * held[word] for word in told)
            scored.append((-score * share, str(each.title), each))
    return [document for *_rank, document in sorted(scored, key=lambda each: each[:2])[:limit]]


@lru_cache(maxsize=10_000)
def _weights(title: str, keywords: str, text: str, concepts: Concepts) -> Mapping[str, float]:
    """The heaviest place of each word and concept of a document; kept, as documents rarely
    change."""
    weights: dict[str, float] = {}
    for told, weight in ((text, TEXT), (keywords, KEYWORDS), (title, TITLE)):
        words = stems(told)
        line = f" {' '.join(words)} "
        for name, phrases in concepts.stems:
            if any(f" {' '.join(phrase)} " in line for phrase in phrases):
                weights[f"#{name}"] = weight
        weights |= dict.fromkeys(words, weight)
    return weights


def _asked(words: Sequence[str], concepts: Concepts) -> list[str]:
    """What a query asks: its concepts (`#name`), faults forgiven, and its other words."""
    named: list[str] = []
    used: set[int] = set()
    for name, phrases in concepts.stems:
        for phrase in phrases:
            at = _place(phrase, words)
            if at is not None:
                used.update(range(at, at + len(phrase)))
                named.append(f"#{name}")
                break
    kept = [word for at, word in enumerate(words) if at not in used]
    return list(dict.fromkeys([*named, *kept]))


def _place(phrase: Sequence[str], words: Sequence[str]) -> int | None:
    """Where a phrase starts in a query."""
    for at in range(len(words) - len(phrase) + 1):
        pairs = zip(phrase, words[at:], strict=False)
        if phrase and all(a == b or _close(a, b) for a, b in pairs):
            return at
    return None


def _close(one: str, other: str) -> bool:
    """One fault in a word of five letters, two from eight."""
    allowed = 0 if min(len(one), len(other)) < 5 else 1 if len(one) < 8 else 2
    if not allowed or abs(len(one) - len(other)) > allowed:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _alike(word: str, written: Iterable[str]) -> dict[str, float]:
    """Among all the words written, those that stand for this one, and how well: what it begins,
    else what it is with a fault. A concept has none."""
    if word.startswith("#"):
        return {}
    begins = len(word) >= 3
    return {
        other: BEGINNING if other.startswith(word) else FAULT
        for other in written
        if (begins and other.startswith(word)) or _close(word, other)
    }


def _best(word: str, alike: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The heaviest place of a word in a document; where it stands as asked, no other counts."""
    if word in weights:
        return WHOLE * weights[word]
    held = (weights[other] * how for other, how in alike.items() if other in weights)
    return max(held, default=0.0)
