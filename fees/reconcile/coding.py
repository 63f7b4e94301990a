"""Texts as whole numbers: each distinct value is read once, and a million cells by one lookup."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

type Codes = NDArray[np.integer[Any]]
type Places = dict[str, int]
"""Distinct texts, in the order of their places."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts: the distinct ones, and the place of each cell's among them."""

    codes: Codes
    texts: pa.StringArray


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by meaning: the `places` of distinct meanings; the texts `told`, and that of each."""

    places: Places
    told: pa.StringArray
    place_of: Codes


NO_WORDS = Words({}, pa.array([], pa.string()), np.zeros(0, np.int32))

NONE = -1
"""No value."""


def coded(cells: pa.ChunkedArray) -> Coded:
    """Each distinct text once; an absent one is an empty text."""
    if cells.null_count or not pa.types.is_dictionary(cells.type):
        cells = cells.cast(pa.string()).fill_null("").dictionary_encode()
    found = cells.combine_chunks()
    return Coded(found.indices.to_numpy(), found.dictionary)


def read_column(cells: pa.ChunkedArray, read: Callable[[str], int | None]) -> Codes:
    """Each cell's number, NONE where it cannot be read."""
    column = coded(cells)
    return numbers(column.texts.to_pylist(), read)[column.codes]


def numbers(values: Iterable[str], read: Callable[[str], int | None]) -> Codes:
    found = [read(each) for each in values]
    return np.array([NONE if each is None else each for each in found], np.int64)


def meanings(
    texts: pa.StringArray, read: Callable[[list[str]], list[str]], known: Words = NO_WORDS
) -> tuple[Codes, Words]:
    """Texts by meaning: the place of each among the distinct ones, `known` ones first.

    A text told before is not read again.
    """
    told = pc.index_in(texts, value_set=known.told)
    new = pc.is_null(told).to_numpy(zero_copy_only=False)
    unread = texts.filter(pa.array(new))
    places = known.places.copy()
    found = np.empty(len(texts), np.int32)
    found[~new] = known.place_of[told.drop_null().to_numpy()]
    found[new] = [places.setdefault(each, len(places)) for each in read(unread.to_pylist())]
    return found, Words(
        places,
        pa.concat_arrays([known.told, unread]),
        np.concatenate([known.place_of, found[new]]),
    )


def packed(*columns: Codes) -> Codes:
    """One whole number for each row, equal where all the columns are; each at least NONE."""
    return stacked((column,) for column in columns)


def stacked(columns: Iterable[tuple[Codes, ...]]) -> Codes:
    """As `packed`, of the rows of several tables one below the other: each column in its parts."""
    key, room = np.zeros(0, np.int64), 1
    for parts in columns:  # one at a time and in place: memory costs more than the sums
        if not len(key):
            key = np.zeros(sum(map(len, parts)), np.int64)
        size = max(int(part.max(initial=0)) for part in parts) + 2
        if room * size >= 2**62:
            key, values = pd.factorize(key)
            key, room = key.astype(np.int64), max(1, len(values))
        key *= size
        key += 1
        start = 0
        for part in parts:
            key[start : start + len(part)] += part
            start += len(part)
        room *= size
    return key


def joined(usual: Codes, other: Codes) -> Codes:
    """One place for each row, equal where both columns are.

    The first nearly always tells the other, as a patient's number tells the name: only the rows
    where it does not are looked at twice.
    """
    told = np.zeros(usual.max(initial=NONE) + 1, other.dtype)
    told[usual] = other
    odd = np.flatnonzero(told[usual] != other)
    if not len(odd):
        return usual
    places = usual.astype(np.int64)
    places[odd] = len(told) + pd.factorize(packed(usual[odd], other[odd]))[0]
    return places


def first_of_each(places: Codes) -> tuple[Codes, Codes]:
    """The first row of each place, and the rows' places without those that no row has."""
    rows = np.full(places.max(initial=NONE) + 1, NONE, np.int64)
    rows[places[::-1]] = np.arange(len(places))[::-1]
    held = rows != NONE
    if held.all():
        return rows, places
    return rows[held], (np.cumsum(held) - 1)[places]


def distinct(key: Codes) -> tuple[Codes, Codes]:
    """The first row of each key, in the order of the rows, and the place of each row's key."""
    return first_of_each(pd.factorize(key)[0])


@dataclass(frozen=True, slots=True)
class Grouped:
    """Numbers by key: those of a key stand from its place in `starts` to the next one's."""

    starts: list[int]
    values: list[int]

    def of(self, key: int) -> list[int]:
        """Those of a key, in the order of their rows."""
        return self.values[self.starts[key] : self.starts[key + 1]]


def grouped(keys: Codes, values: Codes, *, size: int) -> Grouped:
    """The numbers of each key below `size`, found by it."""
    order = np.argsort(keys, kind="stable")
    starts = np.searchsorted(keys[order], np.arange(size + 1))
    return Grouped(starts.tolist(), values[order].tolist())


def through(outer: Grouped, inner: Grouped) -> tuple[Grouped, Grouped]:
    """By key of `outer`: the `inner` values of its values, and which of its values has each."""
    among = np.array(outer.values, np.int64)
    starts = np.array(inner.starts, np.int64)
    counts = np.diff(starts)[among]
    ends = np.cumsum(counts)
    whose = np.repeat(among, counts)
    found = np.arange(len(whose)) + np.repeat(starts[among] - (ends - counts), counts)
    bounds = np.r_[0, ends][outer.starts].tolist()
    values = np.array(inner.values, np.int64)[found]
    return Grouped(bounds, values.tolist()), Grouped(bounds, whose.tolist())


def occurrence(places: Codes) -> Codes:
    """The rank of each row among those of the same place, from 0, in the order of the rows."""
    ranks = np.zeros(len(places), np.int64)
    repeated = np.flatnonzero(np.bincount(places)[places] > 1)  # few: the others are alone
    order = repeated[np.argsort(places[repeated], kind="stable")]
    ordered = places[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]] if len(order) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    ranks[order] = np.arange(len(order)) - first
    return ranks
