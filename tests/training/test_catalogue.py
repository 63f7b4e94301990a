"""The catalogue and « Se former »: what each reader sees of it, and what it never tells."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage
from network.enums import Role
from network.models import User
from tests.factories.learning import make_learner
from tests.factories.network import make_user, sign_in
from tests.factories.training import make_index, make_module, make_vignette, small_case
from tests.training.crawl import plain, start
from training.enums import Audience, Topic
from training.models import Enrolment, Objective, Return, Run, VignettePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_template")]
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def learner(site: HomePage) -> User:
    return make_learner()


def titles(client: Client, **filters: str) -> list[str]:
    answer = client.get("/formation/", filters)
    return [entry.page.title for entry in answer.context["found"].page]


def text(client: Client, address: str) -> str:
    return plain(client.get(address).content.decode())


FILTERED: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Bras", "Partout", "Bases"]),
    ({"kind": "vignette"}, ["Bras", "Partout"]),
    ({"kind": "module"}, ["Bases"]),
    ({"topic": "neuropathic"}, ["Bras"]),
    ({"topic": "work"}, []),
    ({"length": "5"}, ["Partout"]),
    ({"length": "15"}, ["Bras"]),
    ({"length": "long"}, ["Bases"]),
    ({"audience": "doctors"}, ["Partout"]),
    ({"axis": "2"}, ["Bases"]),
    ({"axis": "1"}, []),
    ({"topic": "neuropathic", "length": "5"}, []),
    ({"topic": "strange", "page": "99"}, ["Bras", "Partout", "Bases"]),
    ({"standing": "done"}, ["Bras", "Partout", "Bases"]),  # nobody's: not a filter
]


def test_filters_are_in_the_address(site: HomePage, client: Client) -> None:
    make_vignette(title="Bras", topic=Topic.NEUROPATHIC, minutes=6)
    make_vignette(title="Partout", topic=Topic.FIBROMYALGIA, minutes=5, audience=Audience.DOCTORS)
    make_module(title="Bases", topic=Topic.BASICS, axis=2)
    found = [(filters, titles(client, **filters)) for filters, _expected in FILTERED]
    assert found == FILTERED


def test_learner_filters_by_what_is_done(learner: User) -> None:
    client = sign_in(Client(), learner)
    done, _open, _new = (make_vignette(title=name) for name in ("Fait", "Commencé", "Neuf"))
    module = make_module(title="Module fait")
    Enrolment.objects.create(
        learner=learner, module_key=module.translation_key, started_at=NOW, completed_at=NOW
    )
    start(client, done)
    Run.objects.update(finished_at=NOW)
    start(client, _open)
    assert titles(client, standing="done") == ["Fait", "Module fait"]
    assert titles(client, standing="new") == ["Commencé", "Neuf"]
    html = text(client, "/formation/")
    said = ("refaire : fait", "reprendre : commencé", "commencer : neuf", "ouvrir le module")
    assert [word for word in said if word not in html] == []


@pytest.mark.parametrize(
    ("role", "button", "sign_in_link"),
    [(None, False, True), (Role.PATIENT, False, False), (Role.CLINICIAN, True, False)],
)
def test_button_is_for_who_may_learn(
    site: HomePage, role: Role | None, button: bool, sign_in_link: bool
) -> None:
    page = make_vignette()
    client = sign_in(Client(), make_user(role)) if role else Client()
    for address in ("/formation/", page.url):
        html = client.get(address).content.decode()
        assert ("Commencer" in html) is button
        assert ("/compte/login/?next=" in html) is sign_in_link
        assert page.lede in html


def test_public_page_says_who_wrote_it_and_no_step(site: HomePage, client: Client) -> None:
    objective = Objective(text="Nommer une douleur de nerf")
    objective.save()
    page = make_vignette(objectives=[("objective", objective)], owner=make_user(first_name="Ana"))
    html = text(client, page.url)
    assert "nommer une douleur de nerf" in html
    assert "ana fil" in html
    assert "direction médicale, le 1er octobre 2026" in html.replace("1 er", "1er")
    told = ("elle a mal", "choix : que", "retour de", "chercher, nommer", "cicatrice")
    assert [word for word in told if word in html] == []


def test_visitors_share_one_copy(site: HomePage, client: Client) -> None:
    """No token, nonce nor cookie: a cache may keep the page."""
    page = make_vignette()
    for address in ("/formation/", "/formation/?topic=basics", page.url):
        one, two = client.get(address), Client().get(address)
        assert one.content == two.content
        assert dict(one.cookies) == {}
        assert (b"csrf" in one.content, b"nonce" in one.content) == (False, False)


def test_unpublished_and_empty_are_said(site: HomePage, client: Client) -> None:
    make_index()
    assert "rien n'est publié" in text(client, "/formation/")
    make_vignette(title="Caché").unpublish()
    assert titles(client) == []
    assert "rien ne répond à ces filtres" in text(client, "/formation/?topic=work")


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def add(count: int, client: Client) -> None:
    for _each in range(count):
        objective = Objective(text="Savoir faire")
        objective.save()
        page = make_vignette(objectives=[("objective", objective)])
        run = start(client, page)
        go_through(client, run, page)
        start(client, make_vignette())


def go_through(client: Client, run: Run, page: VignettePage) -> None:
    """Answer everything, sure of oneself, and wrong."""
    for step in run.version.case.steps:
        options = getattr(step, "options", ())
        wrong = [option.id for option in options if not option.credited][:1]
        address = reverse("training:run", args=[run.pk])
        client.post(address, {"step": step.id, "choice": wrong, "certainty": 3})
        client.post(reverse("training:go_on", args=[run.pk]), {"step": step.id})


def test_lists_ask_the_same_queries_whatever_their_length(learner: User) -> None:
    client = sign_in(Client(), learner)
    addresses = ["/formation/", "/se-former/", "/se-former/certitude/", "/"]
    add(1, client)
    few = [queries(client, address) for address in addresses]
    add(2, client)
    assert [queries(client, address) for address in addresses] == few


def test_certainty_is_measured_by_topic(learner: User) -> None:
    client = sign_in(Client(), learner)
    assert "rien à mesurer encore" in text(client, "/se-former/certitude/")
    for _each in range(3):
        page = make_vignette(topic=Topic.WORK)
        go_through(client, start(client, page), page)
    page = make_vignette(topic=Topic.BACK)
    go_through(client, start(client, page), page)
    answer = client.get("/se-former/certitude/")
    charts = {str(chart.title): chart for chart in answer.context["charts"]}
    sure = charts["Travail"].levels[2]
    assert (sure.count, sure.right, sure.share) == (6, 0, 0)
    assert (charts["Travail"].measured, charts["Mal de dos"].measured) == (True, False)
    assert len(answer.context["missed"]) == 8
    first = answer.context["missed"][0]
    shown = text(client, f"/se-former/parcours/{first.run}/?etape={first.number}")
    assert plain(first.stem) in shown
    assert "vous relisez" in shown


def test_certainty_of_others_and_of_second_attempts_is_left_out(learner: User) -> None:
    page = make_vignette()
    other = sign_in(Client(), make_learner())
    go_through(other, start(other, page), page)
    client = sign_in(Client(), learner)
    for _each in range(2):
        go_through(client, start(client, page), page)
    charts = client.get("/se-former/certitude/").context["charts"]
    assert [level.count for chart in charts for level in chart.levels] == [0, 0, 2]


def test_end_leads_to_care_and_to_the_next_case(learner: User) -> None:
    client = sign_in(Client(), learner)
    make_vignette(title="Ailleurs", topic=Topic.WORK)
    near = make_vignette(title="Tout près", topic=Topic.BACK)
    page = make_vignette(small_case(), title="Celui-ci", topic=Topic.BACK)
    run = start(client, page)
    go_through(client, run, page)
    answer = client.get(reverse("training:run", args=[run.pk]))
    assert answer.context["ending"].coming == near
    doors: list[Any] = [str(door.label) for door in answer.context["ending"].doors]
    assert doors == ["Adresser un patient", "Voir les ateliers pour les patients"]
    for door in answer.context["ending"].doors:
        assert client.get(door.href, follow=True).status_code == 200


def test_end_tells_when_the_case_returns(learner: User) -> None:
    client = sign_in(Client(), learner)
    page = make_vignette()
    run = start(client, page)
    go_through(client, run, page)
    Return.objects.filter(learner=learner).delete()
    Return.objects.create(
        learner=learner,
        key=page.translation_key,
        day=7,
        due_on=NOW.date() + timedelta(days=7),
    )
    html = text(client, reverse("training:run", args=[run.pk]))
    assert "23 novembre 2026" in html
