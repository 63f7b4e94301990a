"""A kept file as understood: its bytes, read with the columns that are known of its sender."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from fees.actions.statements import match_statement
from fees.models import ColumnMemory, StatementFile
from fees.reconcile.headings import Field
from fees.reconcile.lines import Told, Understood, understand
from fees.selectors.statement_log import sender_of
from portal.kit.grids.opening import open_grid

type Kept = Mapping[str, Mapping[str, str]]
"""Columns as they are stored: sheet, place, field."""


def read_file(file: StatementFile, told: Kept | None = None) -> tuple[Understood, bool]:
    """The file as understood, and whether its columns were remembered. Raises Refused.

    `told` by a person just now; else what was confirmed of this file, else of the sender's files
    of the same shape.
    """
    grid = open_grid(bytes(file.content))
    sender = sender_of(file)
    known = told if told is not None else file.told
    if known is not None:
        return understand(grid, sender, _fields(known)), False
    plain = understand(grid, sender)
    memory = ColumnMemory.objects.filter(
        professional=file.professional,
        signature=sha256(plain.signature.encode()).hexdigest(),
    ).first()
    if memory is None:
        return plain, False
    return understand(grid, sender, _fields(memory.told)), True


def match_kept(file: StatementFile, *, now: datetime) -> StatementFile:
    """Read a file whose columns are confirmed, and write what it says. Raises Refused."""
    understood, _ = read_file(file)
    return match_statement(file=file, understood=understood, now=now)


def _fields(told: Kept) -> Told:
    return {
        sheet: {int(place): Field(field) if field else None for place, field in columns.items()}
        for sheet, columns in told.items()
    }


def kept(understood: Understood) -> dict[str, dict[str, str]]:
    """The columns of a file, as they are stored."""
    return {
        sheet: {str(each.place): each.field or "" for each in layout.columns}
        for sheet, layout in understood.layouts.items()
    }
