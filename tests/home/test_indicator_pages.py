"""Figures on screens, in files, for everybody: the same everywhere, few people hidden."""

import html
import json
import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from fees.enums import Kind
from home.actions.computing import ask_for_figures, compute_figures
from home.models import Computation
from home.selectors.figures import latest
from home.tasks import compute_in_background, keep_figures_fresh
from network.enums import Role
from portal.kit import clock
from portal.kit.grids.workbook import read_workbook
from portal.kit.indicators import Span, Topic, measures, say
from tests.factories.fees import log
from tests.factories.home import make_site
from tests.factories.network import make_patient, make_professional, make_user, sign_in
from tests.house.indicator_world import make_figures

pytestmark = pytest.mark.django_db
PAGES = ["home:indicators", "home:places", "home:sites", "home:report"]


@pytest.fixture
def coordinator(client: Client) -> Client:
    return sign_in(client, make_user(Role.COORDINATOR))


def texts(answer: Any) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"[ \n]+", " ", plain)


def include(count: int, **fields: Any) -> None:
    for _ in range(count):
        make_patient(postcode="75012", **fields)


# The cache


def test_same_facts_are_computed_once(coordinator: Client) -> None:
    first = make_figures()
    assert make_figures().pk == first.pk
    assert coordinator.post(reverse("home:compute")).headers["Location"] == reverse(
        "home:indicators"
    )
    assert Computation.objects.count() == 1


def test_new_facts_make_a_new_version_and_old_ones_go(coordinator: Client) -> None:
    for _ in range(5):
        include(1)
        make_figures()
    assert Computation.objects.count() == 3
    include(1)
    answer = coordinator.post(reverse("home:compute"))
    assert answer.headers["Location"] == reverse("home:computing")
    page = coordinator.get(reverse("home:computing"))
    assert "Vous pouvez quitter cette page" in texts(page)
    waiting = Computation.objects.under_way().get()
    compute_in_background.func(waiting.pk)
    assert coordinator.get(reverse("home:computing")).status_code == 302
    done = coordinator.get(reverse("home:computing"), headers={"HX-Request": "true"})
    assert "Le calcul est terminé" in texts(done)


def test_computation_left_half_way_is_done_again() -> None:
    asked = ask_for_figures(by=None, now=clock.now())
    Computation.objects.filter(pk=asked.pk).update(done=3, reading="Actes")
    keep_figures_fresh(clock.now())
    found = compute_figures(computation=asked, now=clock.now())
    assert (found.done, found.ended_at is not None) == (found.steps, True)
    compute_in_background.func(0)  # one that has gone meanwhile


def test_another_day_is_another_version() -> None:
    now = clock.now()
    later = datetime.fromtimestamp(now.timestamp() + 86_400, tz=now.tzinfo)
    assert ask_for_figures(by=None, now=now).version != ask_for_figures(by=None, now=later).version


# The pages


@pytest.mark.parametrize("name", PAGES)
def test_page_before_the_first_computation_says_so(coordinator: Client, name: str) -> None:
    assert "Aucun calcul encore" in texts(coordinator.get(reverse(name)))


