"""Workbooks (.xlsx) read as a stream: no entity, no outside link, no more memory than the cells.

ECMA-376 parts used: the workbook and its relations, shared strings, number formats (to know a date
from a number), and each visible sheet.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from math import isnan
from xml.parsers import expat

from .grid import MOST_COLUMNS, Cells, Grid, Refused, Room, Sheet, letters

CHUNK = 1 << 16
MOST_STRINGS = 300_000
MOST_MERGED = 20_000
DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Number formats that every program knows as dates, by their numbers."""
DAMAGED = "Ce classeur est abîmé. Ouvrez-le dans votre tableur et enregistrez-le de nouveau."
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OUTSIDE = re.compile(r"\||WEBSERVICE|HYPERLINK|IMPORT|\[\d+\]|CALL\(|EXEC\(", re.IGNORECASE)

type Attributes = dict[str, str]


def read_workbook(archive: zipfile.ZipFile) -> Grid:
    """Every visible sheet. Raises Refused."""
    sheets, since_1904 = _sheets(archive)
    shared, dates = _strings(archive), _date_styles(archive)
    room, grid = Room(), Grid("", [])
    for name, part, visible in sheets:
        if not visible:
            grid.remarks.append(f"Feuille masquée « {name} » : elle n’est pas lue.")
            continue
        room.empty = 0
        reader = _SheetReader(name, shared, dates, room, since_1904=since_1904)
        _parse(archive, part, reader.start, reader.end, reader.text)
        if reader.hidden:
            grid.remarks.append(f"Lignes masquées dans « {name} » : {reader.hidden}, lues aussi.")
        if reader.sheet.rows:
            grid.sheets.append(reader.merged())
    if not grid.sheets:
        raise Refused("Ce classeur est vide.")
    count = len(grid.sheets)
    grid.form = f"Classeur, {count} feuille{'s' if count > 1 else ''}"
    return grid


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _name: None,
    text: Callable[[str], None] = lambda _text: None,
) -> None:
    """Feed one part to the handlers, names without their prefix. Raises Refused."""

    def refuse(*_: object) -> None:
        raise Refused("Ce classeur déclare des entités XML : il n’a pas été ouvert.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(_local(name), given)
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        with archive.open(part) as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
        raise Refused(DAMAGED) from error


def _sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool]:
    """Name, part and visibility of each sheet in order; are days counted from 1904?"""
    targets: dict[str, str] = {}
    found: list[tuple[str, str, bool]] = []
    since_1904 = False

    def relation(name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            targets[given.get("Id", "")] = (
                target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
            )

    def sheet(name: str, given: Attributes) -> None:
        nonlocal since_1904
        if name == "workbookPr":
            since_1904 = given.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((v for k, v in given.items() if _local(k) == "id"), "")
            visible = given.get("state", "visible") == "visible"
            found.append((given.get("name", ""), targets.get(key, ""), visible))

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return [each for each in found if "worksheets/" in each[1]], since_1904


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    strings: list[str] = []
    current: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _given: Attributes) -> None:
        if name in inside:
            inside[name] = True

    def end(name: str) -> None:
        if name in inside:
            inside[name] = False
        elif name == "si":
            if len(strings) >= MOST_STRINGS:
                raise Refused("Ce classeur contient trop de textes pour être un relevé.")
            strings.append("".join(current).strip())
            current.clear()

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            current.append(data)

    _parse(archive, "xl/sharedStrings.xml", start, end, text)
    return strings


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The styles under which a number is a day."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    own: dict[int, str] = {}
    styles: list[int] = []
    in_cells = False

    def start(name: str, given: Attributes) -> None:
        nonlocal in_cells
        if name == "numFmt":
            own[int(given.get("numFmtId", 0))] = given.get("formatCode", "")
        elif name == "cellXfs":
            in_cells = True
        elif name == "xf" and in_cells:
            styles.append(int(given.get("numFmtId", 0)))

    def end(name: str) -> None:
        nonlocal in_cells
        if name == "cellXfs":
            in_cells = False

    _parse(archive, "xl/styles.xml", start, end)
    return frozenset(
        place
        for place, each in enumerate(styles)
        if each in DATE_FORMATS or _tells_days(own.get(each, ""))
    )


