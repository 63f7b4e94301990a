"""Texts as whole numbers: each distinct value is read once, and a million cells by one lookup."""

from collections.abc import Callable, Sequence
from typing import Any

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
        codes = np.asarray(texts.cat.codes, np.int64)
        if (codes < 0).any():
            categories = [*categories, ""]
            codes = np.where(codes < 0, len(categories) - 1, codes)
        return codes.astype(np.int64), categories
    codes, values = pd.factorize(texts.fillna("").astype(str))
    return codes.astype(np.int64), [str(each) for each in values]


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
        key = key * size + (column + 1)
        room *= size
    return key


def distinct(key: Codes) -> tuple[Codes, Codes]:
    """The first row of each key, in the order of the rows, and the place of each row's key."""
    inverse, values = pd.factorize(key)
    first = np.empty(len(values), np.int64)
    first[inverse[::-1]] = np.arange(len(key))[::-1]
    return first, inverse.astype(np.int64)


def occurrence(key: Codes) -> Codes:
    """The rank of each row among those of the same key, from 0, in the order of the rows."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]] if len(key) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(key)), 0))
    ranks = np.empty(len(key), np.int64)
    ranks[order] = np.arange(len(key)) - first
    return ranks
