"""A grid as the lines of a statement: what each row is, what was understood, what looks wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from portal.kit.folding import plain
from portal.kit.grids.grid import Cells, Grid, Refused, Sheet

from .days import days_in
from .frames import STATEMENT
from .headings import Field, Layout, find_layout, heading_field
from .reading import cents
from .wording import IDEM, is_total, kind_of

type Told = Mapping[str, Mapping[int, Field | None]]
"""For each sheet, what a person said of its columns."""

EUROS_APART = 1
"""Cents by which a written total may differ from the sum of its lines."""


class Role(StrEnum):
    """What a row of a file is."""

    TITLE = "title"
    HEADER = "header"
    LINE = "line"
    TOTAL = "total"
    GROUP = "group"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose statement it is: number and name as the portal holds them, profession, and month."""

    professional: str
    name: str
    profession: str
    month: date


@dataclass(frozen=True, slots=True)
class Line:
    """One claimed act as understood; texts as the engine reads them, `cents` None if unreadable.

    `remarks`: what somebody should look at before the import.
    """

    key: str
    row: int
    sheet: str
    done_on: str
    patient_code: str
    patient_name: str
    birth_date: str
    kind: str
    amount: str
    professional: str = ""
    professional_name: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def cents(self) -> int | None:
        return cents(self.amount)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its role, and its lines (several when a cell holds several days)."""

    sheet: str
    number: int
    role: Role
    cells: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Understood:
    """All that was read of a file; `remarks` concern the whole of it."""

    form: str
    layouts: dict[str, Layout]
    rows: list[Row]
    remarks: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for line in row.lines]

    @property
    def cents(self) -> int:
        return sum(line.cents or 0 for line in self.lines)

    @property
    def signature(self) -> str:
        return "\n".join(layout.signature for layout in self.layouts.values())

    def frame(self) -> pd.DataFrame:
        """The statement as the engine reads it."""
        rows = [
            (
                line.key,
                line.professional,
                line.professional_name,
                line.patient_code,
                line.patient_name,
                line.birth_date,
                line.kind,
                line.done_on,
                line.amount,
            )
            for line in self.lines
        ]
        return pd.DataFrame(rows, columns=list(STATEMENT), dtype=str)


def understand(grid: Grid, sender: Sender, told: Told | None = None) -> Understood:
    """Every row of every sheet, with its meaning. Raises Refused when no column can be known."""
    layouts: dict[str, Layout] = {}
    rows: list[Row] = []
    remarks = list(grid.remarks)
    for sheet in grid.sheets:
        layout = find_layout(sheet, told.get(sheet.name) if told else None)
        if not layout.usable and layouts and not layout.header:
            layout = _continued(layout, next(iter(layouts.values())))
        if layout.usable or len(grid.sheets) == 1 or (told and sheet.name in told):
            layouts[sheet.name] = layout
            rows += _SheetLines(sheet, layout, sender).rows()
        else:
            remarks.append(f"Feuille « {sheet.name} » : aucun tableau d’actes, elle est laissée.")
    if not layouts:
        raise Refused("Aucune feuille ne ressemble à un relevé : ni date, ni montant, ni patient.")
    remarks += [
        f"Formules sans résultat : {', '.join(sheet.no_value[:5])}. "
        "Ouvrez le fichier dans votre tableur et enregistrez-le."
        for sheet in grid.sheets
        if sheet.no_value
    ]
    understood = Understood(grid.form, layouts, rows, remarks)
    understood.remarks += _wrong_totals(understood)
    return understood


def _continued(layout: Layout, first: Layout) -> Layout:
    """A sheet without headings that goes on with the columns of the first one."""
    if {each.place for each in layout.columns} <= {each.place for each in first.columns}:
        return Layout(first.columns, 0)
    return layout


class _SheetLines:
    """The rows of one sheet, in order: some say who the following ones speak of."""

    def __init__(self, sheet: Sheet, layout: Layout, sender: Sender) -> None:
        self._sheet, self._layout, self._sender = sheet, layout, sender
        self._before: dict[Field, str] = {}
        self._group = ""

    def rows(self) -> list[Row]:
        return [self._row(number, cells) for number, cells in self._sheet.rows]

    def _row(self, number: int, cells: Cells) -> Row:  # noqa: PLR0911 - one answer for each role
        def told(role: Role, lines: Sequence[Line] = (), remarks: tuple[str, ...] = ()) -> Row:
            return Row(self._sheet.name, number, role, tuple(cells), tuple(lines), remarks)

        if number < self._layout.header:
            return told(Role.TITLE)
        filled = [each for each in cells if each]
        headings = [each for each in filled if heading_field(each)]
        if number == self._layout.header or (len(headings) > 1 and len(headings) * 2 > len(filled)):
            return told(Role.HEADER)
        values, remarks = self._values(number, cells)
        days = days_in(values.get(Field.DONE_ON, ""))
        if not days and is_total(cells):
            return told(Role.TOTAL)
        if len(filled) == 1 and self._may_group(filled[0]):
            self._group = filled[0]
            return told(Role.GROUP)
        money = values.get(Field.AMOUNT) or values.get(Field.UNIT)
        people = values.get(Field.PATIENT_NAME) or values.get(Field.PATIENT_CODE)
        if not money and not (people and values.get(Field.DONE_ON)):
            return told(Role.NOTE)
        if not people and not values.get(Field.DONE_ON) and not values.get(Field.KIND):
            return told(Role.TOTAL)
        if not people and not is_total(cells):
            remarks += self._carry(values)
        self._before = {**self._before, **{k: v for k, v in values.items() if v}}
        if values.get(Field.PATIENT_NAME) and people:
            self._group = ""
        return told(Role.LINE, self._lines(number, values, remarks))

    def _may_group(self, text: str) -> bool:
        words = plain(text).split()
        return 1 < len(words) <= 6 and not any(sign.isdigit() for sign in text)

    def _values(self, number: int, cells: Cells) -> tuple[dict[Field, str], tuple[str, ...]]:
        """The cells by field: merged ones and « idem » say what the one above says."""
        values: dict[Field, str] = {}
        remarks: tuple[str, ...] = ()
        for column in self._layout.columns:
            if column.field is None:
                continue
            text = cells[column.place] if column.place < len(cells) else ""
            if not text and column.field not in (Field.AMOUNT, Field.UNIT, Field.COUNT):
                text = self._sheet.merged.get((number, column.place), "")
            if text.lower() in IDEM:
                text = self._before.get(column.field, "")
            values[column.field] = text
        return values, remarks

    def _carry(self, values: dict[Field, str]) -> tuple[str, ...]:
        """Who is not written is the one of the group's title, else of the line above."""
        if self._group:
            values[Field.PATIENT_NAME] = self._group
            return ("Patient pris au titre du groupe.",)
        carried = False
        for each in (Field.PATIENT_NAME, Field.FIRST_NAME, Field.PATIENT_CODE, Field.BIRTH_DATE):
            if self._before.get(each) and not values.get(each):
                values[each] = self._before[each]
                carried = True
        return ("Patient repris de la ligne au-dessus.",) if carried else ()

    def _lines(self, number: int, values: dict[Field, str], remarks: tuple[str, ...]) -> list[Line]:
        written = values.get(Field.DONE_ON, "")
        days = days_in(written)
        amount, of_amount = _amount(values, len(days))
        kind = values.get(Field.KIND, "")
        sender = self._sender
        own = bool(values.get(Field.PROFESSIONAL) or values.get(Field.PROFESSIONAL_NAME))
        line = Line(
            key=self._key(number),
            row=number,
            sheet=self._sheet.name,
            done_on=days[0].near(sender.month) if len(days) == 1 else written,
            patient_code=values.get(Field.PATIENT_CODE, ""),
            patient_name=" ".join(
                filter(None, (values.get(Field.PATIENT_NAME), values.get(Field.FIRST_NAME)))
            ),
            birth_date=values.get(Field.BIRTH_DATE, ""),
            kind=kind_of(kind, sender.profession) or kind,
            amount=amount,
            professional=values.get(Field.PROFESSIONAL, "") if own else sender.professional,
            professional_name=values.get(Field.PROFESSIONAL_NAME, "") if own else sender.name,
            remarks=(*remarks, *of_amount),
        )
        if len(days) > 1:
            counted = cents(values.get(Field.COUNT, ""))
            return self._several(line, [each.near(sender.month) for each in days], counted)
        return [replace(line, remarks=(*line.remarks, *_about(line, len(days), sender.month)))]

    def _key(self, number: int) -> str:
        first = next(iter(self._sheet.name), "")
        return f"{self._sheet.name}!{number}" if first else str(number)

    def _several(self, line: Line, days: list[str], counted: int | None) -> list[Line]:
        """Several days in a cell are as many acts, when the euros share evenly."""
        total = line.cents
        if total is None or total % len(days) or counted not in (None, 100 * len(days)):
            why = "Plusieurs dates dans la cellule, qui ne se partagent pas à coup sûr."
            return [replace(line, remarks=(*line.remarks, why))]
        share = f"{total // len(days) // 100}.{total // len(days) % 100:02d}"
        said = f"{len(days)} dates dans la cellule : {len(days)} actes."
        return [
            replace(
                line,
                key=f"{line.key}.{rank}",
                done_on=each,
                amount=share,
                remarks=(
                    *line.remarks,
                    said,
                    *_about(replace(line, done_on=each, amount=share), 1, self._sender.month),
                ),
            )
            for rank, each in enumerate(days, start=1)
        ]


