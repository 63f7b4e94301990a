"""Comparing short answers, and taking the text out of rich text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.words import Likeness, likeness, one_edit_apart, plain, singular


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("nerf", "nerf", True),
        ("nerf", "nef", True),
        ("nerf", "nerfs", True),
        ("nerf", "cerf", True),
        ("nerf", "nefr", True),
        ("enrf", "nerf", True),
        ("nerf", "frne", False),
        ("nerf", "ne", False),
        ("nerf", "cere", False),
        ("", "n", True),
        ("", "ne", False),
    ],
)
def test_one_edit(one: str, other: str, apart: bool) -> None:
    assert one_edit_apart(one, other) is apart
    assert one_edit_apart(other, one) is apart


def edits(word: str) -> set[str]:
    """All that one typing error makes of a word, over two letters."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    removed = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    replaced = {left + new + right[1:] for left, right in cuts if right for new in "ab"}
    added = {left + new + right for left, right in cuts for new in "ab"}
    return {word} | removed | swapped | replaced | added


@given(st.text(alphabet="ab", max_size=6), st.text(alphabet="ab", max_size=6))
def test_one_edit_agrees_with_listing_them(one: str, other: str) -> None:
    assert one_edit_apart(one, other) is (other in edits(one))


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("score de 4/10", "Score 4/10", Likeness.SAME),
        ("4/10", "41/0", Likeness.APART),
        ("vitamine D", "vitamine", Likeness.APART),
        ("nerf", "cerf", Likeness.APART),  # four letters
        ("nerfs intercostaux", "nerf intercostal", Likeness.SAME),
        ("canaux", "canal", Likeness.SAME),
        ("niveaux", "niveau", Likeness.SAME),
        ("allodynie", "alodynie", Likeness.NEAR),
        ("hypoesthésie", "hyperesthésie", Likeness.APART),
    ],
)
def test_likeness(one: str, other: str, like: Likeness) -> None:
    assert likeness(one, other) is like


@pytest.mark.parametrize(("word", "one"), [("os", "os"), ("dos", "dos"), ("maux", "mal")])
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        ("<p>Bon<b>jour</b> &amp; merci</p>", "Bonjour & merci"),
        ("<p>Un</p><ul><li>deux</li><li>trois</li></ul>", "Un\ndeux\ntrois"),
        ('<p>Voir <a linktype="page" id="3">ici</a>.</p>', "Voir ici."),
        ("<p></p><p> &nbsp; </p>", ""),
        ("", ""),
    ],
)
def test_text_of_rich_text(rich: str, text: str) -> None:
    assert plain(rich) == text
