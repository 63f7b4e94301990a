"""What those who write keep up to date: readings that are due, links that lead nowhere."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.actions.links import check_links
from home.demo_data.calendar import Calendar
from home.demo_data.lines import plan_lines
from home.demo_data.people import ADMINISTRATOR
from home.demo_data.story import Story
from home.gateways.web import reach
from home.models import OutsideLink, StandardPage
from home.selectors.links import all_links, broken, outside
from home.tasks import check_outside_links
from network.enums import Role
from network.models import PhoneLine, Resource
from portal.kit import clock
from tests.factories.home import SEASON, make_site
from tests.factories.network import make_user, sign_in

ANSWERS = {"/ici": 200, "/perdu": 404, "/vers": 302, "/fermé": 403}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(ANSWERS.get(self.path, 500))
        if self.path == "/vers":
            self.send_header("Location", "/ici")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_address_is_asked_and_says_what_is_wrong(site: str, settings: Any) -> None:
    assert "site public" in reach(f"{site}/ici")  # this machine's own network
    settings.LOCAL_LINKS = True
    answers = {path: reach(f"{site}{path}") for path in ("/ici", "/perdu", "/vers")}
    assert (answers["/ici"], answers["/vers"]) == ("", "")
    assert "404" in answers["/perdu"]
    assert "site public" in reach("ftp://example.org/")
    assert "ne répond pas" in reach("http://127.0.0.1:9/")


@pytest.mark.django_db
def test_outside_address_is_told_broken_after_two_failures() -> None:
    Resource.objects.create(name="Perdue", needs=["meals"], what="…", link="https://perdu.test/")
    Resource.objects.create(name="Bonne", needs=["meals"], what="…", link="https://bon.test/")
    asked: list[str] = []

    def seen(address: str) -> str:
        asked.append(address)
        return "Le site ne répond pas." if "perdu" in address else ""

    now = clock.now()
    for day in range(2):
        assert len([each for each in broken(all_links()) if each.link.address]) == 0
        check_links(addresses=outside(all_links()), reach=seen, now=now + timedelta(days=day))
    assert [each.link.title for each in broken(all_links())] == ["Perdue"]
    assert sorted(asked) == ["https://bon.test/", "https://perdu.test/", "https://perdu.test/"]
    Resource.objects.get(name="Perdue").delete()
    check_links(addresses=outside(all_links()), reach=seen, now=now + timedelta(days=2))
    assert OutsideLink.objects.count() == 1
    check_outside_links(now)  # outside production: nothing leaves
    assert OutsideLink.objects.get().address == "https://bon.test/"


@pytest.mark.django_db
def test_links_of_the_first_pages_lead_somewhere_and_a_lost_one_is_told(client: Client) -> None:
    make_site()
    assert broken(all_links()) == []
    page = StandardPage.objects.get(slug="ateliers")
    lost = '<p><a href="/nulle-part/">ici</a> <a linktype="page" id="99999">là</a></p>'
    good = '<p><a href="/annuaire/?dep=94">annuaire</a> <a href="tel:15">15</a></p>'
    page.body = [("paragraph", lost), ("paragraph", good)]
    page.save_revision().publish()
    sign_in(client, make_user(Role.EDITOR))
    answer = client.get(reverse("home:upkeep"))
    assert [each.link.address for each in answer.context["broken"]] == ["/nulle-part/", ""]
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in answer.content.decode()


@pytest.mark.django_db
def test_what_has_aged_waits_for_those_who_keep_it(client: Client) -> None:
    today = clock.today()
    for name, days in (("Tard", -3), ("Bientôt", 20), ("Plus tard", 60)):
        due = today + timedelta(days=days)
        Resource.objects.create(name=name, needs=["meals"], what="…", review_on=due)
    sign_in(client, make_user(Role.COORDINATOR))
    found = client.get(reverse("home:upkeep")).context["reviews"]
    assert [(each.title, each.late) for each in found] == [("Tard", True), ("Bientôt", False)]
    assert "1 ressource ou protocole à relire" in client.get(
        reverse("home:dashboard")
    ).content.decode().replace("\u00a0", " ")


@pytest.mark.django_db
def test_demo_gives_its_lines_and_the_reserved_number() -> None:
    story = Story(Calendar(SEASON))
    story.users[ADMINISTRATOR] = make_user(Role.ADMINISTRATOR)
    plan_lines(story)
    story.tell()
    kept = PhoneLine.objects.exclude(secret="")
    assert [(each.name, each.secret) for each in kept] == [
        ("Aide à la prescription", "06 39 98 00 00")
    ]
