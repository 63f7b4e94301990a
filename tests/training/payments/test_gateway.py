"""The contract of the gateway, on the stand-in, and on Stripe's test mode when its key is here."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import stripe as off
from portal.settings.stripe import read_cards
from training.gateways.card import Gateway, Order, Refused, Unreachable
from training.gateways.stand_in.books import (
    balance,
    dispute_charge,
    end_dispute,
    pay_checkout,
    pay_out,
)
from training.gateways.stand_in.server import RealInstallation, StandIn, running

TEST_KEY = os.environ.get("STRIPE_TEST_KEY", "")
SERVICES = ["stand_in", "stripe"] if TEST_KEY else ["stand_in"]
CARD = "4242424242424242"


def order(**fields: object) -> Order:
    defaults = {
        "uid": str(uuid4()),
        "cents": 12000,
        "label": "Participation",
        "mail": "personne@example.org",
        "back": "https://portail.example.org/inscription/",
        "expires_at": datetime.now(UTC) + timedelta(minutes=31),
    }
    return Order(**(defaults | fields))  # type: ignore[arg-type]


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with running() as server:
        yield server


@pytest.fixture(params=SERVICES)
def gateway(request: pytest.FixtureRequest, stand_in: StandIn) -> Gateway:
    if request.param == "stripe":
        return Gateway(TEST_KEY)
    return Gateway("rk_test_x", api=stand_in.base)


def test_checkout_is_opened_once_read_and_closed(gateway: Gateway) -> None:
    asked = order()
    first, again = gateway.open_checkout(asked), gateway.open_checkout(asked)
    assert (first.session, first.reference) == (again.session, asked.uid)
    assert (first.cents, first.currency, first.paid, first.expired, first.live) == (
        12000,
        "eur",
        False,
        False,
        False,
    )
    assert first.url.startswith("http")
    read = gateway.read_checkout(first.session)
    assert (read.session, read.intent, read.refunds, read.dispute) == (first.session, "", (), None)
    assert gateway.close_checkout(first.session).expired
    assert gateway.close_checkout(first.session).expired  # twice is once


def test_what_cannot_be_is_refused(gateway: Gateway) -> None:
    asked = order()
    gateway.open_checkout(asked)
    with pytest.raises((Refused, Unreachable)):  # the same key, another question
        gateway.open_checkout(order(uid=asked.uid, cents=1))
    with pytest.raises(Refused):
        gateway.open_checkout(order(expires_at=datetime.now(UTC) + timedelta(minutes=2)))
    with pytest.raises(Refused):
        gateway.read_checkout("cs_test_nothing")
    with pytest.raises(Refused):
        gateway.send_refund(intent="pi_nothing", cents=100, uid=str(uuid4()))


def test_lists_can_be_read(gateway: Gateway) -> None:
    since = datetime.now(UTC) - timedelta(days=2)
    for listed in (gateway.events(since), gateway.payouts(since), gateway.moves(since=since)):
        assert isinstance(listed, list)


def test_no_answer_and_no_right_are_told_apart_from_a_refusal(stand_in: StandIn) -> None:
    for unreachable in (
        Gateway("rk_test_x", api="http://127.0.0.1:9"),
        Gateway("rk_wrong", api=stand_in.base),
    ):
        with pytest.raises(Unreachable):
            unreachable.open_checkout(order())


def test_money_of_the_stand_in_adds_up(stand_in: StandIn) -> None:
    gateway, books = Gateway("rk_test_x", api=stand_in.base), stand_in.books
    pages = [gateway.open_checkout(order()) for _ in range(3)]
    for page in pages:
        session = books.get(page.session)
        assert pay_checkout(books, session, "4000000000009995") == "insufficient_funds"
        assert pay_checkout(books, session, CARD) == pay_checkout(books, session, CARD) == ""
    first, second, third = (gateway.read_checkout(page.session) for page in pages)
    uid = str(uuid4())
    sent = [gateway.send_refund(intent=first.intent, cents=5000, uid=uid) for _ in range(2)]
    assert sent[0] == sent[1]
    with pytest.raises(Refused):
        gateway.send_refund(intent=first.intent, cents=7001, uid=str(uuid4()))
    told = gateway.read_checkout(first.session)
    assert [(each.cents, each.uid, each.done) for each in told.refunds] == [(5000, uid, True)]
    won = dispute_charge(books, books.get(second.charge))
    lost = dispute_charge(books, books.get(third.charge))
    assert gateway.read_checkout(second.session).dispute == "open"
    end_dispute(books, won, won=True)
    end_dispute(books, lost, won=False)
    assert gateway.read_checkout(second.session).dispute == "won"
    assert gateway.read_checkout(third.session).dispute == "lost"
    # three times 117.95, less 50.00, two dispute fees of 15.00, and 120.00 lost
    assert balance(books) == 3 * 11795 - 5000 - 2 * 1500 - 12000
    paid = pay_out(books)
    assert paid is not None
    assert (balance(books), pay_out(books)) == (0, None)
    (payout,) = gateway.payouts(datetime.now(UTC) - timedelta(days=1))
    moves = gateway.moves(payout=payout.key)
    assert sum(each.net for each in moves if each.kind != "payout") == payout.cents
    assert {each.intent for each in moves if each.kind == "charge"} == {
        each.intent for each in (first, second, third)
    }
    assert gateway.find_checkout(first.intent) == (first.reference, first.session)


def test_stand_in_keeps_its_books_and_never_stands_beside_real_settings(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "books.sqlite3"
    with running(path=path) as server:
        made = Gateway("rk_test_x", api=server.base).open_checkout(order())
    with running(path=path) as server:
        found = Gateway("rk_test_x", api=server.base).read_checkout(made.session)
    assert (found.session, found.reference) == (made.session, made.reference)
    assert (off.STRIPE_KEY, off.STRIPE_API) == ("", "")  # a real installation reaches Stripe alone
    monkeypatch.setenv("ARIANE_SECRET_KEY", "x")
    with pytest.raises(RealInstallation), running():
        pass


@pytest.mark.parametrize(
    ("key", "secrets", "expected"),
    [
        ("", "", ("", [])),
        ("rk_live_a", "whsec_a, whsec_b", ("rk_live_a", ["whsec_a", "whsec_b"])),
        ("sk_live_a", "whsec_a", None),
        ("rk_live_a", "", None),
        ("", "whsec_a", None),
        ("rk_live_a", "secret", None),
    ],
)
def test_keys_are_checked_at_the_start(
    key: str, secrets: str, expected: tuple[str, list[str]] | None
) -> None:
    environ = {"ARIANE_STRIPE_KEY": key, "ARIANE_STRIPE_WEBHOOK_SECRETS": secrets}
    if expected:
        assert read_cards(environ) == expected
        return
    with pytest.raises(ImproperlyConfigured):
        read_cards(environ)
