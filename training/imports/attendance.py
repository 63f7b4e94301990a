"""Attendance files of video platforms: Zoom, Teams, BigBlueButton; CSV or XLSX.

A file is known by its columns, in English or French; what comes before its table (the summaries of
Zoom and Teams) is passed over, as is the line of anonymous answers with which BigBlueButton ends.
Zoom may set the host's columns before those of the people: of two columns of one name, the last
one counts; nobody attends from its waiting room. A date may be written day first or month first:
only the reading that falls on the meeting counts; a column told « (UTC) » is not in the time of
Paris. One line that cannot be read refuses the whole file.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pandas as pd
from django.utils.translation import gettext as _

from portal.kit.words import capitalise

PARIS = ZoneInfo("Europe/Paris")
MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 50 * 2**20
MOST_LINES = 20_000
NEAR = timedelta(hours=18)
"""How far from the meeting a stay may be: a test the day before is not the meeting."""

COLUMNS = {
    "name": {
        "name",
        "nom",
        "full name",
        "participant",
        "nom complet",
        "nom d'utilisateur",
    },
    "email": {
        "email",
        "user email",
        "email address",
        "participant id",
        "id du participant",
        "e-mail",
        "courrier electronique",
        "adresse e-mail",
        "adresse de messagerie",
        "e-mail de l'utilisateur",
        "adresse e-mail de l'utilisateur",
    },
    "joined": {
        "join time",
        "join",
        "joined",
        "heure d'arrivee",
        "heure d'entree",
        "heure de connexion",
        "a rejoint",
        "rejoint",
        "rejoindre",
    },
    "left": {
        "leave time",
        "left",
        "leave",
        "heure de depart",
        "heure de sortie",
        "heure de deconnexion",
        "heure de fin de connexion",
        "a quitte",
        "quitte",
        "parti",
    },
    "waiting": {"in waiting room", "en salle d'attente", "dans la salle d'attente"},
}
NEEDED = ("name", "joined", "left")
UTC_MARK = "(utc)"
BRACKETS = re.compile(r"\([^()]*\)")
DATES = ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y-%m-%d")
HOURS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")


class Unreadable(Exception):
    """Why the file is refused; `line` of the file, counted from 1, when one is to blame."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        where = _("Ligne %(line)s\u00a0: ") % {"line": line} if line else ""
        super().__init__(f"{where}{reason}" if line else capitalise(reason))


@dataclass(frozen=True, slots=True)
class Line:
    """One stay of one person, as the platform names them."""

    number: int
    name: str
    email: str
    joined: datetime
    left: datetime


def read_attendance(data: bytes, *, around: datetime) -> list[Line]:
    """Every stay of the file. `around`: when the meeting began. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("le fichier dépasse 5\u00a0Mo."))
    rows = _sheet(data) if data.startswith(b"PK") else _text(data)
    if len(rows) > MOST_LINES:
        raise Unreadable(_("le fichier compte trop de lignes."))
    start, places = _header(rows)
    zone = UTC if UTC_MARK in _folded(rows[start][places["joined"]]) else PARIS
    lines = []
    for number, cells in enumerate(rows[start + 1 :], start=start + 2):
        if not any(cells) or _is_title(cells):
            break  # the table ends; what follows is another one
        if _is_of_somebody(cells, places, last=number == len(rows)):
            lines.append(_line(number, cells, places, around, zone))
    if not lines:
        raise Unreadable(_("le tableau est vide."), start + 1)
    return lines


def _sheet(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        if unpacked <= MOST_UNPACKED:
            frame = pd.read_excel(io.BytesIO(data), header=None, dtype=object, engine="openpyxl")
    except Exception as error:
        raise Unreadable(_("ce classeur ne s’ouvre pas.")) from error
    if unpacked > MOST_UNPACKED:
        raise Unreadable(_("le classeur est trop grand une fois ouvert."))
    return [[_cell(value) for value in row] for row in frame.itertuples(index=False)]


def _cell(value: object) -> str:
    if isinstance(value, datetime) and not pd.isna(value):
        return value.isoformat(sep=" ", timespec="seconds")
    return "" if pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def _text(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable(_("ce n’est ni un CSV, ni un classeur XLSX."))
    head = next((each for each in text.splitlines() if _looks_like_header(each)), "")
    delimiter = max("\t;,", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(_("le CSV est mal formé (%(error)s).") % {"error": error}) from error
    return [[cell.strip() for cell in cells] for cells in lines]


def _decoded(data: bytes) -> str:
    """UTF-16 with its mark or without, UTF-8 with or without, else Windows-1252."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings = ["utf-16"]
    elif data[1:20:2] == b"\0" * len(data[1:20:2]) and data:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("l’encodage du fichier n’est pas reconnu."))


