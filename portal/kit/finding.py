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

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

type Words = object
"""What `str` makes a text of, lazily translated or not."""
type Concepts = Mapping[str, Sequence[str]]

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
    """One thing that can be found. `keywords`: other words for it, not shown."""

    title: Words
    url: str
    kind: Words
    text: Words = ""
    keywords: Words = ""


type Source = Callable[[Any], Iterable[Document]]
_SOURCES: list[Source] = []


def findable(source: Source) -> Source:
    """Register what a room lets a user find; it yields nothing that the user may not read."""
    _SOURCES.append(source)
    return source


def offered_to(user: Any) -> list[Document]:
    return [document for source in _SOURCES for document in source(user)]


def plain(text: str) -> str:
    """Lower case words without accents nor signs."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def stems(text: str) -> list[str]:
    """The words that carry meaning, without the ending of the plural."""
    return [
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word
        for word in plain(text).split()
        if word not in LITTLE
    ]


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Document
    weights: dict[str, float] = field(default_factory=dict)


def rank(
    query: str, documents: Iterable[Document], *, concepts: Concepts, limit: int = 20
) -> list[Document]:
    """The documents that answer, the best first; equal ones by their title."""
    known = {name: [stems(each) for each in phrases] for name, phrases in concepts.items()}
    asked = _with_concepts(stems(query), known, faults=True)
    if not asked:
        return []
    entries = [_Entry(each, _weights(each, known)) for each in documents]
    holding = Counter(stem for each in entries for stem in each.weights)
    rarity = {word: _rarity(word, holding, len(entries)) for word in asked}
    found = [(each, {word: _best(word, each.weights) for word in asked}) for each in entries]
    # a word that nothing holds says nothing: the others answer
    known_somewhere = [word for word in asked if any(held[word] for _each, held in found)]
    whole = sum(rarity[word] for word in known_somewhere)
    scored = []
    for each, held in found:
        share = sum(rarity[word] for word in known_somewhere if held[word]) / (whole or 1)
        if share >= ENOUGH:
            score = sum(rarity[word] * held[word] for word in known_somewhere)
            scored.append((-score * share, str(each.document.title), each.document))
    return [document for *_rank, document in sorted(scored, key=lambda each: each[:2])[:limit]]


def _weights(document: Document, known: Mapping[str, list[list[str]]]) -> dict[str, float]:
    """The heaviest place of each word of a document."""
    weights: dict[str, float] = {}
    for text, weight in (
        (document.text, TEXT),
        (document.keywords, KEYWORDS),
        (document.title, TITLE),
    ):
        for word in _with_concepts(stems(str(text)), known, faults=False):
            weights[word] = weight
    return weights


def _with_concepts(
    words: list[str], known: Mapping[str, list[list[str]]], *, faults: bool
) -> list[str]:
    """The words, those of a concept replaced by its name (`#name`)."""
    named: list[str] = []
    used: set[int] = set()
    for name, phrases in known.items():
        for phrase in phrases:
            at = _place(phrase, words, faults=faults)
            if at is not None:
                used.update(range(at, at + len(phrase)))
                named.append(f"#{name}")
                break
    kept = [word for at, word in enumerate(words) if at not in used or not faults]
    return list(dict.fromkeys([*named, *kept]))


def _place(phrase: list[str], words: list[str], *, faults: bool) -> int | None:
    """Where a phrase starts in a text."""
    for at in range(len(words) - len(phrase) + 1):
        pairs = zip(phrase, words[at:], strict=False)
        if phrase and all(a == b or (faults and _close(a, b)) for a, b in pairs):
            return at
    return None


def _close(one: str, other: str) -> bool:
    """One fault in a word of five letters, two from eight."""
    allowed = 0 if min(len(one), len(other)) < 5 else 1 if len(one) < 8 else 2
    return allowed > 0 and DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _best(word: str, weights: Mapping[str, float]) -> float:
    if word in weights:
        return WHOLE * weights[word]
    if word.startswith("#"):
        return 0.0
    return max(
        (
            weight * (BEGINNING if other.startswith(word) else FAULT)
            for other, weight in weights.items()
            if (len(word) >= 3 and other.startswith(word)) or _close(word, other)
        ),
        default=0.0,
    )


def _rarity(word: str, holding: Mapping[str, int], total: int) -> float:
    return log(1 + total / (1 + holding.get(word, 0)))
