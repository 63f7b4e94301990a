"""What anybody may read, without being known."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import resolve
from wagtail.models import Page

from home.models import HomePage, StandardPage
from home.selectors import site_map
from home.views.machines import robots
from training.models import WebinarIndexPage, WebinarPage

pytestmark = pytest.mark.usefixtures("site", "at_reference")

ADDRESSES = [
    "/",
    "/pour-les-patients/",
    "/pour-les-patients/premier-rendez-vous/",
    "/pour-les-patients/ateliers/",
    "/pour-les-professionnels/",
    "/pour-les-professionnels/adresser/",
    "/reseau/",
    "/reseau/qui-sommes-nous/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/agenda/",
]
HELPLINE = "0639980000"
"""The demo's prescribing helpline: never in public HTML, whatever stands between its digits."""
REGIONAL = "0145454545"
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//(?!testserver)""")


def digits(text: str) -> str:
    """The text without what people put between digits, and +33 read as 0."""
    bare = re.sub(r"&[a-z]+;|[\s.\u00a0\u202f()-]", "", text)
    return bare.replace("+330", "0").replace("+33", "0")


def public_addresses() -> list[str]:
    pages = Page.objects.filter(depth__gte=2).live()
    return [*(page.url for page in pages), "/robots.txt", "/sitemap.xml"]


def test_public_site_has_the_pages_announced() -> None:
    pages = [*HomePage.objects.all(), *StandardPage.objects.all(), *WebinarIndexPage.objects.all()]
    assert sorted(page.url for page in pages) == sorted(ADDRESSES)
    assert WebinarPage.objects.count() == 6


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_page_is_complete_for_a_stranger(client: Client, address: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert re.search(r'<meta name="description" content="[^"]{40,}">', html)
    assert f'<link rel="canonical" href="http://testserver{address}">' in html
    assert '<meta property="og:title"' in html
    assert "01\u00a099\u00a000" in html or "01 99 00 14 00" in html  # the secretariat


def test_anonymous_pages_are_the_same_for_everybody(client: Client) -> None:
    for address in public_addresses():
        response = client.get(address)
        assert (address, dict(response.cookies)) == (address, {})
        assert (address, response.headers.get("Vary", "")) == (address, "")
        assert "nonce" not in response.content.decode()
        assert "csrf" not in response.content.decode().lower()


def test_public_html_never_holds_the_helpline(client: Client) -> None:
    for address in public_addresses():
        assert HELPLINE not in digits(client.get(address).content.decode())


def test_regional_number_stands_on_the_professionals_page_only_without_call_button(
    client: Client,
) -> None:
    holding = [a for a in public_addresses() if REGIONAL in digits(client.get(a).content.decode())]
    assert holding == ["/pour-les-professionnels/"]
    html = client.get(holding[0]).content.decode()
    assert "réservé aux médecins" in html
    assert 'href="tel:+33145' not in html
    assert 'href="tel:01454' not in html


def test_public_html_calls_no_outside_host(client: Client) -> None:
    for address in public_addresses():
        assert OUTSIDE.findall(client.get(address).content.decode()) == []


def test_public_html_has_no_inline_style_nor_script(client: Client) -> None:
    for address in public_addresses():
        html = client.get(address).content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=", html)
        inline = re.findall(r"<script(?![^>]*\ssrc=)([^>]*)>", html)
        assert set(inline) <= {' type="application/ld+json"'}


def test_every_link_of_the_public_site_leads_somewhere(client: Client) -> None:
    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            address = dict(attrs).get("href") or ""
            if tag == "a" and address.startswith("/"):
                found.add(address.split("#")[0])

    found: set[str] = set()
    for address in public_addresses():
        Links().feed(client.get(address).content.decode())
    statuses = {address: client.get(address).status_code for address in found}
    assert {a: s for a, s in statuses.items() if s not in (200, 302)} == {}
    assert [a for a, s in statuses.items() if s == 302] == ["/accueil/"]


def test_no_page_hides_behind_an_address_of_a_room() -> None:
    names = {page.url: resolve(page.url).url_name for page in Page.objects.filter(depth__gte=2)}
    assert set(names.values()) == {"wagtail_serve"}


def test_public_pages_are_set_in_french_typography(client: Client) -> None:
    for address in public_addresses()[:-2]:
        html = client.get(address).content.decode()
        text = re.sub(r"<script.*?</script>|<[^>]+>", "", html, flags=re.DOTALL)
        assert re.findall(r".{20}\w [:;!?](?=\s).{0,10}", text) == []
        assert re.findall(r".{20}\w(?:'|&#x27;)\w.{10}", text) == []
        assert re.findall("« | »", text) == []


def test_sections_of_the_tree_make_the_navigation(client: Client) -> None:
    html = client.get("/pour-les-patients/ateliers/").content.decode()
    nav = html[html.index('<nav class="mainnav"') : html.index("</nav>")]
    assert re.findall(r"<span>([^<]+)</span>", nav) == [
        "Patients",
        "Professionnels",
        "Le réseau",
        "Agenda",
        "Je cherche…",
    ]
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == ["/pour-les-patients/"]


def test_unpublished_page_is_not_found(client: Client) -> None:
    StandardPage.objects.get(slug="ateliers").unpublish()
    assert client.get("/pour-les-patients/ateliers/").status_code == 404
    assert "ateliers" not in client.get("/sitemap.xml").content.decode()


def test_sitemap_lists_every_public_page_once(client: Client) -> None:
    response = client.get("/sitemap.xml")
    listed = re.findall(r"<loc>http://testserver([^<]+)</loc>", response.content.decode())
    assert response["Content-Type"] == "application/xml"
    pages = [page.url for page in Page.objects.filter(depth__gte=2)]
    assert sorted(listed) == sorted([*pages, *site_map.public_addresses()])
    assert {"/chiffres/", "/annuaire/", "/lignes/", "/je-cherche/"} <= set(listed)


def test_robots_keep_out_of_what_is_not_public(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /accueil/", "Disallow: /compte/", "Disallow: /redaction/"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert robots.login_required is False  # type: ignore[attr-defined]


def test_public_page_asks_few_queries(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    for address in ("/", "/pour-les-patients/", "/agenda/", "/agenda/covid-long/"):
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            client.get(address)
