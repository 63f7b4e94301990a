"""Texts as numbers, and relations followed from one to the next."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.reconcile.coding import first_of_each, grouped, joined, meanings, through
from fees.reconcile.order import counts_up
from fees.reconcile.reading import birth_day
from fees.reconcile.said import births


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


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))))
def test_rows_share_a_place_when_their_cells_are_the_same(rows: list[tuple[int, ...]]) -> None:
    number, name, birth = (np.array([row[n] for row in rows], np.int32) for n in range(3))
    first, places = first_of_each(joined(joined(number, name), birth))
    assert [rows[each] for each in first[places].tolist()] == rows
    assert len(first) == len(set(rows))
    assert [rows.index(rows[each]) for each in first.tolist()] == first.tolist()


@pytest.mark.parametrize(
    ("texts", "counting"),
    [
        (["A1", "A2", "A10"], True),
        (["é8", "é9"], True),
        (["7", "8"], True),
        (["A2", "A1"], False),
        (["A1", "A1"], False),
        (["A1", "B2"], False),
        (["A1", ""], False),
        (["A1", "A"], False),
        (["A1", "A0x10"], False),
        (["A1", "A2b"], False),
        (["A1", "A2000000000000000000"], False),
        ([], False),
    ],
)
def test_identifiers_count_up_when_one_number_grows(texts: list[str], counting: bool) -> None:
    assert counts_up(pa.array(texts, pa.string())) == counting


@pytest.mark.parametrize(
    "texts",
    [
        ["1980-02-29", "2012-03-01"],
        ["1980-02-29", "", "01/03/12", "1066-10-14", "inconnue"],
        ["1980-02-29", "1981-02-29"],
    ],
)
def test_births_read_at_once_are_those_read_one_by_one(texts: list[str]) -> None:
    one_by_one = [-1 if (read := birth_day(each)) is None else read for each in texts]
    assert births(pa.array(texts)).tolist() == one_by_one
