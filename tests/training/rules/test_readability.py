"""Kandel and Moles's index, on counts made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.readability import Reading, read, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("le", 1),
        ("table", 1),
        ("tables", 1),
        ("café", 2),
        ("opérée", 3),
        ("opérés,", 3),
        ("douleur", 2),
        ("neuropathique", 4),
        ("longue", 1),
        ("parlent", 1),
        ("médicament", 4),
        ("l’allodynie", 4),
        ("47", 1),
        ("Mme", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        # Ma | dou-leur | dure. Que | fai-re → « faire » one.
        ("Ma douleur dure. Que faire ?", Reading(words=5, sentences=2, syllables=6)),
        ("Mme D. parle", Reading(words=3, sentences=1, syllables=3)),
        ("Un point\nun autre", Reading(words=4, sentences=2, syllables=4)),
        ("Il dit : « non ! »", Reading(words=3, sentences=1, syllables=3)),
    ],
)
def test_counts(text: str, reading: Reading) -> None:
    assert read(text) == reading


@pytest.mark.parametrize("text", ["", " \n ", "… ?"])
def test_no_word(text: str) -> None:
    assert read(text) is None


def test_index() -> None:
    """207 − 1.015 × 10 − 73.6 × 1.5 = 86.45."""
    assert Reading(words=100, sentences=10, syllables=150).index == pytest.approx(86.45)


@given(st.text(max_size=200))
def test_any_text_is_counted(text: str) -> None:
    reading = read(text)
    if reading is not None:
        assert reading.sentences <= reading.words <= reading.syllables
