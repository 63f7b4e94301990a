"""The card service for tests: our stand-in on a free port, reached through the real library."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from network.models import User
from tests.factories.meetings import make_meeting
from training.actions.registrations import register
from training.enums import Mode, Profile
from training.gateways import desk
from training.gateways.card import Gateway, gateway
from training.gateways.stand_in.books import Books, Thing, pay_checkout
from training.gateways.stand_in.delivery import signature
from training.gateways.stand_in.server import StandIn, running
from training.models import CardPayment, Meeting, Registration

SECRET = "whsec_tests"
GOOD = "4242424242424242"
WEBHOOK = "/paiements-par-carte/avis/"
PRICES = {
    "price_liberal": Decimal("120.00"),
    "price_salaried": Decimal("90.00"),
    "price_student": Decimal("0.00"),
}


@pytest.fixture
def cards(settings: Any) -> Iterator[StandIn]:
    """The stand-in answers, and the portal has its key."""
    with running() as stand_in:
        settings.STRIPE_KEY = "rk_test_tests"
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        settings.STRIPE_API = settings.STRIPE_CHECKOUT = stand_in.base
        yield stand_in


def service() -> Gateway:
    found = gateway()
    assert found is not None
    return found


def make_paid_meeting(**fields: Any) -> Meeting:
    return make_meeting(**(PRICES | fields))


def take_seat(
    meeting: Meeting, person: User, now: datetime, profile: Profile = Profile.LIBERAL
) -> Registration:
    return register(meeting=meeting, mode=Mode.VIDEO, by=person, now=now, profile=profile)


def open_page(registration: Registration, now: datetime) -> CardPayment:
    """Begin to pay: the checkout is open."""
    desk.pay(registration, by=registration.person, gateway=service(), now=now)
    return CardPayment.objects.filter(registration=registration).latest("attempt")


def pay_there(stand_in: StandIn, payment: CardPayment, card: str = GOOD) -> str:
    """Pay on the stand-in's page; nothing of it is told here."""
    with stand_in.books.lock:
        session = stand_in.books.get(str(payment.session), "checkout.session")
        return pay_checkout(stand_in.books, session, card)


def events(books: Books) -> list[Thing]:
    """All that the stand-in has to tell, the oldest first."""
    return list(books.all("event"))[::-1]


def tell(client: Client, event: Thing, *, at: int | None = None, secret: str = SECRET) -> int:
    """Deliver an event, signed; the status of the answer."""
    body = json.dumps(event).encode()
    return send(client, body, signature(body, secret, at or int(time.time())))


def send(client: Client, body: bytes, header: str) -> int:
    answer = client.post(
        WEBHOOK, body, content_type="application/json", headers={"Stripe-Signature": header}
    )
    return answer.status_code


def settle(now: datetime) -> None:
    """The worker's round."""
    desk.watch(gateway=service(), now=now)
