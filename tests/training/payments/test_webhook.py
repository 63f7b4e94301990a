"""What the card service tells: signed or refused, once, in any order, with one final state."""

import json
import time
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.test import Client

from network.enums import Role
from tests.cards import (
    SECRET,
    WEBHOOK,
    events,
    make_paid_meeting,
    open_page,
    pay_there,
    send,
    service,
    settle,
    take_seat,
    tell,
)
from tests.factories.network import make_user
from tests.public_site import NOW
from training.gateways import desk
from training.gateways.card import Gateway
from training.gateways.stand_in.books import expire_checkout, refund
from training.gateways.stand_in.delivery import signature
from training.gateways.stand_in.server import StandIn
from training.models import CardEvent, CardPayment, CardRefund, Invoice, Registration
from training.selectors.verify_meetings import recount_meetings
from training.selectors.verify_payments import recount_numbers, recount_payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_reference")]
HOUR = 3600


def open_pages(count: int) -> list[CardPayment]:
    meeting = make_paid_meeting(seats_remote=count)
    return [
        open_page(take_seat(meeting, make_user(Role.CLINICIAN), NOW), NOW) for _ in range(count)
    ]


def states() -> Counter[str]:
    return Counter(CardPayment.objects.values_list("state", flat=True))


def assert_sound() -> None:
    for each in (recount_meetings, recount_payments, recount_numbers):
        assert list(each(Counter())) == []


def test_same_event_a_hundred_times_has_one_effect(cards: StandIn, client: Client) -> None:
    (payment,) = open_pages(1)
    pay_there(cards, payment)
    done = next(each for each in events(cards.books) if each["type"].startswith("checkout"))
    assert {tell(client, done) for _ in range(50)} == {200}
    settle(NOW)
    assert {tell(client, done) for _ in range(50)} == {200}
    settle(NOW)
    assert (CardEvent.objects.count(), Invoice.objects.count()) == (1, 1)
    assert states() == {"paid": 1}
    assert_sound()


@pytest.mark.wide
@pytest.mark.parametrize("seed", [1, 2])
def test_events_in_any_order_and_number_end_in_one_state(
    cards: StandIn, client: Client, seed: int
) -> None:
    pages = open_pages(12)
    books = cards.books
    for rank, payment in enumerate(pages):
        session = books.get(str(payment.session))
        if rank < 2:
            expire_checkout(books, session)
            continue
        pay_there(cards, payment)
        intent = books.get(str(payment.session))["payment_intent"]
        if rank < 5:  # ordered at the card service, outside the portal
            refund(books, {"payment_intent": intent, "amount": 2000})
        if rank < 4:
            refund(books, {"payment_intent": intent})
    random = Random(seed)
    told = events(books) * 2
    assert len(told) >= 80
    random.shuffle(told)
    half = len(told) // 2
    assert {tell(client, each) for each in told[:half]} == {200}
    settle(NOW)
    assert {tell(client, each) for each in told[half:]} == {200}
    settle(NOW)
    assert states() == {"expired": 2, "refunded": 2, "partly": 1, "paid": 7}
    assert Invoice.objects.filter(kind="invoice").count() == 10
    assert CardRefund.objects.filter(cause="elsewhere", state="done").count() == 5
    assert CardEvent.objects.filter(handled_at=None).count() == 0
    assert Registration.objects.filter(state="booked").count() == 10
    assert_sound()


def test_forged_stale_and_malformed_messages_are_refused(cards: StandIn, client: Client) -> None:
    (payment,) = open_pages(1)
    pay_there(cards, payment)
    event = events(cards.books)[-1]
    body, now = json.dumps(event).encode(), int(time.time())
    good = signature(body, SECRET, now)
    forged = body.replace(b'"livemode": false', b'"livemode": true ')
    refused = [
        (body, signature(body, "whsec_another", now)),
        (forged, good),
        (body, signature(body, SECRET, now - HOUR)),
        (body, signature(body, SECRET, now + HOUR)),
        (body, good.replace("v1=", "v0=")),
        (body, ""),
        (body, "t=,v1="),
        (body, "nonsense"),
        (b"\xff\xfe", signature(b"\xff\xfe", SECRET, now)),
        (b"{", signature(b"{", SECRET, now)),
        (b"[]", signature(b"[]", SECRET, now)),
        (b"{}", signature(b"{}", SECRET, now)),
        (b'{"object": "event"}', signature(b'{"object": "event"}', SECRET, now)),
    ]
    assert [send(client, *each) for each in refused] == [400] * len(refused)
    live = json.dumps(event | {"livemode": True}).encode()
    assert send(client, live, signature(live, SECRET, now)) == 200  # heard, and not kept
    big = b" " * 600_000
    assert send(client, big, signature(big, SECRET, now)) == 413
    assert client.get(WEBHOOK).status_code == 405
    settle(NOW)
    assert (CardEvent.objects.count(), states()) == (0, {"open": 1})


def test_without_keys_nobody_listens(client: Client) -> None:
    assert send(client, b"{}", "t=1,v1=a") == 404


def test_event_about_nothing_of_ours_is_put_aside(cards: StandIn, client: Client) -> None:
    for kind, about in (
        ("charge.refunded", {"id": "ch_x", "object": "charge", "payment_intent": "pi_x"}),
        ("checkout.session.completed", {"id": "cs_x", "object": "checkout.session"}),
        ("customer.created", {"id": "cus_x", "object": "customer"}),
    ):
        event = {"id": f"evt_{kind}", "object": "event", "type": kind, "livemode": False}
        assert tell(client, event | {"data": {"object": about}}) == 200
    settle(NOW)
    assert CardEvent.objects.filter(handled_at=None).count() == 0
    assert "" not in set(CardEvent.objects.values_list("fault", flat=True))


def test_card_service_that_does_not_answer_loses_nothing(cards: StandIn, client: Client) -> None:
    (payment,) = open_pages(1)
    pay_there(cards, payment)
    tell(client, events(cards.books)[-1])
    desk.watch(gateway=Gateway("rk_test_x", api="http://127.0.0.1:9"), now=NOW)
    assert CardEvent.objects.filter(handled_at=None).count() == 1
    settle(NOW)
    assert states() == {"paid": 1}


def test_lost_webhooks_are_found_by_the_poll(cards: StandIn) -> None:
    paid, left = open_pages(2)
    pay_there(cards, paid)
    expire_checkout(cards.books, cards.books.get(str(left.session)))
    desk.heal(gateway=service(), now=NOW + timedelta(minutes=5))
    assert states() == {"paid": 1, "expired": 1}
    assert CardEvent.objects.filter(handled_at=None).count() == 0
    paid.refresh_from_db()
    assert [(m.gross, m.fee, m.net) for m in paid.moves.all()] == [(12000, 205, 11795)]
    assert_sound()