def test_pages_ask_as_much_for_a_lot_of_facts(
    coordinator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    include(3)
    make_figures()
    for name in PAGES:
        with django_assert_max_num_queries(6):
            coordinator.get(reverse(name))


DASHBOARDS = [
    (Role.COORDINATOR, set(Topic)),
    (Role.MEDICAL_DIRECTOR, set(Topic)),
    (Role.ADMINISTRATOR, set(Topic)),
    (Role.ACCOUNTANT, {Topic.MONEY}),
    (Role.EDITOR, {Topic.LEARNING}),
]


def test_dashboard_shows_the_topics_of_the_role() -> None:
    make_figures()
    for role, topics in DASHBOARDS:
        page = sign_in(Client(), make_user(role)).get(reverse("home:indicators"))
        assert {each["key"] for each in page.context["topics"]} == topics
        links = set(re.findall(r'href="/indicateurs/([a-z_]+)/\?', page.content.decode()))
        expected = {each.indicator.key for each in measures(topics)}
        assert links - {"departements", "sites"} == expected


def test_indicator_shows_its_definition_and_the_periods_of_the_address(
    coordinator: Client,
) -> None:
    include(12)
    make_figures()
    for measure in measures():
        page = texts(coordinator.get(reverse("home:indicator", args=[measure.indicator.key])))
        assert str(measure.indicator.question) in page
    address = reverse("home:indicator", args=["inclusions"])
    shown = coordinator.get(address, {"periode": "2026-T1", "avec": "2025-T4"}).context
    assert (shown["span"], shown["before"]) == (Span(2026, 1), Span(2025, 4))
    assert shown["line"].said.figure == "12"
    assert coordinator.get(address, {"periode": "x"}).context["span"] == Span(clock.today().year)
    assert coordinator.get(reverse("home:indicator", args=["unknown"])).status_code == 404


def test_own_activity_is_that_of_the_professional_alone() -> None:
    mine, other = make_professional(), make_professional()
    patient = make_patient(followed_by=mine)
    log(patient, mine, Kind.KINE_REMOB, clock.today())
    log(patient, other, Kind.KINE_REMOB, clock.today())
    assert mine.user
    page = sign_in(Client(), mine.user).get(reverse("home:own_figures"))
    decided = page.context["topics"][2]["line"].value
    assert (decided.denominator, decided.unknown) == (1, 0)


# Report, exchange, public page


def test_report_is_the_same_on_screen_in_pdf_and_in_the_spreadsheet(coordinator: Client) -> None:
    include(12)
    include(2, included_on=clock.today())
    make_figures()
    screen = coordinator.get(reverse("home:report"), {"annee": "2026"})
    told = re.findall(r"data-figure>([^<]*)<", screen.content.decode())
    sheet = coordinator.get(reverse("home:report_sheet"), {"annee": "2026"})
    rows = cells_of(sheet.content)
    assert list(rows["2026"]) == told
    pdf = coordinator.get(reverse("home:report_pdf"), {"annee": "2026"})
    pages = PdfReader(BytesIO(pdf.content)).pages
    printed = _plain(" ".join(page.extract_text() for page in pages))
    at = 0
    for name, detail, figure in zip(rows["Indicateur"], rows["Détail"], told, strict=True):
        at = printed.index(_plain(f"{detail or name} {figure}"), at)
    assert "masqué" not in told[0]


def cells_of(content: bytes) -> pd.DataFrame:
    """The one sheet of a workbook, everything as text."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        grid = read_workbook(archive)
    heads, *rows = [list(row) for _number, row in grid.sheets[0].rows]
    return pd.DataFrame([row + [""] * (len(heads) - len(row)) for row in rows], columns=heads)


def _plain(text: str) -> str:
    """Words without the spaces and hyphens that the lines of a page add."""
    return re.sub(r"[\s\u00a0\u202f]", "", text)


def test_sheet_says_the_numbers_of_its_words(coordinator: Client) -> None:
    include(12)
    make_figures()
    sheet = coordinator.get(reverse("home:report_sheet"), {"annee": "2026"})
    rows = cells_of(sheet.content)
    first = rows.iloc[0]
    assert (first["Indicateur"], first["2026"], first["Numérateur"]) == ("Inclusions", "12", "12")


def test_exchange_follows_its_schema_and_hides_few(coordinator: Client) -> None:
    include(12)
    make_patient(postcode="94000")
    make_figures()
    answer = coordinator.get(reverse("home:common_export", args=["json"]), {"annee": "2026"})
    found = json.loads(answer.content)
    assert (found["schema"], found["hidden_below"]) == ("ariane-indicators/1", 11)
    by_key = {each["key"]: each for each in found["indicators"]}
    assert set(by_key) == {each.indicator.key for each in measures()}
    inclusions = by_key["inclusions"]
    assert (inclusions["numerator"], inclusions["hidden"]) == (13, False)
    # one patient of the 94 is hidden, and the 75 with them: their difference would tell
    assert inclusions["groups"] == [
        {"code": "75", "hidden": True},
        {"code": "94", "hidden": True},
    ]
    sheet = coordinator.get(reverse("home:common_export", args=["csv"]), {"annee": "2026"})
    rows = pd.read_csv(BytesIO(sheet.content), sep=";", dtype=str).fillna("")
    kept = {(row["key"], row["code"]): row["numerator"] for _i, row in rows.iterrows()}
    assert kept["inclusions", ""] == "13"
    assert kept["inclusions", "94"] == ""
    for wrong in ({"annee": "1999"}, {"annee": "x"}):
        page = coordinator.get(reverse("home:common_export", args=["json"]), wrong)
        assert page.status_code == 404
    assert coordinator.get(reverse("home:common_export", args=["xml"])).status_code == 404


def test_public_page_hides_few_and_keeps_publications_apart(client: Client) -> None:
    make_site()
    include(10)
    make_figures()
    page = texts(client.get(reverse("home:public_figures")))
    ours, _, others = page.partition("Publié ailleurs")
    assert "masqué" in ours
    assert "source : publication" not in ours.replace("\u00a0", " ")
    for figure in ("158", "159", "112", "156"):
        assert figure in others
        assert figure not in ours
    include(1)
    make_figures()
    shown = client.get(reverse("home:public_figures"))
    figures = {line.indicator.key: line.said.figure for line in shown.context["lines"]}
    assert figures["inclusions"] == "11"
    assert figures["active"] == "11"


def test_public_page_stands_before_any_figure(client: Client) -> None:
    make_site()
    assert "après leur premier calcul" in texts(client.get(reverse("home:public_figures")))


def test_screen_says_what_is_kept(coordinator: Client) -> None:
    include(12)
    make_figures()
    figures = latest()
    assert figures
    page = texts(coordinator.get(reverse("home:indicators"), {"periode": "2026"}))
    for measure in measures():
        said = say(figures.value(measure.indicator, Span(2026)), measure.indicator.unit)
        assert said.figure in page
    call_command("verify", verbosity=0)
