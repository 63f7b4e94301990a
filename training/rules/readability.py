"""How hard a French text is to read.

The measure is the adaptation of Flesch's index to French: L. Kandel and A. Moles, « Application de
l'indice de Flesch à la langue française », Cahiers d'études de radio-télévision 19, 1958,
253–274: 207 − 1.015 × words per sentence − 73.6 × syllables per word; about 100 very easy, 0 very
hard. Syllables are estimated from spelling, so the figure is a hint to the author, never a
judgment: the terms of medicine alone make any clinical text hard.
"""

import re
import unicodedata
from dataclasses import dataclass

from network.rules.identity import fold

LONG_SENTENCE = 25.0
"""Words per sentence beyond which a text is told to be cut."""
HARD = 20.0
"""Index under which a text is told to be simplified: plain clinical prose is at 40 to 80."""
ENOUGH_WORDS = 40
"""Words under which an index means nothing."""
_ENDS = re.compile(r"(?<!\bDr)(?<!\b[A-Z])[.!?…]+(?=\s|$|»)|\n")  # not after an initial
_VOWELS = re.compile(r"[aeiouy]+")
_SPOKEN_ENDING = re.compile(r"[éè]s?$|ment$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts of a text."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def index(self) -> float:
        """Kandel and Moles's index of ease."""
        return 207 - 1.015 * self.words_per_sentence - 73.6 * self.syllables / self.words

    @property
    def sentences_too_long(self) -> bool:
        return self.words_per_sentence > LONG_SENTENCE

    @property
    def hard(self) -> bool:
        return self.words >= ENOUGH_WORDS and self.index < HARD


def read(text: str) -> Reading | None:
    """Count a plain text, where a line's end ends a sentence; None when it holds no word."""
    sentences = [words for part in _ENDS.split(text) if (words := _words(part))]
    if not sentences:
        return None
    return Reading(
        words=sum(map(len, sentences)),
        sentences=len(sentences),
        syllables=sum(syllables(word) for words in sentences for word in words),
    )


def syllables(word: str) -> int:
    """Syllables of a French word as spoken, estimated from its spelling; at least 1.

    Groups of vowels, without a mute final -e, -es or -ent. A number counts as one.
    """
    spelled = re.sub(r"\W+$", "", unicodedata.normalize("NFC", word.casefold()))
    letters = re.sub(r"([gq])u", r"\1", fold(spelled).replace(" ", ""))
    if not _SPOKEN_ENDING.search(spelled):
        letters = re.sub(r"(?<=[^aeiouy])(es?|ent)$", "", letters)
    return max(1, len(_VOWELS.findall(letters)))


def _words(text: str) -> list[str]:
    """Words as printed: an elided one (« l’ ») is part of the next."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]
