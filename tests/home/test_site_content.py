"""The first pages of a new portal."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Page, Site

from home import content
from home.actions.site_content import coming, load_site
from home.models import HomePage, ProtocolIndexPage, StandardPage
from network.models import PhoneLine
from tests.factories.home import SEASON
from training.models import WebinarPage

pytestmark = pytest.mark.django_db


def texts() -> list[tuple[str, str, object]]:
    return [
        (page.url_path, page.title, page.specific.summary)
        for page in Page.objects.filter(depth__gte=2)
    ]


def test_loading_twice_changes_nothing() -> None:
    assert load_site(on=SEASON) == 20
    first = texts()
    assert load_site(on=SEASON) == 0
    assert texts() == first


def test_loading_keeps_what_an_editor_wrote_and_brings_back_what_is_missing() -> None:
    load_site(on=SEASON)
    page = StandardPage.objects.get(slug="ateliers")
    page.lede = "Écrit par la rédaction."
    page.save_revision().publish()
    StandardPage.objects.get(slug="mentions-legales").delete()
    assert load_site(on=SEASON) == 1
    assert StandardPage.objects.get(slug="ateliers").lede == "Écrit par la rédaction."


def test_new_portal_has_its_protocols_to_write_and_its_lines_to_number(settings: Any) -> None:
    load_site(on=SEASON)
    assert ProtocolIndexPage.objects.get().get_children().count() == 0
    assert dict(PhoneLine.objects.values_list("name", "number")) == {
        "Aide à la prescription": "",
        "Numéro unique régional": "",
        "Secrétariat du réseau": settings.SECRETARIAT_PHONE,
    }
    assert PhoneLine.objects.to_number().count() == 1


def test_welcome_page_gives_place_to_the_home_page() -> None:
    load_site(on=SEASON)
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(slug="home").exists()


def test_agenda_is_that_of_the_coming_season() -> None:
    load_site(on=SEASON)
    assert list(
        WebinarPage.objects.order_by("held_on").values_list("slug", "held_on", "date_known")
    ) == [
        ("covid-long", date(2026, 12, 9), True),
        ("journee-annuelle", date(2026, 12, 11), True),
        ("souffrance-au-travail", date(2027, 1, 31), False),
        ("violences-conjugales", date(2027, 2, 28), False),
        ("sport-et-handicap", date(2027, 3, 31), False),
        ("mal-etre-des-adolescents", date(2027, 4, 30), False),
    ]


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ({"day": "12-09"}, date(2026, 11, 16), date(2026, 12, 9)),
        ({"day": "12-09"}, date(2026, 12, 9), date(2026, 12, 9)),
        ({"day": "12-09"}, date(2026, 12, 10), date(2027, 12, 9)),
        ({"month": 2}, date(2027, 11, 16), date(2028, 2, 29)),
        ({"month": 1}, date(2027, 1, 31), date(2027, 1, 31)),
    ],
)
def test_coming_day_of_the_season(text: dict[str, object], on: date, expected: date) -> None:
    assert coming(text, on) == expected


def test_rich_text_knows_links_and_strong_words_only() -> None:
    assert content.rich("a < b, **fort** et [ici](/accueil/)") == (
        '<p>a &lt; b, <b>fort</b> et <a href="/accueil/">ici</a></p>'
    )
