"""What a patient had typed when the access ended comes back, by account and by link."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as Visit
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from etp.models import Feedback
from network.enums import Role
from network.models import Patient
from tests.etp.test_links import enter, mailed
from tests.factories.etp import attend, make_participant, make_session
from tests.factories.network import make_user, sign_in

pytestmark = pytest.mark.django_db
NOTICE = "Votre session avait expiré"
WORDS = "On m’a appris à respirer."


def form_of(patient: Patient) -> str:
    """The address where this person says what a session was worth."""
    session = make_session(starts_at=timezone.now() - timedelta(days=2))
    return reverse("etp:feedback", args=[attend(session, patient).uid])


def test_words_come_back_after_sign_in(client: Client) -> None:
    user = make_user(Role.PATIENT)
    address = form_of(make_participant(user=user))
    sign_in(client, user)
    client.get(address)
    Visit.objects.all().delete()
    assert client.post(address, {"useful": "4", "words": WORDS}).status_code == 302
    sign_in(client, user)
    page = client.get(address)
    assert page.status_code == 200
    assert (NOTICE in page.content.decode(), WORDS in page.content.decode()) == (True, True)
    assert Feedback.objects.count() == 0
    client.post(address, {"useful": "4", "words": WORDS})
    assert Feedback.objects.get().words == WORDS


def test_words_come_back_by_the_link_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, link = mailed()
    address = form_of(patient)
    enter(client, link)
    client.get(address)
    half_a_day_later = timezone.now() + timedelta(hours=13)
    monkeypatch.setattr("portal.kit.clock.now", lambda: half_a_day_later)
    assert client.post(address, {"useful": "4", "words": WORDS}).status_code == 302
    monkeypatch.undo()
    enter(client, link)
    page = client.get(address).content.decode()
    assert (NOTICE in page, WORDS in page) == (True, True)
    assert WORDS not in client.get(address).content.decode()


def test_leaving_forgets_who_was_there(client: Client) -> None:
    patient, link = mailed()
    address = form_of(patient)
    enter(client, link)
    client.get(address)
    client.post(reverse("network:leave_link"))
    client.post(address, {"useful": "4", "words": WORDS})
    enter(client, link)
    assert WORDS not in client.get(address).content.decode()
