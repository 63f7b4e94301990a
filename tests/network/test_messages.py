"""The demo's outbox page and accounts: alive in the demo, dead everywhere else."""

import time

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from network import demo
from network.actions.mail import queue_mail
from network.enums import Role
from portal.kit import clock
from tests.factories.network import PASSWORD, make_user
from tests.network.doors import CODE, CONFIRM, FACTOR, LOGIN, is_in, totp

pytestmark = pytest.mark.django_db
MESSAGES = "/messages/"
in_demo = override_settings(DEMO=True)


@pytest.fixture
def personas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_ACCOUNTS", {})
    cache.clear()
    demo.register(
        demo.DemoAccount(
            slug="kine",
            email="kine@example.org",
            name="Hugo Fil",
            role_label="Kinésithérapeute",
            what_to_try="Noter une séance",
            password=PASSWORD,
        ),
        demo.DemoAccount(
            slug="patiente",
            email="patiente@example.org",
            name="Lou Dédale",
            role_label="Patiente",
            what_to_try="Lire son plan",
            password="",
        ),
    )


def _mail(**fields: str) -> None:
    known = {"to": "lou@example.org", "subject": "Un sujet", "body": "Bonjour"}
    queue_mail(**(known | fields), now=clock.now())


def test_page_of_messages_does_not_exist_outside_the_demo(client: Client) -> None:
    _mail()
    assert client.get(MESSAGES).status_code == 404


@in_demo
def test_messages_come_the_newest_first_with_links_to_follow(client: Client) -> None:
    _mail(subject="Ancien", body="Voyez http://localhost:8000/compte/login/ demain")
    _mail(subject="Nouveau", body="<b>123456</b>", to="autre@example.org")
    page = client.get(MESSAGES).content.decode()
    assert page.index("Nouveau") < page.index("Ancien")
    assert 'href="/compte/login/"' in page
    assert "&lt;b&gt;123456&lt;/b&gt;" in page
    assert "Ancien" not in client.get(MESSAGES, {"a": "autre@example.org"}).content.decode()


@in_demo
def test_persona_fills_the_form_and_shows_its_code(client: Client, personas: None) -> None:
    user = make_user(Role.CLINICIAN, email="kine@example.org")
    demo.enrol_demo_factor(user)
    demo.enrol_demo_factor(user)
    page = client.get(LOGIN, {"compte": "kine"}).content.decode()
    code = totp(demo.DEMO_TOTP_SECRET)
    for shown in ("kine@example.org", PASSWORD, code, "Lou Dédale"):
        assert shown in page
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert code in client.get(FACTOR).content.decode()
    client.post(FACTOR, {"code": code})
    assert is_in(client)


@in_demo
def test_patient_persona_is_told_where_the_code_arrives(client: Client, personas: None) -> None:
    make_user(Role.PATIENT, email="patiente@example.org")
    assert "patiente@example.org" in client.get(CODE, {"compte": "patiente"}).content.decode()
    client.post(CODE, {"email": "patiente@example.org"})
    assert MESSAGES in client.get(CONFIRM).content.decode()


def test_demo_shows_nothing_outside_the_demo(client: Client, personas: None) -> None:
    user = make_user(Role.CLINICIAN, email="kine@example.org", factor=True)
    page = client.get(LOGIN, {"compte": "kine"}).content.decode()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    factor = client.get(FACTOR).content.decode()
    for hidden in ("kine@example.org", PASSWORD, "Lou Dédale", "émonstration", MESSAGES):
        assert hidden not in page
        assert hidden not in factor.replace(user.email, "")
    assert demo.accounts() == []
    for call in (
        lambda: demo.enrol_demo_factor(user),
        lambda: demo.current_code(demo._ACCOUNTS["kine"]),
    ):
        with pytest.raises(ImproperlyConfigured):
            call()


@in_demo
def test_current_code_follows_the_clock_of_the_machine(personas: None) -> None:
    account = demo.accounts()[0]
    assert demo.current_code(account) == demo.current_code(account, time.time())
    assert demo.current_code(account, 0) != demo.current_code(account, 30)
