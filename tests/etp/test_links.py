"""The personal link of a mail: sent, opened with a birth date, closed; and what it never opens."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from network.actions.links import revoke_personal_links, send_personal_link
from network.enums import Role
from network.models import JournalEntry, OutboxMessage, Patient, PersonalLink, Representative
from tests.factories.etp import make_participant, make_session
from tests.factories.network import make_patient, make_user, sign_in

pytestmark = pytest.mark.django_db
BORN = "29/02/1980"


def mailed(patient: Patient | None = None) -> tuple[Patient, str]:
    """A patient, and the address that the mail gives."""
    patient = patient or make_participant(make_session().workshop)
    by = make_user(Role.COORDINATOR)
    send_personal_link(patient=patient, by=by, now=timezone.now())
    mail = OutboxMessage.objects.latest("pk")
    found = re.search(r"https?://[^/]+(/acces/\S+)", mail.body)
    assert found
    return patient, found[1]


def enter(client: Client, address: str, birth_date: str = BORN) -> Any:
    return client.post(address, {"birth_date": birth_date})


def test_link_is_kept_as_a_hash() -> None:
    _, address = mailed()
    secret = address.split("/")[2]
    assert len(secret) >= 43
    assert secret not in str(PersonalLink.objects.values())


def test_link_without_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        mailed(make_patient(email=""))


def test_link_of_a_child_goes_to_the_parents() -> None:
    child = make_patient(email="", birth_date=timezone.localdate() - timedelta(days=3000))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=child, user=parent, relation="mère")
    mailed(child)
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == [parent.email]


def test_two_clicks_send_one_link() -> None:
    patient, _ = mailed()
    mailed(patient)
    assert OutboxMessage.objects.count() == 1


def test_new_link_closes_the_one_before(client: Client) -> None:
    patient, first = mailed()
    PersonalLink.objects.update(made_at=timezone.now() - timedelta(hours=1))
    _, second = mailed(patient)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_birth_date_opens_the_workshops(client: Client) -> None:
    _, address = mailed()
    assert enter(client, address)["Location"] == "/mes-ateliers/"
    assert client.get("/mes-ateliers/").status_code == 200


def test_opening_the_link_changes_nothing(client: Client) -> None:
    _, address = mailed()
    before = list(PersonalLink.objects.values())
    answer = client.get(address)
    assert (answer.status_code, answer["Referrer-Policy"]) == (200, "same-origin")
    assert "no-store" in answer["Cache-Control"]
    assert list(PersonalLink.objects.values()) == before
    assert JournalEntry.objects.filter(verb="link.opened").count() == 0


def test_five_wrong_dates_close_the_link(client: Client) -> None:
    _, address = mailed()
    statuses = [enter(client, address, "01/01/1970").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 410]
    assert enter(client, address).status_code == 410
    assert JournalEntry.objects.filter(verb="link.closed").count() == 1


def test_date_badly_written_is_no_try(client: Client) -> None:
    _, address = mailed()
    assert enter(client, address, "hier").status_code == 422
    assert PersonalLink.objects.get().failures == 0


def test_unknown_and_closed_links_answer_the_same(client: Client) -> None:
    _, address = mailed()
    PersonalLink.objects.update(revoked_at=timezone.now())
    closed, unknown = client.get(address), client.get("/acces/inconnu/")
    nonce = re.compile(rb'nonce="[^"]+"|[A-Za-z0-9]{64}')
    assert closed.status_code == unknown.status_code == 410
    assert nonce.sub(b"", closed.content) == nonce.sub(b"", unknown.content)


def test_session_key_changes_on_entering(client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    _, address = mailed()
    enter(client, address)
    assert client.session.session_key != session.session_key
    assert "planted" not in client.session


@pytest.mark.parametrize("path", ["/mon-dossier/", "/accueil/", "/compte/", "/patients/"])
def test_link_opens_no_other_page(client: Client, path: str) -> None:
    _, address = mailed()
    enter(client, address)
    answer = client.get(path)
    assert answer.status_code in (302, 404)
    assert (
        answer.status_code == 404
        or "/compte/connexion" in answer["Location"]
        or ("/login" in answer["Location"])
    )


def test_revoked_link_ends_what_it_opened(client: Client) -> None:
    patient, address = mailed()
    enter(client, address)
    revoke_personal_links(patient=patient, by=None, now=timezone.now())
    assert client.get("/mes-ateliers/").status_code == 302


def test_entry_ends_after_half_a_day(client: Client) -> None:
    _, address = mailed()
    enter(client, address)
    session = client.session
    session["personal_link"] |= {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    assert client.get("/mes-ateliers/").status_code == 302


def test_link_of_a_parent_ends_with_minority(client: Client) -> None:
    child = make_patient(email="", birth_date=timezone.localdate() - timedelta(days=3000))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=child, user=parent, relation="mère")
    _, address = mailed(child)
    enter(client, address, f"{child.birth_date:%d/%m/%Y}")
    assert client.get("/mes-ateliers/").status_code == 200
    Patient.objects.filter(pk=child.pk).update(birth_date=date(1990, 1, 1))
    assert client.get("/mes-ateliers/").status_code == 302


def test_account_open_on_the_device_is_not_mixed_with_the_link(client: Client) -> None:
    sign_in(client, make_user(Role.COORDINATOR))
    _, address = mailed()
    enter(client, address)
    assert "personal_link" not in client.session
    assert client.get("/mes-ateliers/").status_code == 403


def test_leaving_closes_the_entry(client: Client) -> None:
    _, address = mailed()
    enter(client, address)
    client.post("/mes-ateliers/quitter/")
    assert client.get("/mes-ateliers/").status_code == 302
