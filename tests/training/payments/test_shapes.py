"""What the stand-in answers has the shape that Stripe's own library declares, field by field."""

import types
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from inspect import get_annotations
from typing import Any, NotRequired, Union, get_args, get_origin
from uuid import uuid4

import pytest
import stripe
from stripe.params.checkout import SessionCreateParams

from training.gateways.card import VERSION, Gateway, Order
from training.gateways.stand_in import api
from training.gateways.stand_in.books import (
    DISPUTED,
    Books,
    end_dispute,
    open_checkout,
    pay_checkout,
    pay_out,
    refund,
)
from training.gateways.stand_in.server import running

CARD = "4242424242424242"
RESOURCES: dict[str, type] = {
    each.OBJECT_NAME: each
    for each in (
        stripe.BalanceTransaction,
        stripe.Charge,
        stripe.Dispute,
        stripe.Event,
        stripe.ListObject,
        stripe.PaymentIntent,
        stripe.Payout,
        stripe.Refund,
        stripe.checkout.Session,
    )
}


def fields_of(resource: type) -> dict[str, Any]:
    """Every field declared by a class of the library and by those that it comes from."""
    declared: dict[str, Any] = {}
    for each in reversed(resource.__mro__):
        declared |= get_annotations(each)
    return {name: kind for name, kind in declared.items() if name.islower() and name[0] != "_"}


def may_lack(kind: Any) -> bool:
    """Whether a field of this kind may be absent, or empty."""
    if get_origin(kind) is NotRequired:
        return True
    return get_origin(kind) in {Union, types.UnionType} and type(None) in get_args(kind)


def faults(answer: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """What an answer says that the library does not know, or fails to say; at any depth."""
    known = fields_of(RESOURCES[answer["object"]])
    here = path or answer["object"]
    yield from (f"{here}.{name}: unknown" for name in answer.keys() - known.keys() - {"object"})
    for name, kind in known.items():
        if answer.get(name) is None and not may_lack(kind):
            yield f"{here}.{name}: missing"
    for name, value in answer.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping) and isinstance(each.get("object"), str):
                yield from faults(each, f"{here}.{name}")


@pytest.fixture(scope="module")
def books() -> Books:
    """All that may happen to money: paid, given back, disputed and won, paid out, abandoned."""
    kept = Books()
    for card in (CARD, CARD, DISPUTED, ""):
        page = open_checkout(kept, asked(), "http://localhost")
        pay_checkout(kept, page, card)
    first = next(kept.all("payment_intent"))
    refund(kept, {"payment_intent": first["id"], "amount": "100"})
    end_dispute(kept, next(kept.all("dispute")), won=True)
    pay_out(kept)
    return kept


def asked() -> dict[str, Any]:
    return {
        "mode": "payment",
        "client_reference_id": str(uuid4()),
        "customer_email": "personne@example.org",
        "success_url": "http://localhost/",
        "line_items": [
            {
                "quantity": "1",
                "price_data": {
                    "currency": "eur",
                    "unit_amount": "6000",
                    "product_data": {"name": "Participation"},
                },
            }
        ],
    }


@pytest.mark.parametrize("path", sorted(api.KINDS))
def test_answers_have_the_shape_that_the_library_declares(books: Books, path: str) -> None:
    headers = {"Authorization": "Bearer rk_test_x"}
    expand = {"balance_transactions": ["data.source"]}.get(path, [])
    expand = ["data.payment_intent.latest_charge"] if path == "checkout/sessions" else expand
    status, listed, _extra = api.answer(
        books,
        method="GET",
        path=f"/v1/{path}",
        asked={"expand": expand, "limit": "100"},
        headers=headers,
        base="http://localhost",
    )
    assert status == 200
    assert listed["data"]
    assert sorted(set(faults(listed))) == []
    told = [each["data"]["object"] for each in listed["data"] if each["object"] == "event"]
    assert sorted({fault for each in told for fault in faults(each)}) == []


def test_version_pinned_is_the_one_that_the_library_describes() -> None:
    assert stripe.api_version == VERSION


def test_what_is_not_declared_is_noticed() -> None:
    money: dict[str, Any] = {"object": "payout", "id": "po_1", "cents": 3}
    found = set(faults(money))
    assert {"payout.cents: unknown", "payout.amount: missing"} <= found
    assert "payout.description: missing" not in found  # may be empty


def test_what_is_asked_is_named_as_the_library_names_it() -> None:
    heard: list[dict[str, Any]] = []
    answer = api.answer

    def listen(books: Books, **question: Any) -> api.Answer:
        heard.append(question["asked"])
        return answer(books, **question)

    with pytest.MonkeyPatch.context() as patch, running() as server:
        patch.setattr(api, "answer", listen)
        Gateway("rk_test_x", api=server.base).open_checkout(
            Order(
                uid=str(uuid4()),
                cents=6000,
                label="Participation",
                mail="personne@example.org",
                back="http://localhost/",
                expires_at=datetime.now(UTC) + timedelta(minutes=31),
            )
        )
    assert heard[0].keys() - SessionCreateParams.__annotations__.keys() == set()
