"""A spreadsheet of structures, in the columns of the directory's export, read line by line."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from stdnum import luhn

from network.models.referral import FAST_TRACKS
from network.models.structure import (
    LONGEST_WAIT,
    POPULATIONS,
    SPECIALITIES,
    STRUCTURE_KINDS,
    TECHNIQUES,
    WAIT_SOURCES,
)
from network.rules.structure_sheets import Line, Wait
from network.selectors.departments import names
from portal.kit.folding import plain
from portal.kit.grids.grid import Refused
from portal.kit.grids.opening import open_grid

NAME, PARENT = "Nom", "Rattachée à"
WEEKS, KNOWN_ON, SOURCE = "Attente (semaines)", "Attente connue le", "Attente, source"
NEEDED = (NAME, "Type", "Département")
MOST_LINES = 2_000
LONGEST_NAME = 120
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?|(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)

type Reader = Callable[[str], Any]


def read_structures(content: bytes) -> list[Line]:
    """The lines of the first sheet. Raises Refused for a file that is no such spreadsheet."""
    grid = open_grid(content)
    sheet = next((each for each in grid.sheets if each.rows), None)
    if sheet is None:
        raise Refused(_("Le fichier est vide."))
    (_number, heading), *rows = sheet.rows
    places = {plain(text): place for place, text in enumerate(heading) if text.strip()}
    absent = [each for each in NEEDED if plain(each) not in places]
    if absent:
        raise Refused(
            _("Il manque la colonne «\u00a0%(name)s\u00a0»\u00a0: partez du modèle.")
            % {"name": absent[0]}
        )
    if len(rows) > MOST_LINES:
        raise Refused(_("Plus de 2\u202f000 lignes\u00a0: ce n’est pas l’annuaire."))
    return [_line(number, cells, places) for number, cells in rows]


def _line(number: int, cells: list[str], places: Mapping[str, int]) -> Line:
    def cell(column: str) -> str:
        place = places.get(plain(column))
        return cells[place].strip() if place is not None and place < len(cells) else ""

    faults: list[str] = []
    values: dict[str, Any] = {}
    for column, (name, read) in COLUMNS.items():
        if plain(column) not in places:
            continue
        try:
            values[name] = read(cell(column))
        except ValueError as error:
            faults.append(f"{column}\u00a0: {error}")
    if not 1 <= len(cell(NAME)) <= LONGEST_NAME:
        faults.append(_("Nom\u00a0: à remplir, en 120\u00a0signes au plus."))
    if cell(PARENT) and values.get("kind", "permanence") != "permanence":
        faults.append(_("Seule une permanence avancée est rattachée à une structure."))
    wait = None
    try:
        wait = _wait(cell(WEEKS), cell(SOURCE), cell(KNOWN_ON))
    except ValueError as error:
        faults.append(str(error))
    return Line(number, cell(NAME), values, cell(PARENT), wait, tuple(faults))


def _wait(weeks: str, source: str, known_on: str) -> Wait | None:
    if not (weeks or known_on):
        return None
    whole = weeks.removesuffix(".0")
    if not whole.isdecimal() or int(whole) > LONGEST_WAIT:
        raise ValueError(_("Attente\u00a0: un nombre entier de semaines."))
    if not known_on:
        raise ValueError(_("Attente\u00a0: dites quand on l’a sue."))
    return Wait(int(whole), _code(WAIT_SOURCES)(source), _day(known_on))


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(_("une date, comme 05/01/2026."))
    year, month, day, *french = found.groups()
    if year is None:
        day, month, year = french
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(_("cette date n’existe pas.")) from None


def _text(most: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(_("au plus %(count)s signes.") % {"count": most})
        return text

    return read


def _code(labels: Mapping[Any, Any]) -> Reader:
    """The code of one label, or an error that lists them."""
    known = {plain(str(label)): str(code) for code, label in labels.items()}

    def read(text: str) -> str:
        found = known.get(plain(text))
        if found is None:
            told = {"text": text, "choices": ", ".join(str(each) for each in labels.values())}
            if not text.strip():
                raise ValueError(_("à remplir (%(choices)s).") % told)
            raise ValueError(
                _("«\u00a0%(text)s\u00a0» n’est pas de la liste (%(choices)s).") % told
            )
        return found

    return read


def _codes(labels: Mapping[Any, Any]) -> Reader:
    """The codes of labels apart by commas, in the order of the list."""
    one, order = _code(labels), [str(code) for code in labels]

    def read(text: str) -> list[str]:
        found = {one(each) for each in text.split(",") if each.strip()}
        return sorted(found, key=order.index)

    return read


def _yes(text: str) -> bool:
    answers = {"oui": True, "non": False, "": False}
    if plain(text) not in answers:
        raise ValueError(_("oui ou non."))
    return answers[plain(text)]


def _finess(text: str) -> str:
    text = text.removesuffix(".0").replace(" ", "")
    if text and not (len(text) == 9 and text.isdecimal() and luhn.is_valid(text)):
        raise ValueError(_("neuf chiffres, le dernier étant la clé."))
    return text


def _department(text: str) -> str:
    text = text.removesuffix(".0")
    if text not in names():
        raise ValueError(_("un numéro de département, comme 94 ou 2A."))
    return text


def _digits(text: str) -> str:
    text = text.removesuffix(".0")
    if text and not (len(text) == 5 and text.isdecimal()):
        raise ValueError(_("cinq chiffres."))
    return text


COLUMNS: Mapping[str, tuple[str, Reader]] = {
    "Type": ("kind", _code(STRUCTURE_KINDS)),
    "Établissement": ("hospital", _text(120)),
    "Adresse": ("address", _text(120)),
    "Code postal": ("postcode", _digits),
    "Commune": ("city", _text(80)),
    "Département": ("department", _department),
    "FINESS": ("finess", _finess),
    "Personnes reçues": ("populations", _codes(POPULATIONS)),
    "Spécialités": ("specialities", _codes(SPECIALITIES)),
    "Techniques": ("techniques", _codes(TECHNIQUES)),
    "Coupe-file": ("fast_tracks", _codes(FAST_TRACKS)),
    "Télé-expertise": ("tele_expertise", _yes),
    "Téléphone": ("phone", _text(20)),
}
"""The columns of the export that a file may change: their field, and how a cell is read."""
