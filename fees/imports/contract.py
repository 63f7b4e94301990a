"""Reading the two files of `manage.py reconcile` (docs: the contract).

Acts come from a portal and must be right; a statement comes from life and may hold anything, as
long as it is a table with the contract's columns and one identifier a line.
"""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from fees.reconcile.frames import ACTS, STATEMENT, State
from fees.reconcile.order import counts_up
from portal.kit.sheets import SheetError, read_sheet, text

STATES = frozenset(State)


def read_acts(path: Path) -> pd.DataFrame:
    """`acts.csv`, each cell checked. Raises SheetError naming file, line and column."""
    table = _read(path, ACTS, "act")
    for column, problem in (
        ("professional", "professionnel absent."),
        ("patient_code", "dossier absent."),
        ("kind", "type absent."),
    ):
        _check(path, table, column, _present, problem)
    if pc.any(pc.equal(table["act"], "")).as_py():  # a million of them: seldom asked for more
        _check(path, table, "act", _present, "identifiant absent.")
    _check(path, table, "done_on", _each(_is_day), "date attendue (AAAA-MM-JJ).")
    _check(path, table, "birth_date", _born_or_unknown, "date attendue.")
    _check(path, table, "amount", _each(_is_amount), "montant attendu (par exemple 50.00).")
    _check(path, table, "state", _each(STATES.__contains__), "état inconnu.")
    return _framed(table)


def read_statement(path: Path) -> pd.DataFrame:
    """`statement.csv`, whatever its cells hold; a line without identifier is named by its place.

    Raises SheetError on a missing column, another encoding, a repeated identifier.
    """
    return _framed(_read(path, STATEMENT, "line"))


def _framed(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _read(path: Path, columns: tuple[str, ...], identifier: str) -> pa.Table:
    """Identifiers as they are; of the other columns, each distinct text once."""
    try:
        table = _encoded(_fast(path, columns))
        table.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError):
        table = _encoded(_careful(path, columns, strict=identifier == "act"))
    named = table[identifier].combine_chunks()
    if counts_up(named):
        return table
    return table.set_column(0, identifier, _identified(path, named, identifier))


def _encoded(table: pa.Table) -> pa.Table:
    identifier, *others = table.column_names
    return pa.table(
        {identifier: table[identifier]}
        | {each: table[each].dictionary_encode().combine_chunks() for each in others}
    )


def _identified(path: Path, named: pa.StringArray, column: str) -> pa.StringArray:
    """Identifiers each there once; a line without one is named by its place."""
    if column == "line":
        empty = pc.equal(pc.utf8_trim_whitespace(named), "")
        places = pc.cast(pa.array(range(2, len(named) + 2), pa.int64()), pa.string())
        named = pc.if_else(empty, pc.binary_join_element_wise("ligne", places, " "), named)
    repeated = pd.Series(named.dictionary_encode().indices.to_numpy()).duplicated()
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        problem = f"identifiant répété « {named[row]} »."
        raise SheetError(path.name, problem, line=row + 2, column=column)
    return named


def _fast(path: Path, columns: tuple[str, ...]) -> pa.Table:
    """The usual file: every line as wide as its header."""
    return arrow_csv.read_csv(
        path,
        read_options=arrow_csv.ReadOptions(use_threads=False),  # less work in all
        parse_options=arrow_csv.ParseOptions(delimiter=";", newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(columns),
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,  # of each distinct text, once they are found
        ),
    )


def _careful(path: Path, columns: tuple[str, ...], *, strict: bool) -> pa.Table:
    """The same by Python's reader, to say where the fault is, or to accept uneven lines."""
    if strict:
        rows = [cells for _, cells in read_sheet(path, dict.fromkeys(columns, text))]
    else:
        rows = _uneven(path, columns)
    return pa.table(
        {
            each: pa.array([row[place] for row in rows], pa.string())
            for place, each in enumerate(columns)
        }
    )


def _uneven(path: Path, columns: tuple[str, ...]) -> list[list[str]]:
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
            return [
                [cells[place] if place < len(cells) else "" for place in places]
                for cells in lines
                if cells
            ]
    except UnicodeDecodeError as error:
        next(iter(read_sheet(path, {})), None)
        raise SheetError(path.name, "le fichier n’est pas en UTF-8.") from error
    except OSError as error:
        raise SheetError(path.name, "fichier absent ou illisible.") from error


type Judge = Callable[[pa.StringArray], pa.BooleanArray]
"""Which of some distinct texts are right."""


def _check(path: Path, table: pa.Table, column: str, judge: Judge, problem: str) -> None:
    """Raise SheetError at the first cell of a column that is not right; each text judged once."""
    cells = table[column].dictionary_encode().combine_chunks()
    right = judge(cells.dictionary)
    if not pc.all(right).as_py():
        wrong = np.flatnonzero(~right.to_numpy(zero_copy_only=False))
        row = int(np.isin(cells.indices.to_numpy(), wrong).argmax())
        read = f"{problem[:-1]}, lu « {cells[row]} »."
        raise SheetError(path.name, read, line=row + 2, column=column)


def _each(right: Callable[[str], bool]) -> Judge:
    return lambda texts: pa.array([right(each) for each in texts.to_pylist()], pa.bool_())


def _present(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.not_equal(pc.utf8_trim_whitespace(texts), "")


def _born_or_unknown(texts: pa.StringArray) -> pa.BooleanArray:
    """Days or nothing; at once when all are days, as in most files."""
    try:
        first = pc.min(texts.cast(pa.date32())).as_py()
    except (pa.ArrowInvalid, ValueError):  # before year 1 Python has no day
        first = None
    if first is None:
        return _each(lambda text: not text or _is_day(text))(texts)
    return pc.is_valid(texts)


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
