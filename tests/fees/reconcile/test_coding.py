"""Texts as numbers, and relations followed from one to the next."""

import numpy as np
import pyarrow as pa

from fees.reconcile.coding import grouped, meanings, through


def test_relation_followed_through_another_keeps_whose_each_value_is() -> None:
    patients = grouped(np.array([0, 0, 2]), np.array([1, 3, 0]), size=3)
    names = grouped(np.array([0, 1, 1, 3]), np.array([7, 4, 5, 6]), size=4)
    called, whose = through(patients, names)
    assert [called.of(each) for each in range(3)] == [[4, 5, 6], [], [7]]
    assert [whose.of(each) for each in range(3)] == [[1, 1, 3], [], [0]]


def test_text_told_before_is_not_read_again() -> None:
    read: list[str] = []

    def lower(texts: list[str]) -> list[str]:
        read.extend(texts)
        return [each.lower() for each in texts]

    _, known = meanings(pa.array(["A", "b"]), lower)
    codes, words = meanings(pa.array(["A", "a", "C"]), lower, known)
    assert codes.tolist() == [0, 0, 2]
    assert list(words.places) == ["a", "b", "c"]
    assert read == ["A", "b", "a", "C"]
