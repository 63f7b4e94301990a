"""Reading the two files of `manage.py reconcile` (docs: the contract).

Acts come from a portal and must be right; a statement comes from life and may hold anything, as
long as it is a table with the contract's columns and one identifier a line.
"""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from fees.reconcile.frames import ACTS, STATEMENT, State
from portal.kit.sheets import SheetError, read_sheet, text

STATES = frozenset(State)


def read_acts(path: Path) -> pd.DataFrame:
    """`acts.csv`, each cell checked. Raises SheetError naming file, line and column."""
    frame = _read(path, ACTS, "act")
    for column, problem in (
        ("professional", "professionnel absent."),
        ("patient_code", "dossier absent."),
        ("kind", "type absent."),
    ):
        _check(path, frame, column, lambda cell: bool(cell.strip()), problem)
    if (frame["act"] == "").any():
        _check(path, frame, "act", bool, "identifiant absent.")
    _check(path, frame, "done_on", _is_day, "date attendue (AAAA-MM-JJ).")
    _check(path, frame, "birth_date", lambda cell: not cell or _is_day(cell), "date attendue.")
    _check(path, frame, "amount", _is_amount, "montant attendu (par exemple 50.00).")
    _check(path, frame, "state", STATES.__contains__, "état inconnu.")
    return frame


def read_statement(path: Path) -> pd.DataFrame:
    """`statement.csv`, whatever its cells hold; a line without identifier is named by its place.

    Raises SheetError on a missing column, another encoding, a repeated identifier.
    """
    return _read(path, STATEMENT, "line")


def _read(path: Path, columns: tuple[str, ...], identifier: str) -> pd.DataFrame:
    try:
        frame = _fast(path, columns)
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError):
        frame = _careful(path, columns, strict=identifier == "act")
    if identifier == "line":
        empty = frame["line"].astype(str).str.strip() == ""
        if empty.any():
            numbers = pd.Series(frame.index + 2, index=frame.index).astype(str)
            frame["line"] = frame["line"].astype(object).where(~empty, "ligne " + numbers)
    repeated = frame[identifier].duplicated()
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        problem = f"identifiant répété « {frame[identifier].iloc[row]} »."
        raise SheetError(path.name, problem, line=row + 2, column=identifier)
    return frame


def _fast(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """The usual file: every line as wide as its header. Repeated texts are kept once."""
    np.empty(4_000_000)  # 32 MB freed at once: glibc then keeps, to use again, what columns free
    table = arrow_csv.read_csv(
        path,
        read_options=arrow_csv.ReadOptions(use_threads=False),  # less work in all
        parse_options=arrow_csv.ParseOptions(delimiter=";", newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(columns),
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=False,
        ),
    )
    identifier, *others = columns
    named = pd.array(table[identifier].combine_chunks(), dtype=pd.StringDtype("pyarrow"))
    return pd.DataFrame({identifier: named} | {each: _categories(table[each]) for each in others})


def _categories(texts: pa.ChunkedArray) -> "pd.Categorical[Any]":
    found = texts.dictionary_encode().combine_chunks()
    values = pd.Index(found.dictionary.to_pylist(), dtype=object)
    return pd.Categorical.from_codes(found.indices.to_numpy(), dtype=pd.CategoricalDtype(values))


def _careful(path: Path, columns: tuple[str, ...], *, strict: bool) -> pd.DataFrame:
    """The same by Python's reader, to say where the fault is, or to accept uneven lines."""
    if strict:
        rows = [cells for _, cells in read_sheet(path, dict.fromkeys(columns, text))]
        return pd.DataFrame(rows, columns=list(columns), dtype=str)
    return _uneven(path, columns)


def _uneven(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Lines shorter or longer than their header: what is missing is empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=";")
            header = next(lines, [])
            counts = Counter(header)
            for column in columns:
                if counts[column] != 1:
                    problem = "colonne répétée." if counts[column] else "colonne absente."
                    raise SheetError(path.name, problem, line=1, column=column)
            places = [header.index(column) for column in columns]
            rows = [
                [cells[place] if place < len(cells) else "" for place in places]
                for cells in lines
                if cells
            ]
    except UnicodeDecodeError as error:
        next(iter(read_sheet(path, {})), None)
        raise SheetError(path.name, "le fichier n’est pas en UTF-8.") from error
    except OSError as error:
        raise SheetError(path.name, "fichier absent ou illisible.") from error
    return pd.DataFrame(rows, columns=list(columns), dtype=str)


def _check(path: Path, frame: pd.DataFrame, column: str, right: Any, problem: str) -> None:
    """Raise SheetError at the first cell of a column that is not right; each value read once."""
    cells = frame[column]
    categorical = isinstance(cells.dtype, pd.CategoricalDtype)
    values = cells.cat.categories if categorical else cells
    wrong = [each for each in values if not right(str(each))]
    if wrong:
        row = int(frame[column].isin(wrong).to_numpy().argmax())
        read = f"{problem[:-1]}, lu « {frame[column].iloc[row]} »."
        raise SheetError(path.name, read, line=row + 2, column=column)


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _is_amount(cell: str) -> bool:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        return False
    return (
        value.is_finite()
        and 0 <= value < 10**9
        and value == value.quantize(Decimal("0.01"))
        and cell.replace(".", "", 1).isascii()
        and cell.replace(".", "", 1).isdecimal()
    )