def _tells_days(pattern: str) -> bool:
    bare = _NOT_DATE.sub("", pattern).lower()
    return any(sign in bare for sign in "dyj") and "0" not in bare and "#" not in bare


class _SheetReader:
    """The rows of one sheet, as the parser tells them."""

    def __init__(
        self,
        name: str,
        shared: list[str],
        dates: frozenset[int],
        room: Room,
        *,
        since_1904: bool,
    ) -> None:
        self.sheet, self.hidden = Sheet(name), 0
        self._shared, self._dates, self._room = shared, dates, room
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._number, self._column = 0, -1
        self._cells: Cells = []
        self._type, self._style = "", 0
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._in: str = ""
        self._ranges: list[str] = []
        self._seen = 0

    def start(self, name: str, given: Attributes) -> None:
        match name:
            case "row":
                self._number = int(given.get("r", self._number + 1))
                self._cells, self._column, self._seen = [], -1, 0
                self.hidden += given.get("hidden") in ("1", "true")
            case "c":
                place = _PLACE.fullmatch(given.get("r", ""))
                self._column = _column(place[1]) if place else self._column + 1
                self._seen += 1
                if max(self._column, self._seen) >= MOST_COLUMNS:
                    self._room.row([""] * (MOST_COLUMNS + 1))
                self._type, self._style = given.get("t", "n"), int(given.get("s", 0))
                self._value, self._formula = [], None
            case "f":
                self._formula, self._in = [], "f"
            case "v" | "t":
                self._in = "v"
            case "mergeCell":
                if len(self._ranges) >= MOST_MERGED:
                    raise Refused("Ce classeur fusionne trop de cellules pour être un relevé.")
                self._ranges.append(given.get("ref", ""))

    def text(self, data: str) -> None:
        if self._in == "v":
            self._value.append(data)
        elif self._in == "f" and self._formula is not None:
            self._formula.append(data)

    def end(self, name: str) -> None:
        match name:
            case "f" | "v" | "t":
                self._in = ""
            case "c":
                text = self._text()
                if text:
                    self._cells += [""] * (self._column - len(self._cells)) + [text]
            case "row":
                if self._room.row(self._cells):
                    self.sheet.rows.append((self._number, self._cells))

    def _text(self) -> str:
        """The cell as text: the kept result of a formula, a date in ISO form, a plain number."""
        value = "".join(self._value).strip()
        if self._formula is not None:
            address = f"{letters(self._column)}{self._number}"
            if _OUTSIDE.search("".join(self._formula)):
                raise Refused(
                    f"La cellule {address} de « {self.sheet.name} » appelle l’extérieur par une "
                    "formule. Collez les valeurs seules, puis envoyez le fichier de nouveau."
                )
            if not value:
                self.sheet.no_value.append(address)
                return "(formule sans résultat)"
        match self._type:
            case "s":
                place = int(value) if value.isdecimal() else -1
                return self._shared[place] if 0 <= place < len(self._shared) else ""
            case "n":
                return self._figure(value) if value else ""
            case "b":
                return "oui" if value == "1" else "non"
            case _:
                return value  # text, inline text, an ISO date, an error such as #REF!

    def _figure(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style in self._dates and 0 < number < 200_000:
            moment = self._epoch + timedelta(days=number)
            return moment.date().isoformat()
        if abs(number) >= 1e15 or isnan(number):
            return value
        return f"{number:.6f}".rstrip("0").rstrip(".")

    def merged(self) -> Sheet:
        """The sheet, once told what its merged cells say."""
        by_number = dict(self.sheet.rows)
        room = MOST_MERGED
        for reference in self._ranges:
            first, _, last = reference.partition(":")
            start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
            if not start or not end:
                continue
            column, top, bottom = _column(start[1]), int(start[2]), int(end[2])
            cells = by_number.get(top, [])
            text = cells[column] if column < len(cells) else ""
            for row in range(top + 1, min(bottom, top + room) + 1) if text else ():
                self.sheet.merged[row, column] = text
                room -= 1
            for right in range(column + 1, min(_column(end[1]), MOST_COLUMNS) + 1) if text else ():
                self.sheet.spanned[top, right] = text
        return self.sheet


def _column(name: str) -> int:
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - 64
    return place - 1
