"""The directory of pain structures, searched: a few dozen sheets, read together and sifted here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from network.models import Structure, StructureRemark, WaitReading
from network.models.referral import FAST_TRACKS
from network.models.structure import (
    DEPARTMENTS,
    POPULATIONS,
    SPECIALITIES,
    TECHNIQUES,
    WAIT_SOURCES,
)
from network.rules.directory import holds_words, is_old, label_ends_soon
from network.selectors.departments import names


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; an empty value asks for nothing."""

    words: str = ""
    kind: str = ""
    department: str = ""
    population: str = ""
    speciality: str = ""
    technique: str = ""
    fast_track: str = ""
    tele_expertise: bool = False

    def keeps(self, sheet: Structure, *, anywhere: bool = False) -> bool:
        """Whether a sheet answers. `anywhere`: the department is left out, for the map."""
        return (
            (anywhere or self.department in ("", sheet.department))
            and self.kind in ("", sheet.kind)
            and all(
                wanted == "" or wanted in offered
                for wanted, offered in (
                    (self.population, sheet.populations),
                    (self.speciality, sheet.specialities),
                    (self.technique, sheet.techniques),
                    (self.fast_track, sheet.fast_tracks),
                )
            )
            and (sheet.tele_expertise or not self.tele_expertise)
            and holds_words(self.words, texts_of(sheet))
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One structure as listed: its wait, and whether what is told of it has aged."""

    structure: Structure
    wait: WaitReading | None
    old: bool
    label_ends: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The sheets that answer, and how many answer in each department, the wanted one or not."""

    sheets: list[Sheet]
    by_department: Mapping[str, int] = field(default_factory=dict)


def search(wanted: Search, *, today: date) -> Found:
    """Shortest wait first, unknown waits last, then by name. Two queries."""
    everywhere = [each for each in _sheets(today) if wanted.keeps(each.structure, anywhere=True)]
    here = [each for each in everywhere if wanted.keeps(each.structure)]
    counted = Counter(each.structure.department for each in everywhere)
    return Found(
        sorted(here, key=_soonest),
        {department: counted[department] for department in [*DEPARTMENTS, *_elsewhere(counted)]},
    )


def _elsewhere(held: Iterable[str]) -> list[str]:
    """Departments outside the region that hold something."""
    return sorted(set(held) & set(names()) - set(DEPARTMENTS))


def held_departments() -> dict[str, Any]:
    """The departments that can be asked for: those of the region, and where a structure is."""
    held = set(Structure.objects.order_by().values_list("department", flat=True).distinct())
    return {**DEPARTMENTS, **{code: names()[code] for code in _elsewhere(held)}}


def sheet_of(structure: Structure, *, today: date) -> Sheet:
    """One structure, with its readings loaded or not."""
    readings = list(structure.waits.all())
    return Sheet(
        structure,
        max(readings, key=lambda each: (each.measured_on, each.pk), default=None),
        old=is_old(structure.verified_on, on=today),
        label_ends=label_ends_soon(structure.label_to, on=today),
    )


def old_sheets(today: date) -> list[Sheet]:
    """What the coordination has to have confirmed."""
    return [each for each in _sheets(today) if each.old]


def ending_labels(today: date) -> list[Sheet]:
    return [each for each in _sheets(today) if each.label_ends]


def listed() -> "QuerySet[Structure]":
    return Structure.objects.select_related("parent").prefetch_related("waits")


def _sheets(today: date) -> Iterable[Sheet]:
    return [sheet_of(each, today=today) for each in listed()]


def _soonest(sheet: Sheet) -> tuple[bool, int, str]:
    wait = sheet.wait
    return wait is None, wait.weeks if wait else 0, sheet.structure.name


def texts_of(sheet: Structure) -> list[str]:
    """All the words by which a sheet is found."""
    known = [sheet.name, sheet.hospital, sheet.city, sheet.postcode, sheet.department]
    known.append(names().get(sheet.department, ""))
    known.append(str(sheet.get_kind_display()))
    for codes, labels in (
        (sheet.populations, POPULATIONS),
        (sheet.specialities, SPECIALITIES),
        (sheet.techniques, TECHNIQUES),
        (sheet.fast_tracks, FAST_TRACKS),
    ):
        known += words_of(codes, labels)
    return known


def words_of(codes: Iterable[str], labels: Mapping[Any, Any]) -> list[str]:
    """The labels of codes, those that are no more in the list left out."""
    return [str(labels[code]) for code in codes if code in labels]


def as_frame(sheets: Iterable[Sheet]) -> pd.DataFrame:
    """The public columns of sheets, one line each: what the page shows, nothing for
    professionals. Texts, and `Attente (semaines)`: Int64, empty when unknown."""
    rows = [
        {
            "Nom": each.structure.name,
            "Type": str(each.structure.get_kind_display()),
            "Rattachée à": each.structure.parent.name if each.structure.parent else "",
            "Établissement": each.structure.hospital,
            "Adresse": each.structure.address,
            "Code postal": each.structure.postcode,
            "Commune": each.structure.city,
            "Département": each.structure.department,
            "FINESS": each.structure.finess,
            "Personnes reçues": ", ".join(words_of(each.structure.populations, POPULATIONS)),
            "Spécialités": ", ".join(words_of(each.structure.specialities, SPECIALITIES)),
            "Techniques": ", ".join(words_of(each.structure.techniques, TECHNIQUES)),
            "Coupe-file": ", ".join(words_of(each.structure.fast_tracks, FAST_TRACKS)),
            "Télé-expertise": "oui" if each.structure.tele_expertise else "non",
            "Téléphone": each.structure.phone,
            "Attente (semaines)": each.wait.weeks if each.wait else None,
            "Attente connue le": each.wait.measured_on if each.wait else None,
            "Attente, source": str(WAIT_SOURCES[each.wait.source]) if each.wait else "",  # type: ignore[index]
            "Vérifiée le": each.structure.verified_on,
        }
        for each in sheets
    ]
    frame = pd.DataFrame(rows)
    if rows:
        frame["Attente (semaines)"] = frame["Attente (semaines)"].astype("Int64")
    return frame


def as_geojson(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """The sheets that have a place, as a GeoJSON collection (RFC 7946: longitude first)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [
                        float(each.structure.longitude),
                        float(each.structure.latitude),
                    ],
                },
                "properties": {
                    "name": each.structure.name,
                    "kind": each.structure.kind,
                    "department": each.structure.department,
                    "city": each.structure.city,
                    "wait_weeks": each.wait.weeks if each.wait else None,
                    "wait_measured_on": str(each.wait.measured_on) if each.wait else None,
                },
            }
            for each in sheets
            if each.structure.latitude is not None and each.structure.longitude is not None
        ],
    }


def open_remarks() -> "QuerySet[StructureRemark]":
    """What structures said has changed, and nobody has settled."""
    return StructureRemark.objects.filter(settled_at=None).select_related("structure")
