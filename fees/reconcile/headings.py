"""What a column holds, by its heading, else by its cells."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.kit.folding import plain
from portal.kit.grids.grid import Cells, Sheet

from .days import days_in
from .reading import cents
from .wording import kind_of

SLIPS = 1
"""Of the hand, in a heading."""
LOOKED_AT = 40
"""Rows in which a heading may stand."""
SAMPLE = 60
MOST = 0.6
"""Share of the cells that must agree for a column without a known heading."""


class Field(StrEnum):
    """What a column of a statement may hold."""

    DONE_ON = "done_on"
    PATIENT_NAME = "patient_name"
    FIRST_NAME = "first_name"
    PATIENT_CODE = "patient_code"
    BIRTH_DATE = "birth_date"
    KIND = "kind"
    COUNT = "count"
    UNIT = "unit"
    AMOUNT = "amount"
    PROFESSIONAL = "professional"
    PROFESSIONAL_NAME = "professional_name"


_SAID = {
    Field.DONE_ON: "date;date acte;date de l acte;date seance;date de la seance;date de seance;"
    "jour;"
    "date de soin;date des soins;date soins;date consultation;date de consultation;fait le;"
    "realise le;effectue le;date rdv;date du rdv;date prestation;dates;dates des seances;"
    "date intervention;seance du;date de realisation;date acte realise",
    Field.PATIENT_NAME: "patient;nom;nom patient;nom du patient;nom prenom;nom et prenom;patients;"
    "nom prenom patient;nom prenom du patient;beneficiaire;assure;nom de famille;identite;"
    "identite patient;nom usuel;patient e;nom de naissance;prenom nom;prenom et nom;personne",
    Field.FIRST_NAME: "prenom;prenom patient;prenom du patient;prenoms",
    Field.PATIENT_CODE: "dossier;n dossier;no dossier;num dossier;numero dossier;numero de dossier;"
    "n de dossier;code patient;code dossier;identifiant;identifiant patient;id patient;ref patient;"
    "reference dossier;ref dossier;n patient;numero patient;reference;ref",
    Field.BIRTH_DATE: "date de naissance;ne e le;ddn;naissance;nee le;ne le;date naissance;"
    "date naiss;date de naiss;dn",
    Field.KIND: "acte;type;type d acte;type acte;nature;nature de l acte;prestation;libelle;"
    "intitule;designation;code acte;cotation;soin;soins;seance;type de seance;objet;actes;"
    "type de prestation;nature prestation;libelle acte;acte realise;code",
    Field.COUNT: "nombre;nb;nbre;quantite;qte;nb seances;nombre de seances;nbre seances;"
    "nombre d actes;nb actes;seances",
    Field.UNIT: "tarif unitaire;prix unitaire;pu;montant unitaire;prix seance;tarif seance",
    Field.AMOUNT: "montant;montant ttc;montant eur;montant euros;prix;tarif;total;total ttc;"
    "honoraires;euros;eur;somme;a payer;du;montant du;reglement;montant demande;cout;"
    "montant a payer;montant total;honoraire;remuneration;forfait;a regler;montant acte",
    Field.PROFESSIONAL: "rpps;adeli;n rpps;numero rpps;no rpps;rpps adeli;n adeli",
    Field.PROFESSIONAL_NAME: "professionnel;praticien;intervenant;therapeute;medecin;kine;"
    "kinesitherapeute;psychologue;soignant;nom du praticien;nom praticien;nom professionnel",
}
_FIELDS = {said: field for field, words in _SAID.items() for said in words.split(";")}
_NAMES = list(_FIELDS)
_WEAK = frozenset({"ref", "reference"})
"""Headings that name a patient's file only where nothing else does."""
_EURO = re.compile(r"\((?:€|eur|euros?|en euros?)\)|€", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading as written, what it holds (None: left aside).

    `guessed`: recognised by its cells, not by its heading.
    """

    place: int
    heading: str
    field: Field | None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet, and the numbers of its last row of headings (0: none)."""

    columns: tuple[Column, ...]
    header: int

    def place_of(self, field: Field) -> int | None:
        return next((each.place for each in self.columns if each.field == field), None)

    @property
    def usable(self) -> bool:
        """A statement needs a day, euros, and somebody."""
        held = {each.field for each in self.columns}
        money = held & {Field.AMOUNT, Field.UNIT}
        return bool(Field.DONE_ON in held and money and held & _PEOPLE)

    @property
    def signature(self) -> str:
        """What files of the same shape share: headings in order, whatever their case."""
        return "|".join(f"{each.place}:{plain(each.heading)}" for each in self.columns)[:2000]


_PEOPLE = {Field.PATIENT_NAME, Field.PATIENT_CODE}


def heading_field(text: str) -> Field | None:
    """What a heading announces: « N° dossier », « Montant (€) », « Date de la séance »."""
    said = plain(_EURO.sub(" euros " if text.strip() in ("€", "(€)") else " ", text))
    if not said or len(said) > 40:
        return None
    if said in _FIELDS:
        return _FIELDS[said]
    near = process.extractOne(said, _NAMES, scorer=OSA.distance, score_cutoff=SLIPS)
    return _FIELDS[near[0]] if near and len(said) > 2 else None


def find_layout(sheet: Sheet, told: Mapping[int, Field | None] | None = None) -> Layout:
    """The headings of a sheet and what its columns hold; what a person `told` is not discussed."""
    header, headings = _headings(sheet)
    body = [cells for number, cells in sheet.rows if number > header]
    width = max([len(headings), *(len(cells) for cells in body)], default=0)
    headings += [""] * (width - len(headings))
    if told is not None:
        fields: dict[int, tuple[Field, bool]] = {
            place: (field, False) for place, field in told.items() if field and place < width
        }
    else:
        fields = _by_heading(headings)
        _by_cells(fields, body, width)
    columns = tuple(
        Column(place, headings[place], *fields.get(place, (None, False)))
        for place in range(width)
        if headings[place] or place in fields or any(place < len(c) and c[place] for c in body)
    )
    return Layout(columns, header)


def _headings(sheet: Sheet) -> tuple[int, Cells]:
    """The row that names most columns, with the one above it where headings take two rows."""
    best, found, header = 1, [""], 0
    above: Cells = []
    for number, cells in sheet.rows[:LOOKED_AT]:
        whole = [cell or sheet.merged.get((number, place), "") for place, cell in enumerate(cells)]
        two = [
            " ".join(filter(None, (one if one != other else "", other)))
            for one, other in zip(above + [""] * (len(whole) - len(above)), whole, strict=False)
        ]
        for candidate in (whole, _named(two, whole)):
            fields = {heading_field(each) for each in candidate} - {None}
            if len(fields) > best and not any(days_in(each) for each in candidate):
                best, found, header = len(fields), candidate, number
        above = [
            cell or sheet.spanned.get((number, place), "")
            for place, cell in enumerate(cells + [""] * (64 - len(cells)))
        ][: max(64, len(cells))]
    return header, list(found) if header else []


def _named(two: Cells, one: Cells) -> Cells:
    """Headings over two rows: both together where that names something, else the lower one."""
    return [
        both if heading_field(both) else below if heading_field(below) or below else both
        for both, below in zip(two, one, strict=False)
    ]


def _by_heading(headings: Sequence[str]) -> dict[int, tuple[Field, bool]]:
    """The first column of each field; of several amounts the last, where totals stand."""
    fields: dict[int, tuple[Field, bool]] = {}
    places: dict[Field, int] = {}
    for place, heading in enumerate(headings):
        field = heading_field(heading)
        if field is None:
            continue
        if field in places:
            if field == Field.AMOUNT:
                fields[places[field]] = (Field.UNIT, False)
            elif plain(headings[places[field]]) in _WEAK:
                del fields[places[field]]
            else:
                continue
        places[field] = place
        fields[place] = (field, False)
    return fields


def _by_cells(fields: dict[int, tuple[Field, bool]], body: Sequence[Cells], width: int) -> None:
    """Give what is still missing to columns without a known heading, by what they hold."""
    held = {field for field, _ in fields.values()}
    for place in range(width):
        cells = [row[place] for row in body[: 4 * SAMPLE] if place < len(row) and row[place]]
        if place in fields or len(cells) < 2:
            continue
        for field, right in _LOOKS.items():
            taken = held & _PEOPLE if field == Field.PATIENT_NAME else {field} & held
            if not taken and _are(cells[:SAMPLE], right):
                fields[place] = (field, True)
                held.add(field)
                break


def _are(cells: Iterable[str], right: Callable[[str], bool]) -> bool:
    checked = [right(cell) for cell in cells]
    return sum(checked) >= MOST * len(checked)


def _is_late_day(cell: str) -> bool:
    found = days_in(cell)
    return bool(found) and all(each.year is None or each.year >= 2020 for each in found)


def _is_price(cell: str) -> bool:
    value = cents(cell)
    return value is not None and 500 <= value <= 100_000


def _is_name(cell: str) -> bool:
    words = plain(cell).split()
    return 2 <= len(words) <= 6 and not any(sign.isdigit() for sign in cell)


def _is_birth(cell: str) -> bool:
    return any(each.year is not None and each.year < 2020 for each in days_in(cell))


def _is_code(cell: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{1,3}[ -]?\d{3,7}|\d \d{3}", cell))


def _is_kind(cell: str) -> bool:
    return kind_of(cell, "") is not None


_LOOKS = {
    Field.DONE_ON: _is_late_day,
    Field.BIRTH_DATE: _is_birth,
    Field.PATIENT_CODE: _is_code,
    Field.KIND: _is_kind,
    Field.AMOUNT: _is_price,
    Field.PATIENT_NAME: _is_name,
}
