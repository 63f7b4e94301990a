"""Which column of a bank's table holds what: by its headings, else as a person has said.

What a person says is remembered by the headings (`signature`): the bank's next table needs nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from fees.reconcile.reading import cents, day
from portal.kit.folding import plain
from portal.kit.grids.grid import Cells, Grid, Refused, Sheet

LOOKED_AT = 40
SAMPLES = 3


class Field(StrEnum):
    """What a column of a bank's table may hold."""

    BOOKED_ON = "booked_on"
    VALUE_ON = "value_on"
    TEXT = "text"
    NAME = "name"
    REFERENCE = "reference"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    BALANCE = "balance"
    WAY = "way"
    CURRENCY = "currency"


_SAID = {
    Field.BOOKED_ON: "date;date operation;date de l operation;date d operation;date comptable;"
    "date de comptabilisation;date ecriture;date comptabilisation;date op;jour",
    Field.VALUE_ON: "date valeur;date de valeur;valeur",
    Field.TEXT: "libelle;libelle operation;libelle de l operation;libelle simplifie;operation;"
    "description;intitule;detail;details;motif;libelle complementaire;informations complementaires;"
    "nature de l operation;communication;type operation",
    Field.NAME: "beneficiaire;nom;tiers;contrepartie;nom contrepartie;nom du tiers;emetteur;"
    "nom de la contrepartie;beneficiaire emetteur",
    Field.REFERENCE: "reference;ref;reference operation;reference de l operation;numero;"
    "n operation;identifiant;reference bancaire",
    Field.AMOUNT: "montant;montant euros;montant eur;montant operation;montant en euros;"
    "montant de l operation;somme",
    Field.DEBIT: "debit;debit euros;debit eur;montant debit;debits;debit en euros",
    Field.CREDIT: "credit;credit euros;credit eur;montant credit;credits;credit en euros",
    Field.BALANCE: "solde;solde apres operation;solde progressif;solde comptable;nouveau solde",
    Field.WAY: "sens;d c;debit credit;type de mouvement",
    Field.CURRENCY: "devise;monnaie",
}
_FIELDS = {said: field for field, words in _SAID.items() for said in words.split(";")}
_EURO = re.compile(r"\((?:€|eur|euros?|en euros?)\)|€", re.IGNORECASE)
type Columns = dict[Field, list[int]]
type Told = Mapping[str, str]
"""Places of columns and what they hold, as they are stored."""
type Remembered = Mapping[str, Told]
"""What people have said of tables, by their signature."""
NOTHING: Remembered = {}


@dataclass(slots=True)
class BankTable:
    """The one table of a file: its headings are at row `header`; 0 when it has none."""

    sheet: Sheet
    header: int
    headings: Cells
    columns: Columns
    signature: str
    told: bool = False

    @property
    def usable(self) -> bool:
        return is_usable(self.columns)

    @property
    def width(self) -> int:
        return max(len(cells) for _number, cells in self.sheet.rows[:LOOKED_AT])

    def samples(self, place: int) -> str:
        """What a column says in its first rows."""
        rows = [cells for number, cells in self.sheet.rows if number > self.header]
        said = [cells[place] for cells in rows if place < len(cells) and cells[place]]
        return " · ".join(said[:SAMPLES])

    def held(self, place: int) -> str:
        """What a column is taken to hold; empty when it is not read."""
        return next((str(field) for field, places in self.columns.items() if place in places), "")


class TableRefused(Refused):
    """A table that is not read as its columns stand; a person may say what they hold."""

    def __init__(self, why: str, table: BankTable) -> None:
        super().__init__(why)
        self.table = table


def is_usable(columns: Columns) -> bool:
    """A day, and euros: one signed column, or a debit and a credit."""
    money = Field.AMOUNT in columns or {Field.DEBIT, Field.CREDIT} <= set(columns)
    return money and bool({Field.BOOKED_ON, Field.VALUE_ON} & set(columns))


def find_table(grid: Grid, remembered: Remembered = NOTHING) -> BankTable:
    """The table of a file. Raises TableRefused when its columns are not known, Refused when no
    row looks like a bank's."""
    for sheet in grid.sheets:
        for number, cells in sheet.rows[:LOOKED_AT]:
            found = _by_headings(sheet, number, cells)
            if told := remembered.get(found.signature):
                found.columns, found.told = _columns_told(told), True
            if found.usable:
                return found
    unknown = next(filter(None, map(_unknown, grid.sheets)), None)
    read = unknown.headings if unknown else _fullest(grid)
    told_cells = ", ".join(each[:30] for each in read[:8] if each)
    why = (
        "Les colonnes de ce fichier n’ont pas été reconnues : il faut une date, et un montant ou "
        f"un débit et un crédit. Lu : {told_cells}."
    )
    raise TableRefused(why, unknown) if unknown else Refused(why)


def _fullest(grid: Grid) -> Cells:
    rows = [cells for sheet in grid.sheets for _number, cells in sheet.rows[:LOOKED_AT]]
    return max(([each for each in cells if each] for cells in rows), key=len, default=[])


def _unknown(sheet: Sheet) -> BankTable | None:
    """A table of which only this is known: one of its rows has a day and an amount."""
    before: tuple[int, Cells] | None = None
    for number, cells in sheet.rows[:LOOKED_AT]:
        if _says_movement(cells):
            headings = before if before and len(list(filter(None, before[1]))) > 1 else None
            return _by_headings(sheet, *(headings or (number, cells)))
        before = (number, cells)
    return None


def _by_headings(sheet: Sheet, number: int, cells: Cells) -> BankTable:
    columns: Columns = {}
    for place, cell in enumerate(cells):
        field = _FIELDS.get(plain(_EURO.sub(" euros ", cell)))
        if field is not None:
            columns.setdefault(field, []).append(place)
    bare = _says_movement(cells)
    said = f"{len(cells)} colonnes" if bare else "|".join(map(plain, cells))
    signature = sha256(said.encode()).hexdigest()
    return BankTable(sheet, 0 if bare else number, cells, columns, signature)


def _columns_told(told: Told) -> Columns:
    columns: Columns = {}
    for place, field in sorted(told.items(), key=lambda each: int(each[0])):
        if field:
            columns.setdefault(Field(field), []).append(int(place))
    return columns


def _says_movement(cells: Cells) -> bool:
    """A day and an amount in one row: it is no heading."""
    days = [place for place, cell in enumerate(cells) if cell and day(cell) is not None]
    return bool(days) and any(
        cell and place not in days and cents(cell.strip("-+() \u2212")) is not None
        for place, cell in enumerate(cells)
    )
