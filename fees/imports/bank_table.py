"""Bank statements as tables (.csv, .xlsx) in the layouts that banks export.

One column of signed amounts, or a debit and a credit one; balances where a column or a row tells
them. A cell that cannot be read refuses the file with its place: it never counts for nothing.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import IO

from fees.reconcile.bank_columns import (
    NOTHING,
    Columns,
    Field,
    Remembered,
    TableRefused,
    find_table,
)
from fees.reconcile.bank_lines import BankRead, Extract, Movement, Span, euros_of
from fees.reconcile.reading import EPOCH, cents, day
from portal.kit.folding import plain
from portal.kit.grids.grid import Cells, Refused, Sheet
from portal.kit.grids.opening import MOST_BYTES, open_grid

_FIRST = ("ancien solde", "solde initial", "solde precedent", "solde de depart", "solde au debut")
_LAST = ("nouveau solde", "solde final", "solde de fin", "solde a la fin")
_TOTAL = ("total", "totaux", "sous total")
_SENT_BACK = ("retour", "rejet", "renvoi", "restitution", "retourne", "rejete")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")


def recognises(head: bytes) -> bool:
    return head.startswith((b"PK", b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head[:64]


def read(file: IO[bytes], remembered: Remembered = NOTHING) -> BankRead:
    """The one table of a file as one statement. Raises Refused, and TableRefused when a person may
    say what its columns hold."""
    grid = open_grid(file.read(MOST_BYTES + 1))
    table = find_table(grid, remembered)
    try:
        extract = _extract(table.sheet, table.header, table.columns)
    except Refused as refusal:
        raise TableRefused(str(refusal), table) from refusal
    result = BankRead(grid.form, [extract], list(grid.remarks), table)
    if extract.span.opening is None:
        result.remarks.append(
            "Ce fichier ne donne pas les soldes : rien ne prouve qu’il est complet."
        )
    return result


def _extract(sheet: Sheet, header: int, columns: Columns) -> Extract:
    movements: list[Movement] = []
    balances: list[int | None] = []
    first = last = None
    account = ""
    for number, cells in sheet.rows:
        said = " ".join(plain(cell) for cell in cells if cell)
        if number <= header or said.startswith((*_FIRST, *_LAST)):
            amount = next((v for v in map(_signed, reversed(cells)) if v is not None), None)
            if any(each in said for each in _FIRST):
                first = amount
            elif any(each in said for each in _LAST):
                last = amount
            found = _IBAN.search(" ".join(cells).upper())
            account = account or (found[0].replace(" ", "") if found else "")
            continue
        if said.startswith(_TOTAL):
            continue
        movement = _movement(number, cells, columns)
        if movement is not None:
            movements.append(movement)
            balances.append(_signed(_cell(cells, columns, Field.BALANCE)))
    if not movements:
        raise Refused("Ce fichier ne contient aucune ligne.")
    days = [each.booked_on for each in movements]
    opening, closing = first, last
    if (opening is None or closing is None) and None not in balances:
        opening, closing = _progressive(movements, [each or 0 for each in balances])
    span = Span("", None, min(days), max(days), opening, closing)
    if opening is None or closing is None:
        span = Span("", None, min(days), max(days), None, None)
    return Extract(span, account, movements)


def _progressive(movements: Sequence[Movement], balances: Sequence[int]) -> tuple[int, int]:
    """First and last balance where each line tells its own. Raises Refused where one is wrong."""
    rows = list(zip(movements, balances, strict=True))
    latest_first = movements[0].booked_on > movements[-1].booked_on
    if movements[0].booked_on == movements[-1].booked_on and len(rows) > 1:
        latest_first = balances[0] - movements[0].cents == balances[1]
    if latest_first:
        rows.reverse()
    opening = rows[0][1] - rows[0][0].cents
    running = opening
    for movement, balance in rows:
        running += movement.cents
        if running != balance:
            raise Refused(
                f"Ligne {movement.key} : le solde {euros_of(balance)} ne suit pas le précédent. "
                "Une ligne manque, ou le fichier a été modifié."
            )
    return opening, running


def _movement(number: int, cells: Cells, columns: Columns) -> Movement | None:
    """One line; None for a row that claims nothing. Raises Refused."""
    when = _cell(cells, columns, Field.BOOKED_ON) or _cell(cells, columns, Field.VALUE_ON)
    amount = _amount(number, cells, columns)
    if amount is None and not when:
        return None
    read = day(when)
    if read is None:
        raise Refused(f"Ligne {number} : la date « {when[:20]} » ne peut pas être lue.")
    if amount is None:
        raise Refused(f"Ligne {number} : le montant est absent.")
    if _cell(cells, columns, Field.CURRENCY).upper() not in ("", "EUR", "€", "EURO", "EUROS"):
        raise Refused(f"Ligne {number} : une autre monnaie que l’euro n’est pas lue.")
    texts = [cells[place] for place in columns.get(Field.TEXT, ()) if place < len(cells)]
    text = " · ".join(dict.fromkeys(each for each in texts if each))
    return Movement(
        key=str(number),
        booked_on=_date(read),
        cents=amount,
        name=_cell(cells, columns, Field.NAME)[:140],
        text=text[:500],
        reference=_cell(cells, columns, Field.REFERENCE)[:60],
        is_return=amount > 0 and any(each in plain(text).split() for each in _SENT_BACK),
    )


def _date(days: int) -> date:
    return EPOCH + timedelta(days=days)


def _cell(cells: Cells, columns: Columns, field: Field) -> str:
    place = columns.get(field, [-1])[0]
    return cells[place] if 0 <= place < len(cells) else ""


def _amount(number: int, cells: Cells, columns: Columns) -> int | None:
    if Field.AMOUNT in columns:
        value = _read(number, _cell(cells, columns, Field.AMOUNT))
        way = plain(_cell(cells, columns, Field.WAY))
        return -abs(value) if value is not None and way[:1] == "d" else value
    debit = _read(number, _cell(cells, columns, Field.DEBIT))
    credit = _read(number, _cell(cells, columns, Field.CREDIT))
    if debit and credit:
        raise Refused(f"Ligne {number} : un débit et un crédit à la fois.")
    if debit:
        return -abs(debit)
    return credit if credit is not None else debit


def _read(number: int, text: str) -> int | None:
    if not text.strip():
        return None
    value = _signed(text)
    if value is None:
        raise Refused(f"Ligne {number} : le montant « {text[:20]} » ne peut pas être lu.")
    return value


def _signed(text: str) -> int | None:
    """Cents of « -1 234,50 », « 30,00- », « + 5 € »; None when it is no amount."""
    text = text.strip().replace("\u2212", "-").replace("\u2013", "-")
    negative = text.startswith("-") or text.endswith("-") or bool(re.fullmatch(r"\(.*\)", text))
    value = cents(text.strip("-+() "))
    return None if value is None else -value if negative else value
