"""Texts as whole numbers: each distinct value is read once, and a million cells by one lookup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

type Codes = NDArray[np.int64]

NONE = -1
"""No value."""


def coded(texts: "pd.Series[Any]") -> tuple[Codes, list[str]]:
    """The place of each text among the distinct ones, and these; an absent one is an empty text."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        categories = [str(each) for each in texts.cat.categories.tolist()]
        codes = np.array(texts.cat.codes, np.int64)
        if codes.min(initial=0) < 0:
            codes[codes < 0] = len(categories)
            categories.append("")
        return codes, categories
    codes, values = pd.factorize(texts.fillna("").astype(str))
    return codes.astype(np.int64, copy=False), [str(each) for each in values]


def read_column(texts: "pd.Series[Any]", read: Callable[[str], int | None]) -> Codes:
    """Each cell's number, NONE where it cannot be read."""
    codes, values = coded(texts)
    numbers = [read(each) for each in values]
    return np.array([NONE if each is None else each for each in numbers], np.int64)[codes]


def meanings(
    texts: "pd.Series[Any]", read: Callable[[str], str], known: Sequence[str] = ()
) -> tuple[Codes, list[str]]:
    """Cells by meaning: the place of each among the distinct readings, `known` ones first."""
    codes, values = coded(texts)
    places = {each: place for place, each in enumerate(known)}
    mapped = [places.setdefault(read(each), len(places)) for each in values]
    return np.array(mapped, np.int64)[codes], list(places)


def packed(*columns: Codes) -> Codes:
    """One whole number for each row, equal where all the columns are; each at least NONE."""
    key = np.zeros(len(columns[0]), np.int64)
    room = 1
    for column in columns:
        size = int(column.max(initial=0)) + 2
        if room * size >= 2**62:
            key, values = pd.factorize(key)
            key, room = key.astype(np.int64), max(1, len(values))
        key *= size  # in place: memory asked for again costs more than the sums
        key += column
        key += 1
        room *= size
    return key


def distinct(key: Codes) -> tuple[Codes, Codes]:
    """The first row of each key, in the order of the rows, and the place of each row's key."""
    inverse, values = pd.factorize(key)
    first = np.empty(len(values), np.int64)
    first[inverse[::-1]] = np.arange(len(key))[::-1]
    return first, inverse.astype(np.int64, copy=False)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Numbers by key, both in the order of the keys: see `grouped`."""

    keys: Codes
    values: Codes

    def of(self, key: int) -> list[int]:
        """Those of a key, in the order of their rows."""
        since, until = np.searchsorted(self.keys, (key, key + 1))
        return cast("list[int]", self.values[since:until].tolist())

    def rows(self, keys: Sequence[int]) -> Codes:
        """The rows of several keys, key after key."""
        since = np.searchsorted(self.keys, keys)
        counts = np.searchsorted(self.keys, keys, side="right") - since
        before = np.cumsum(counts) - counts
        return np.repeat(since - before, counts) + np.arange(counts.sum())


def grouped(keys: Codes, values: Codes) -> Grouped:
    """The numbers of each key, found by it."""
    order = np.argsort(keys, kind="stable")
    return Grouped(keys[order], values[order])


def occurrence(key: Codes) -> Codes:
    """The rank of each row among those of the same key, from 0, in the order of the rows."""
    ranks = np.zeros(len(key), np.int64)
    repeated = np.flatnonzero(pd.Series(key).duplicated(keep=False))  # few: the others are alone
    order = repeated[np.argsort(key[repeated], kind="stable")]
    ordered = key[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]] if len(order) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    ranks[order] = np.arange(len(order)) - first
    return ranks
