"""Sites side by side: the figures of everywhere, none compared on few cases, nothing lost."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.chart import AT_ONCE, Point, draw_bars
from home.models import Computation
from home.selectors.sites import Comparison
from network.enums import Role
from portal.kit import clock
from portal.kit.indicators import Said, Span, Unit, Value, say_beside
from tests.factories.network import make_user, sign_in
from tests.home.test_indicator_pages import cells_of
from tests.home.test_indicators import an_indicator

WEST = Value(14, middle=30.0, high=41.0, unknown=1)
EAST = Value(25, middle=12.0, high=20.0)
NORTH = Value(10, middle=90.0, high=99.0)
UNKNOWN = Value(12, middle=8.0, high=9.0)
SITES = {"Est": EAST, "Nord": NORTH, "Ouest": WEST, "": UNKNOWN}
WAITS = Value(61, middle=14.0, high=80.0, unknown=1, sites=SITES)
SEATS = Value(35, 50, sites={"Salle A": Value(30, 40), "vidéo": Value(5, 10)})

BESIDE = [
    (Value(4), Unit.COUNT, True, "peu de cas", "4"),
    (Value(4), Unit.COUNT, False, "4", ""),
    (Value(0), Unit.COUNT, True, "0", ""),
    (Value(11), Unit.COUNT, True, "11", ""),
    (Value(3, 10, 2), Unit.SHARE, True, "peu de cas", "3 sur 10, 2\u00a0inconnus"),
    (Value(3, 11), Unit.SHARE, True, "3 sur 11", ""),
    (Value(0, 0, 3), Unit.SHARE, True, "—", "3\u00a0inconnus"),
    (NORTH, Unit.DAYS, True, "peu de cas", "10\u00a0attentes connues"),
    (Value(0, unknown=2), Unit.DAYS, True, "—", "2\u00a0inconnus"),
    (Value(1, middle=8.0, high=8.0), Unit.WEEKS, False, "8\u00a0semaines", "1\u00a0attente connue"),
]


@pytest.mark.parametrize(("value", "unit", "people", "figure", "note"), BESIDE)
def test_few_cases_are_told_without_a_figure_to_compare(
    value: Value, unit: Unit, people: bool, figure: str, note: str
) -> None:
    told = replace(an_indicator(people=people), unit=unit)
    assert say_beside(value, told) == Said(figure, note)


def test_bars_begin_at_zero_and_end_at_the_highest_in_every_drawing() -> None:
    points = [Point(f"Site {rank}", f"{rank}", float(rank)) for rank in range(25, 0, -1)]
    drawn = draw_bars(points, 50.0)
    assert [len(each.bars) for each in drawn] == [AT_ONCE, AT_ONCE, 5]
    lengths = [bar.length for each in drawn for bar in each.bars]
    assert (lengths[0], lengths[-1]) == (125, 5)
    assert {each.mark for each in drawn} == {250}
    assert draw_bars([], None) == []
    assert len(draw_bars([Point("Centre " * 20, "1", 1.0)], None)[0].bars[0].name) <= 62


@pytest.fixture
def coordinator(client: Client) -> Client:
    now = clock.now()
    span = str(now.year)
    Computation.objects.create(
        version="sites",
        until=clock.today(),
        asked_at=now,
        ended_at=now,
        steps=1,
        done=1,
        values={
            "wait_evaluation": {span: WAITS.as_json()},
            "fill": {span: SEATS.as_json()},
        },
    )
    return sign_in(client, make_user(Role.COORDINATOR))


def shown(answer: Any) -> list[list[str]]:
    """The cells of the table: those of its heads, then row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", answer.content.decode(), re.DOTALL)
    plain = [[_plain(cell) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in rows]
    return [row for row in plain if row]


def _plain(cell: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip()


@pytest.mark.django_db
def test_sites_of_enough_cases_are_ranked_and_drawn_before_the_others(coordinator: Client) -> None:
    page = coordinator.get(reverse("home:sites"))
    found: Comparison = page.context["comparison"]
    assert [line.site for line in found.lines] == ["Ouest", "Est", "Nord", ""]
    (chart,) = found.charts
    assert [bar.name for bar in chart.bars] == ["Ouest", "Est"]
    assert chart.mark == round(250 * 14 / 30)
    read_aloud = (
        "Attente de la première consultation (CEO)",
        "Ouest",
        "30 jours",
        "Est",
        "12 jours",
    )
    (label,) = re.findall('role="img" aria-label="([^"]+)"', page.content.decode())
    assert tuple(re.split(r"\s*[:,]\s*", label.replace("\xa0", " "))) == read_aloud
    assert [row[0] for row in shown(page)] == [
        "Site de consultation",
        "Ouest",
        "Est",
        "Nord",
        "Site inconnu",
        "Ensemble",
    ]
    assert shown(page)[3][1] == "peu de cas 10 attentes connues"
    whole = coordinator.get(reverse("home:indicator", args=["wait_evaluation"]))
    assert found.whole.said == whole.context["line"].said


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["wait_evaluation", "fill"])
def test_sheet_has_the_rows_of_the_page_and_adds_up_to_its_last_one(
    coordinator: Client, key: str
) -> None:
    asked = {"indicateur": key}
    page = shown(coordinator.get(reverse("home:sites"), asked))
    sheet = cells_of(coordinator.get(reverse("home:sites_sheet"), asked).content)
    heads, *rows = page
    year = str(clock.today().year)
    assert list(sheet[heads[0]]) == [row[0] for row in rows]
    told = zip(sheet[year], sheet["Précision"], strict=True)
    assert [_plain(f"{figure} {note}") for figure, note in told] == [row[1] for row in rows]
    for column in ("Numérateur", "Dénominateur", "Inconnus"):
        *sites, whole = [int(cell or 0) for cell in sheet[column]]
        assert sum(sites) == whole, column


@pytest.mark.django_db
def test_address_says_the_indicator_and_the_periods(coordinator: Client) -> None:
    asked = {"indicateur": "fill", "periode": "2026-T1", "avec": "2025-T4"}
    page = coordinator.get(reverse("home:sites"), asked)
    found: Comparison = page.context["comparison"]
    assert (found.indicator.key, found.span, found.before) == ("fill", Span(2026, 1), Span(2025, 4))
    for chip in page.context["period_chips"]:
        assert chip["href"].startswith("?indicateur=fill&periode=")
    for wrong in ("inclusions", "unknown", ""):
        other = coordinator.get(reverse("home:sites"), {"indicateur": wrong})
        assert other.context["indicator"].key == "wait_evaluation"
    assert "/indicateurs/fill/?periode=2026-T1" in page.content.decode()


@pytest.mark.django_db
def test_page_says_so_when_no_site_has_enough_cases(coordinator: Client) -> None:
    empty = coordinator.get(reverse("home:sites"), {"indicateur": "evaluations"})
    assert "Rien à comparer" in empty.content.decode()
    few = Value(4, sites={"Nord": Value(4)})
    row = Computation.objects.get()
    row.values["evaluations"] = {str(clock.today().year): few.as_json()}
    row.save()
    page = coordinator.get(reverse("home:sites"), {"indicateur": "evaluations"})
    assert "Trop peu de cas" in page.content.decode()
    assert page.context["comparison"].charts == []


@pytest.mark.django_db
def test_sheet_before_the_first_computation_is_not_found(client: Client) -> None:
    sign_in(client, make_user(Role.COORDINATOR))
    assert client.get(reverse("home:sites_sheet")).status_code == 404
