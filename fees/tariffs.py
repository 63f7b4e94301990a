"""The fee table as a sheet: `kind;amount;limit;limit_ald;valid_from;valid_to;decision`.

An empty `limit` = no cap, an empty `limit_ald` = the same `limit`, an empty `valid_to` = open.
The default schedule lies beside this file; the migrations load it through the same reader.
"""

from pathlib import Path

from fees.enums import Kind
from fees.rules import Tariff
from portal.kit.money import euros
from portal.kit.sheets import (
    Columns,
    SheetError,
    amount,
    count,
    day,
    one_of,
    optional,
    read_sheet,
    text,
)

DEFAULT_SCHEDULE = Path(__file__).parent / "data" / "tariffs.csv"


def read_tariffs(path: Path = DEFAULT_SCHEDULE) -> tuple[Tariff, ...]:
    """The lines of a fee table, in the order of the file.

    Raises SheetError for a malformed sheet, and where two lines of a kind start on the same day:
    neither would supersede the other.
    """
    columns: Columns = {
        "kind": one_of({kind.value: kind for kind in Kind}, "acte inconnu"),
        "amount": lambda cell: euros(amount(cell)),
        "limit": optional(count),
        "limit_ald": optional(count),
        "valid_from": day,
        "valid_to": optional(day),
        "decision": text,
    }
    tariffs = {}
    for line, values in read_sheet(path, columns):
        tariff = Tariff(*values)
        start = tariff.kind, tariff.valid_from
        if start in tariffs:
            problem = f"une autre ligne de {tariff.kind} commence ce jour-là."
            raise SheetError(path.name, problem, line=line, column="valid_from")
        tariffs[start] = tariff
    return tuple(tariffs.values())
