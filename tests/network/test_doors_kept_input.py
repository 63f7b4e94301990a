"""What was typed when a session had expired comes back, to the same person only."""

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse

from network.enums import Role
from network.models import User
from network.views.kept import KEPT, kept_input
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
FORM = reverse("network:patient_register")
TYPED = {"birth_name": "Aubrac", "postcode": "75012", "password": "secret", "code": "1"}


def _expire(client: Client) -> None:
    Session.objects.all().delete()


def _take(client: Client, user: User, path: str = FORM) -> dict[str, Any] | None:
    """What the view at `path` would be given."""
    request = RequestFactory().get(path)
    request.user = user
    request.session = client.session
    request._messages = type("Messages", (), {"add": lambda *_: None})()  # type: ignore[attr-defined]
    kept = kept_input(request)
    request.session.save()
    return kept.dict() if kept else None


def _type_after_expiry(client: Client, user: User) -> None:
    sign_in(client, user)
    client.get("/compte/")
    _expire(client)
    answer = client.post(FORM, TYPED)
    assert answer["Location"].startswith("/compte/login/?next=")


def test_typed_text_comes_back_after_sign_in_once(client: Client) -> None:
    user = make_user(Role.COORDINATOR)
    _type_after_expiry(client, user)
    sign_in(client, user)
    assert _take(client, user) == {"birth_name": "Aubrac", "postcode": "75012"}
    assert _take(client, user) is None


def test_act_form_is_filled_again(client: Client) -> None:
    person = make_professional()
    patient = make_patient(followed_by=person)
    assert person.user
    sign_in(client, person.user)
    client.get("/compte/")
    _expire(client)
    fields = {"patient": str(patient.pk), "kind": "KINE_REMOB"}
    way_in = client.post("/actes/noter/", fields)["Location"]
    assert way_in == "/compte/login/?next=/actes/noter/"
    sign_in(client, person.user)
    page = client.get("/actes/noter/").content.decode()
    assert "Votre session avait expiré" in page
    assert patient.birth_name in page
    assert person.acts.count() == 0
    assert "Votre session avait expiré" not in client.get("/actes/noter/").content.decode()


def test_typed_text_is_encrypted_and_out_of_the_address(client: Client) -> None:
    user = make_user(Role.COORDINATOR)
    sign_in(client, user)
    client.get("/compte/")
    _expire(client)
    answer = client.post(FORM, TYPED)
    assert "Aubrac" not in answer["Location"]
    assert "Aubrac" not in client.session[KEPT]


def test_another_person_finds_nothing(client: Client) -> None:
    _type_after_expiry(client, make_user(Role.COORDINATOR))
    other = make_user(Role.COORDINATOR)
    sign_in(client, other)
    assert _take(client, other) is None


def test_another_page_finds_nothing_and_spoils_nothing(client: Client) -> None:
    user = make_user(Role.COORDINATOR)
    _type_after_expiry(client, user)
    sign_in(client, user)
    assert _take(client, user, "/comptes/") is None
    assert _take(client, user) is not None


def test_an_hour_later_nothing_is_left(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(Role.COORDINATOR)
    _type_after_expiry(client, user)
    sign_in(client, user)
    later = time.time() + 3601
    monkeypatch.setattr("time.time", lambda: later)
    assert _take(client, user) is None
    assert KEPT not in client.session


def test_after_a_sign_out_nothing_is_kept(client: Client) -> None:
    user = make_user(Role.COORDINATOR)
    sign_in(client, user)
    client.get("/compte/")
    client.post("/compte/logout/")
    client.post(FORM, TYPED)
    assert KEPT not in client.session


def test_stranger_keeps_nothing(client: Client) -> None:
    client.post(FORM, TYPED)
    assert KEPT not in client.session


def test_too_much_is_not_kept(client: Client) -> None:
    user = make_user(Role.COORDINATOR)
    sign_in(client, user)
    client.get("/compte/")
    _expire(client)
    client.post(FORM, {"birth_name": "x" * 40_000})
    assert KEPT not in client.session


def test_form_sent_from_another_site_is_not_kept() -> None:
    client = Client(enforce_csrf_checks=True)
    user = make_user(Role.COORDINATOR)
    sign_in(client, user)
    client.get("/compte/")
    _expire(client)
    assert client.post(FORM, TYPED).status_code == 403
    assert KEPT not in client.session
