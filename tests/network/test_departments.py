"""The scheme of the departments: whole, small, every town in its own; what it holds filters."""

import re
from math import cos, radians

import pytest
from django.test import Client

from network.selectors.departments import FOLDER, Drawing, drawing, names
from tests.factories.directory import make_structure

REGION = {"75", "77", "78", "91", "92", "93", "94", "95"}


def test_every_department_is_drawn_once() -> None:
    assert len(names()) == 101
    assert {each.code for each in drawing("france", {}).shapes} == set(names())
    assert {each.code for each in drawing("region", {}).shapes} == REGION
    assert {each.code for each in drawing("near", {}).shapes} == {"75", "92", "93", "94"}
    assert (FOLDER / "departments.json").stat().st_size < 60_000


def test_department_is_darker_the_more_it_holds() -> None:
    counts = {"75": 15, "77": 3, "78": 2}
    levels = {each.code: each.level for each in drawing("region", counts).shapes}
    assert [levels[code] for code in ("75", "77", "78", "95")] == [3, 2, 1, 0]


def outlines(drawn: Drawing) -> dict[str, list[list[tuple[float, float]]]]:
    return {
        each.code: [
            [
                (float(x), float(y))
                for x, y in (point.split(" ") for point in ring.strip("MZ").split("L"))
            ]
            for ring in re.findall(r"M[^Z]+Z", each.path)
        ]
        for each in drawn.shapes
        if "h" not in each.path
    }


def holds(rings: list[list[tuple[float, float]]], x: float, y: float) -> bool:
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def test_towns_stand_in_their_department() -> None:
    """But for those on a border or the sea, that smoothing moves by some kilometres."""
    drawn = outlines(drawing("france", {}))
    told = (FOLDER / "towns.txt").read_text(encoding="utf-8")
    lost, count = [], 0
    for code, listed in re.findall(r"^(\w\w) [^:#]+: (.+)$", told, re.MULTILINE):
        for town in listed.split(", "):
            name, latitude, longitude = town.rsplit(" ", 2)
            scale = 360 / (15 * cos(radians(46.6)))
            x = (float(longitude) + 5.2) * cos(radians(46.6)) * scale
            y = (51.3 - float(latitude)) * scale
            count += 1
            if not holds(drawn[code], x, y):
                lost.append(f"{name} ({code})")
    assert len(lost) <= count * 0.08, lost


@pytest.mark.django_db
def test_structure_elsewhere_in_france_has_its_door(client: Client) -> None:
    make_structure(name="Centre de Vendée", department="85")
    make_structure(name="Centre de Paris", department="75")
    page = client.get("/annuaire/", {"dep": "85"})
    assert [each.structure.name for each in page.context["found"].sheets] == ["Centre de Vendée"]
    assert ("85", "Vendée", 1) in page.context["departments"]
    text = page.content.decode()
    assert 'class="d-85 level-1 wanted"' in text
    assert 'data-dep="75"' in text