def _looks_like_header(line: str) -> bool:
    folded = _folded(line)
    return any(each in folded for each in COLUMNS["joined"]) and any(
        each in folded for each in COLUMNS["left"]
    )


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row of the table's header, and where its columns are."""
    for position, cells in enumerate(rows):
        folded = [_heading(cell) for cell in cells]
        places = {
            name: max((n for n, cell in enumerate(folded) if cell in known), default=-1)
            for name, known in COLUMNS.items()
        }
        if min(places[name] for name in NEEDED) >= 0:
            return position, places
    raise Unreadable(
        _(
            "aucun tableau avec un nom, une heure d’arrivée et une heure de départ\u00a0:"
            " gardez la ligne des titres de colonnes, telle que la plateforme l’écrit."
            " Dans Teams, prenez le rapport avec le détail des entrées et sorties."
        )
    )


def _heading(cell: str) -> str:
    """A heading without what stands in brackets: « (UTC) », « (Original Name) », « (UPN) »."""
    return " ".join(BRACKETS.sub(" ", _folded(cell)).split())


def _is_title(cells: Sequence[str]) -> bool:
    """« 3. In-Meeting Activities »: the title of the next table, alone on its line."""
    return len([each for each in cells if each]) == 1 and cells[0][:2].rstrip(".").isdigit()


def _cell_of(cells: Sequence[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _is_of_somebody(cells: Sequence[str], places: dict[str, int], *, last: bool) -> bool:
    """Neither a stay in the waiting room, nor the anonymous answers that end a file."""
    untimed = not any(_cell_of(cells, places[name]) for name in ("joined", "left", "email"))
    waiting = _folded(_cell_of(cells, places["waiting"])) in {"yes", "oui"}
    return not waiting and not (last and untimed)


def _line(
    number: int, cells: Sequence[str], places: dict[str, int], around: datetime, zone: tzinfo
) -> Line:
    def cell(name: str) -> str:
        return _cell_of(cells, places[name])

    if not cell("name") and not cell("email"):
        raise Unreadable(_("ni nom, ni adresse."), number)
    joined, left = (_moment(cell(name), number, around, zone) for name in ("joined", "left"))
    if left < joined:
        raise Unreadable(_("le départ précède l’arrivée."), number)
    return Line(number, cell("name"), cell("email").casefold(), joined, left)


def _moment(written: str, number: int, around: datetime, zone: tzinfo) -> datetime:
    """The one reading of a date that falls on the meeting; without offset, in this zone."""
    text = " ".join(written.replace(",", " ").replace(" à ", " ").split())
    if text in {"", "-"}:
        words = _("il manque une heure\u202f; prenez le relevé une fois la rencontre finie.")
        raise Unreadable(words, number)
    readings = {each for each in _readings(text, zone) if abs(each - around) <= NEAR}
    if len(readings) != 1:
        words = _("«\u00a0%(text)s\u00a0» n’est pas une date de cette rencontre.")
        raise Unreadable(words % {"text": text[:40]}, number)
    return readings.pop()


def _readings(text: str, zone: tzinfo) -> Iterable[datetime]:
    try:
        yield _aware(datetime.fromisoformat(text), zone)
    except ValueError:
        for form in (f"{day} {hour}" for day in DATES for hour in HOURS):
            try:
                yield _aware(datetime.strptime(text, form), zone)  # noqa: DTZ007 - made aware at once
            except ValueError:
                continue


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def folded_name(name: str) -> str:
    """A name without accents, case nor order: « Élise NOYER » is « Noyer Elise »."""
    return " ".join(sorted(_folded(name).replace("-", " ").split()))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold().strip()
