"""The order in which people count identifiers, so that the order of a file never matters."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from .reading import natural

MOST_FIGURES = 17
"""Of a number that 64 bits hold."""


def in_natural_order(table: pa.Table, column: str) -> pa.Table:
    """Sorted by identifier as people count: `L2` before `L10`."""
    texts = table[column].cast(pa.string()).combine_chunks()
    if counts_up(texts):
        return table
    parts = pc.extract_regex(texts, rf"^(?P<head>\D*)(?P<number>\d{{1,{MOST_FIGURES}}})$")
    if parts.null_count:  # rare: more than some letters and one number
        order = sorted(range(len(texts)), key=[natural(str(each)) for each in texts].__getitem__)
        return table.take(order)
    heads = pc.struct_field(parts, "head")
    numbers = pc.cast(pc.struct_field(parts, "number"), pa.int64())
    keys = pa.table({"head": heads, "number": numbers, "text": texts})
    return table.take(pc.sort_indices(keys, [(each, "ascending") for each in keys.column_names]))


def counts_up(texts: pa.StringArray) -> bool:
    """Whether these are the same letters before a number that only grows, as in most files.

    None of them is then empty, and none is there twice.
    """
    head = re.match(r"\D*(?=[1-9])", texts[0].as_py()) if len(texts) else None
    if head is None or not pc.all(pc.starts_with(texts, head[0])).as_py():
        return False
    start = len(head[0].encode())
    if pc.max(pc.binary_length(texts)).as_py() > start + MOST_FIGURES:
        return False
    figures = pc.binary_slice(texts.cast(pa.binary()), start, start + MOST_FIGURES)
    figures = figures.cast(pa.string())
    if not pc.all(pc.ascii_is_decimal(figures)).as_py():
        return False
    numbers = pc.cast(figures, pa.int64()).to_numpy()
    return bool((numbers[1:] > numbers[:-1]).all())