def _amount(values: Mapping[Field, str], days: int) -> tuple[str, tuple[str, ...]]:
    """What a line claims: its amount, else its unit price times its number."""
    amount, unit = values.get(Field.AMOUNT, ""), values.get(Field.UNIT, "")
    counted = cents(values.get(Field.COUNT, ""))
    number = counted // 100 if counted and counted % 100 == 0 else max(days, 1)
    if amount or not unit:
        several = number > 1 and days <= 1
        return amount, (f"{number} séances pour une seule date.",) if several else ()
    each = cents(unit)
    if each is None:
        return unit, ()
    total = each * number
    return f"{total // 100}.{total % 100:02d}", ("Montant calculé : prix × nombre.",) * (number > 1)


def _about(line: Line, days: int, month: date) -> list[str]:
    """What somebody should look at: an unreadable cell, a day far from the month."""
    said = []
    if not days:
        said.append(
            "Date absente." if not line.done_on else f"Date illisible : « {line.done_on[:40]} »."
        )
    elif line.done_on[:7] != f"{month:%Y-%m}":
        said.append("Date hors du mois du relevé.")
    if not line.amount:
        said.append("Montant absent.")
    elif line.cents is None:
        said.append(f"Montant illisible : « {line.amount[:40]} ».")
    if not (line.patient_name or line.patient_code):
        said.append("Patient absent.")
    return said


def _wrong_totals(understood: Understood) -> list[str]:
    """Written sums that are neither that of their group nor that of all the lines so far (D17)."""
    said = []
    for name, layout in understood.layouts.items():
        place = layout.place_of(Field.AMOUNT)
        running = group = 0
        for row in understood.rows:
            if row.sheet != name:
                continue
            if row.role == Role.LINE:
                of_row = sum(line.cents or 0 for line in row.lines)
                running, group = running + of_row, group + of_row
            elif row.role == Role.TOTAL:
                written = _written(row.cells, place)
                if written is None:
                    continue
                fits = (running, group, understood.cents)
                if all(abs(written - each) >= EUROS_APART for each in fits):
                    said.append(
                        f"Ligne {row.number} : le total écrit ({_euros(written)}) n’est pas la "
                        f"somme des lignes ({_euros(group or running)})."
                    )
                group = 0
    return said


def _written(cells: Sequence[str], place: int | None) -> int | None:
    """The sum that a row of total gives: in the column of amounts, else its last figure."""
    if place is not None and place < len(cells) and (found := cents(cells[place])) is not None:
        return found
    figures = [each for each in map(cents, cells) if each is not None]
    return figures[-1] if figures else None


def _euros(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02d}\u00a0€"
