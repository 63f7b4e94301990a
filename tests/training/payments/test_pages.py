"""The pages of paid registrations: who pays, who refunds, what accountancy reads."""

import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.cards import make_paid_meeting, open_page, pay_there, service, settle, take_seat
from tests.factories.cards import pay
from tests.factories.network import make_user, sign_in
from training.actions.meetings import keep_meeting
from training.gateways import desk
from training.gateways.stand_in.books import pay_out
from training.gateways.stand_in.server import StandIn
from training.models import CardPayment, CardRefund, Registration, TrainingBody, WebinarPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_reference")]
type SignIn = Callable[[User], Client]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def day() -> WebinarPage:
    page: WebinarPage = WebinarPage.objects.get(slug="journee-annuelle")
    keep_meeting(page=page, now=clock.now())
    return page


def test_price_is_announced_and_without_keys_the_page_says_so(
    day: WebinarPage, signed_in: SignIn, client: Client
) -> None:
    told = Client().get(day.url).content.decode()
    assert "60,00\u00a0€" in told
    assert "Sans TVA" in told
    assert '"isAccessibleForFree": false' in told
    reader = signed_in(make_user(Role.CLINICIAN))
    assert "Le paiement en ligne n’est pas ouvert." in reader.get(day.url).content.decode()
    assert "Gratuit ou jusqu’à 60,00\u00a0€" in Client().get("/agenda/").content.decode()


def test_clinician_registers_pays_and_gets_an_invoice(
    cards: StandIn, day: WebinarPage, client: Client
) -> None:
    person = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire")
    sign_in(client, person)
    register = f"/se-former/rencontres/{day.translation_key}/inscription/"
    answer = client.post(register, {"mode": "on_site"}, follow=True)
    assert "Dites d’abord à quel tarif vous venez." in answer.content.decode()
    answer = client.post(register, {"mode": "on_site", "profile": "liberal"}, follow=True)
    held = Registration.objects.get(person=person)
    here = f"/se-former/inscriptions/{held.uid}/"
    assert "Payer 60,00\u00a0€ par carte" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"form-action 'self' {cards.base};" in f"{policy};"
    answer = client.post(f"{here}payer/")
    assert (answer.status_code, answer["Location"][: len(cards.base)]) == (302, cards.base)

    payment = CardPayment.objects.get()
    TrainingBody(pk=1, name="Réseau Fil", signatory="Dr Fil", siret="99999999900017").save()
    pay_there(cards, payment)
    assert "Nous attendons la confirmation" in client.get(f"{here}?retour=1").content.decode()
    payment.refresh_from_db()
    assert payment.state == "open"  # coming back decides nothing
    desk.refresh(payment, gateway=service(), now=clock.now())
    answer = client.get(here)
    assert cards.base not in answer.headers["Content-Security-Policy"]
    assert "Annuler et être remboursé de 60,00\u00a0€" in answer.content.decode()
    invoice = payment.documents.get()
    pdf = client.get(f"/se-former/factures/{invoice.pk}.pdf")
    told = text_of(pdf.content)
    siret = "SIRET : 999 999 999 00017"
    for words in (f"Facture n° {invoice.code}", "60,00", "261-4-4", "exercice libéral", siret):
        assert words in told.replace("\u00a0", " ")


def test_refund_takes_two_people_and_payouts_are_explained(cards: StandIn, client: Client) -> None:
    person = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire")
    meeting = make_paid_meeting(price_liberal=Decimal(60))
    payment = open_page(take_seat(meeting, person, clock.now()), clock.now())
    pay_there(cards, payment)
    desk.refresh(payment, gateway=service(), now=clock.now())
    invoice = payment.documents.get()

    editor, accountant = make_user(Role.EDITOR), make_user(Role.ACCOUNTANT)
    sign_in(client, editor)
    asking = f"/paiements-par-carte/{payment.pk}/rembourser/"
    assert client.post(asking, {"euros": "60,01", "reason": "Trop"}).status_code == 422
    assert client.post(asking, {"euros": "", "reason": ""}).status_code == 422
    assert client.post(asking, {"euros": "20,00", "reason": "Demi-journée"}).status_code == 302
    asked = CardRefund.objects.get()
    deciding = f"/paiements-par-carte/remboursements/{asked.pk}/"
    assert client.post(deciding, {"confirm": "1"}).status_code == 403
    sign_in(client, accountant)
    shown = client.get("/paiements-par-carte/").content.decode()
    assert "Remboursement à confirmer" in shown
    figures = re.findall(r'<dd class="figure">([^<]*)</dd>', shown)
    assert figures == ["60,00\u00a0€", "0,00\u00a0€", "0,00\u00a0€"]
    assert client.post(deciding, {"refuse": "1", "why": ""}).status_code == 422
    assert client.post(deciding, {"confirm": "1"}).status_code == 302
    settle(clock.now())
    payment.refresh_from_db()
    assert (payment.state, payment.refunded) == ("partly", 2000)
    credit = payment.documents.get(kind="credit")
    told = text_of(client.get(f"/paiements-par-carte/factures/{credit.pk}.pdf").content)
    assert f"Sur la facture : {invoice.code}" in told.replace("\u00a0", " ")

    pay_out(cards.books)
    desk.sync_balance(gateway=service(), now=clock.now())
    told = client.get("/paiements-par-carte/versements/").content.decode()
    assert "Expliqué" in told
    assert "38,85\u00a0€" in told  # 60.00 less 1.15 of fees less 20.00
    payout = payment.moves.first()
    assert payout is not None
    told = client.get(f"/paiements-par-carte/versements/{payout.payout_id}/").content.decode()
    assert "Hugo Lemaire" in told


def test_list_of_payments_asks_as_much_for_one_as_for_three(
    signed_in: SignIn, settings: Any
) -> None:
    settings.STRIPE_KEY = "rk_test_x"
    meeting = make_paid_meeting(price_student=Decimal(10))
    accountant = signed_in(make_user(Role.ACCOUNTANT))
    counts = []
    for rank in range(3):
        person = make_user(Role.CLINICIAN)
        pay(take_seat(meeting, person, clock.now()), person)
        if rank == 1:
            continue
        with CaptureQueriesContext(connection) as asked:
            assert accountant.get("/paiements-par-carte/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
