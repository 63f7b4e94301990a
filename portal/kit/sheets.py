"""Strict reading of the house's sheets: UTF-8 CSV, `;` as separator, a header line, ISO dates.

A sheet is read in one pass, line by line, in constant memory. Each column is given a reader, a
function from the cell's text to a value that raises ValueError with a sentence in French; the
error names file, line and column. A byte-order mark is accepted; other columns are ignored.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

type Reader[T] = Callable[[str], T]
type Columns = Mapping[str, Reader[Any]]

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)


class SheetError(ValueError):
    """A sheet that cannot be read; its text names file, line and column, in French."""

    def __init__(
        self, file: str, problem: str, *, line: int | None = None, column: str | None = None
    ) -> None:
        self.file, self.problem, self.line, self.column = file, problem, line, column
        place = [file]
        if line is not None:
            place.append(f"ligne {line}")
        if column is not None:
            place.append(f"colonne {column}")
        super().__init__(f"{', '.join(place)} : {problem}")


def read_sheet(
    path: Path, columns: Columns, *, beside: Columns | None = None
) -> Iterator[tuple[int, list[Any]]]:
    """Yield each line's number and its values, in the order of `columns`. Raises SheetError.

    `beside`: columns that the sheet may lack; their values follow, those of an empty cell then.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=";", strict=True)
            try:
                yield from _values(path.name, lines, columns, beside or {})
            except csv.Error as error:
                problem = f"ligne CSV illisible ({error})."
                raise SheetError(path.name, problem, line=lines.line_num) from error
    except UnicodeDecodeError as error:
        line = _first_line_not_utf8(path)
        raise SheetError(path.name, "le fichier n’est pas en UTF-8.", line=line) from error
    except OSError as error:
        problem = "fichier absent." if not path.exists() else f"fichier illisible ({error})."
        raise SheetError(path.name, problem) from error


def _values(
    name: str, lines: Any, columns: Columns, beside: Columns
) -> Iterator[tuple[int, list[Any]]]:
    header: list[str] = next(lines, [])
    present = {**columns, **{each: read for each, read in beside.items() if each in header}}
    for column in present:
        if header.count(column) != 1:
            problem = "colonne répétée." if column in header else "colonne absente."
            raise SheetError(name, problem, line=1, column=column)
    fields = [(column, header.index(column), read) for column, read in present.items()]
    lacking = [read("") for each, read in beside.items() if each not in present]
    width = len(header)
    for cells in lines:
        if not cells:
            continue  # a blank line
        if len(cells) != width:
            column = header[len(cells)] if len(cells) < width else str(width + 1)
            problem = f"{len(cells)} cellules pour {width} colonnes."
            raise SheetError(name, problem, line=lines.line_num, column=column)
        values = []
        for column, position, read in fields:
            try:
                values.append(read(cells[position]))
            except ValueError as error:
                raise SheetError(name, str(error), line=lines.line_num, column=column) from error
        yield lines.line_num, values + lacking


def _first_line_not_utf8(path: Path) -> int | None:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return None


# --- Readers of cells


def text(cell: str) -> str:
    """Any text, empty included."""
    return cell


def filled(cell: str) -> str:
    """Any text but the empty one."""
    if not cell:
        raise ValueError("valeur absente.")
    return cell


@lru_cache(maxsize=65536)
def day(cell: str) -> date:
    """A date, YYYY-MM-DD and nothing else."""
    if _DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise ValueError(f"date attendue (AAAA-MM-JJ), lu « {cell} ».")


def moment(cell: str) -> datetime:
    """A local date and time, YYYY-MM-DDTHH:MM with seconds or not; an offset is refused."""
    if _MOMENT.fullmatch(cell):
        try:
            return datetime.fromisoformat(cell)
        except ValueError:
            pass
    raise ValueError(f"date et heure locales attendues (AAAA-MM-JJTHH:MM:SS), lu « {cell} ».")


def count(cell: str) -> int:
    """A whole number, zero or more."""
    if not _COUNT.fullmatch(cell):
        raise ValueError(f"nombre entier attendu, lu « {cell} ».")
    return int(cell)


def amount(cell: str) -> Decimal:
    """A number of euros, zero or more, with a decimal point."""
    if not _AMOUNT.fullmatch(cell):
        raise ValueError(f"montant attendu (par exemple 50.00), lu « {cell} ».")
    return Decimal(cell)


def optional[T](read: Reader[T]) -> Reader[T | None]:
    """The same reader, an empty cell giving None."""
    return lambda cell: read(cell) if cell else None


def one_of[T](values: Mapping[str, T], problem: str) -> Reader[T]:
    """A reader of the keys of `values`, which may still be filling; `problem` says what else is."""

    def read(cell: str) -> T:
        try:
            return values[cell]
        except KeyError:
            raise ValueError(f"{problem} « {cell} ».") from None

    return read


def unique(problem: str) -> Reader[str]:
    """A reader of texts that refuses the empty one and a second occurrence. One for each file."""
    seen: set[str] = set()

    def read(cell: str) -> str:
        if filled(cell) in seen:
            raise ValueError(f"{problem} « {cell} ».")
        seen.add(cell)
        return cell

    return read
