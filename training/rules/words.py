"""Plain words: taken out of rich text, folded, and compared as a tolerant reader would."""

import re
from enum import IntEnum
from html import unescape

from network.rules.identity import fold

ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "du", "de"})
FORGIVING = 5  # letters from which a word may hold one typing error
_INLINE_TAG = re.compile(r"</?(?:a|b|em|i|strong)\b[^>]*>")
_ELISION = re.compile(r"\b[dl]['’]", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<[^>]+>")


class Likeness(IntEnum):
    """How close two answers are, so that the closest is the greatest."""

    APART = 0
    NEAR = 1
    SAME = 2


def plain(rich: str) -> str:
    """The text of rich text: one line for each paragraph, title or item of a list."""
    lines = _BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", rich))
    return "\n".join(filter(None, (" ".join(unescape(line).split()) for line in lines.split("\n"))))


def bare_words(text: str) -> list[str]:
    """Words without accent, case, punctuation, article or mark of plural."""
    whole = _ELISION.sub("", text)
    return [singular(word) for word in fold(whole).split() if word not in ARTICLES]


def singular(word: str) -> str:
    """« nerfs » → « nerf », « intercostaux » → « intercostal »; short words are left alone."""
    if len(word) < 4:
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    return word.removesuffix("s") if word.endswith("s") else word.removesuffix("x")


def likeness(one: str, other: str) -> Likeness:
    """Compare two short answers word by word.

    Same: once folded, cut into words or not. Near: each word of five letters or more may hold one
    typing error (a letter missing, added, replaced, or two neighbours swapped). Words with a
    figure must be exact; signs such as « < » are not read.
    """
    left, right = bare_words(one), bare_words(other)
    if left == right or _joined(left) == _joined(right) != "":
        return Likeness.SAME
    if len(left) == len(right) and all(map(_mistyped, left, right)):
        return Likeness.NEAR
    return Likeness.APART


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, removal, replacement or swap of neighbours makes them equal."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    mine, theirs = one[start:], other[start:]
    if len(one) < len(other):
        return mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[1::-1] == theirs[:2] and mine[2:] == theirs[2:])


def _mistyped(one: str, other: str) -> bool:
    if one == other:
        return True
    wordy = one.isalpha() and other.isalpha() and min(len(one), len(other)) >= FORGIVING
    return wordy and one_edit_apart(one, other)


def _joined(words: list[str]) -> str:
    """« intercosto-brachial » is « intercostobrachial »; but 4/10 is not 41/0."""
    return "".join(words) if all(word.isalpha() for word in words) else ""
