"""« Mes demandes » through the test client: sent in one gesture, followed, corrected."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fees.actions.claims import return_line
from fees.actions.validation import validate_act
from fees.enums import Kind, LineState
from fees.models import Act, Claim, ClaimLine
from network.enums import Profession, Role
from network.models import Patient, Professional, User
from portal.kit import clock
from portal.kit.dates import add_months
from tests.factories.fees import account, claim, log, pay
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def last_month() -> date:
    return add_months(clock.today().replace(day=1), -1)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient(physio: Professional) -> Patient:
    return make_patient(included_on=clock.today() - timedelta(days=200), followed_by=physio)


@pytest.fixture
def acts(patient: Patient, physio: Professional) -> list[Act]:
    """Three sessions of last month."""
    days = [last_month() + timedelta(days=each) for each in range(3)]
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in days]


def form_in(page: str) -> dict[str, str]:
    """What the first sending form of the page holds."""
    form = re.search(r'name="month" value="([^"]+)">.*?name="request_id" value="([^"]+)"', page)
    assert form
    return {"month": form.group(1), "request_id": form.group(2)}


def test_month_is_sent_in_one_gesture(
    signed_in: SignedIn, physio: Professional, acts: list[Act]
) -> None:
    client = signed_in(account(physio))
    page = client.get(reverse("fees:my_claims")).content.decode()
    assert "3 actes acceptés à demander" in page
    sent = form_in(page)
    answers = [client.post(reverse("fees:send_claim"), sent)["Location"] for _ in range(2)]
    made = Claim.objects.get()
    assert answers == [reverse("fees:my_claim", args=[made.pk])] * 2
    after = client.get(answers[0]).content.decode()
    assert "Demande envoyée" in after
    assert "90,00\u00a0€" in after


def test_all_months_are_sent_at_once(
    signed_in: SignedIn, physio: Professional, patient: Patient, acts: list[Act]
) -> None:
    log(patient, physio, Kind.KINE_REMOB, last_month() - timedelta(days=3))
    client = signed_in(account(physio))
    assert "Tout envoyer (2 demandes)" in client.get(reverse("fees:my_claims")).content.decode()
    sent = {"request_id": str(uuid4())}
    for _ in range(2):
        answer = client.post(reverse("fees:send_claim"), sent, follow=True)
        assert "2 demandes envoyées\u00a0: 4 actes, 120,00\u00a0€" in answer.content.decode()
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"month": "2026-13", "request_id": str(uuid4())}])
def test_unreadable_form_sends_nothing(
    signed_in: SignedIn, physio: Professional, acts: list[Act], sent: dict[str, str]
) -> None:
    client = signed_in(account(physio))
    answer = client.post(reverse("fees:send_claim"), sent, follow=True)
    assert "Rien n’est envoyé" in answer.content.decode()
    assert not Claim.objects.exists()


def test_nothing_to_send_is_said(signed_in: SignedIn, physio: Professional) -> None:
    page = signed_in(account(physio)).get(reverse("fees:my_claims")).content.decode()
    assert "Rien à envoyer" in page


def test_home_and_list_say_what_waits(
    signed_in: SignedIn, physio: Professional, acts: list[Act]
) -> None:
    client = signed_in(account(physio))
    said = "3 actes"
    home = client.get(reverse("home:dashboard")).content.decode()
    assert "Envoyer ma demande" in home
    assert said in home
    assert "90,00\u00a0€\u00a0: à envoyer." in client.get(reverse("fees:my_acts")).content.decode()


def test_returned_act_shows_its_reason_and_gestures(
    signed_in: SignedIn, physio: Professional, acts: list[Act]
) -> None:
    claim(acts[0], now=clock.now())
    line = ClaimLine.objects.get(act=acts[0])
    return_line(line=line, reason="Jour férié", by=make_user(Role.ACCOUNTANT), now=clock.now())
    client = signed_in(account(physio))
    page = client.get(reverse("fees:my_claim", args=[line.claim_id])).content.decode()
    assert "«\u00a0Jour férié\u00a0»" in page
    for name, pk in (("replace", acts[0].pk), ("cancel", acts[0].pk), ("claim_again", line.pk)):
        assert reverse(f"fees:{name}", args=[pk]) in page
    assert "Corriger un acte renvoyé" in client.get(reverse("home:dashboard")).content.decode()
    assert "«\u00a0Jour férié\u00a0»" in client.get(reverse("fees:my_claims")).content.decode()


def test_returned_act_is_asked_for_again_from_its_page(
    signed_in: SignedIn, physio: Professional, acts: list[Act]
) -> None:
    claim(acts[0], now=clock.now())
    line = ClaimLine.objects.get(act=acts[0])
    return_line(line=line, reason="Jour férié", by=make_user(Role.ACCOUNTANT), now=clock.now())
    client, address = signed_in(account(physio)), reverse("fees:claim_again", args=[line.pk])
    assert "Jour férié" in client.get(address).content.decode()
    sent = {"request_id": str(uuid4()), "note": ""}
    assert client.post(address, sent).status_code == 422
    sent["note"] = "Séance à domicile, ce jour-là"
    answers = [client.post(address, sent)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert list(acts[0].claim_lines.order_by("pk").values_list("state", flat=True)) == [
        LineState.RETURNED,
        LineState.SENT,
    ]
    refused = client.post(address, sent | {"request_id": str(uuid4())})
    assert (refused.status_code, "plus à corriger" in refused.content.decode()) == (422, True)


def test_paid_claim_shows_its_transfer(
    signed_in: SignedIn, physio: Professional, acts: list[Act]
) -> None:
    pay(*acts, now=clock.now())
    made = Claim.objects.get()
    page = signed_in(account(physio)).get(reverse("fees:my_claim", args=[made.pk])).content.decode()
    assert "Payée\u00a0: 3 sur 3" in page
    assert "Avis de virement (PDF)" in page


def test_claim_of_somebody_else_is_not_found(signed_in: SignedIn, acts: list[Act]) -> None:
    claim(*acts, now=clock.now())
    other = make_professional(profession=Profession.PHYSIO)
    client = signed_in(account(other))
    assert client.get(reverse("fees:my_claim", args=[Claim.objects.get().pk])).status_code == 404
    line = ClaimLine.objects.first()
    assert line
    assert client.get(reverse("fees:claim_again", args=[line.pk])).status_code == 404


def test_queries_do_not_grow(
    signed_in: SignedIn, physio: Professional, patient: Patient, acts: list[Act]
) -> None:
    client, by = signed_in(account(physio)), make_user(Role.ACCOUNTANT)
    claim(acts[0], now=clock.now())
    made = Claim.objects.get()
    addresses = [reverse("fees:my_claims"), reverse("fees:my_claim", args=[made.pk])]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                client.get(address)
            found.append(len(caught))
        return found

    def late(days: int) -> Act:
        return log(patient, physio, Kind.KINE_REMOB, last_month() + timedelta(days=days))

    late(10)
    counts()
    before = counts()
    for days in (11, 12):
        late(days)
    claim(acts[1], now=clock.now())
    for days in (13, 14, 15):
        late(days)
    validate_act(act=acts[1], by=by, now=clock.now())
    after = counts()
    assert before == after
