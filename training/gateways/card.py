"""Stripe, asked through its own library: plain facts in and out, one kind of failure.

The version of the API is pinned: an answer keeps its shape until this line changes, and the
webhook's endpoint must be set to the same. Identifiers of ours are the idempotency keys, so a
question asked twice, after a cut, has one effect. No card, no health data, no meeting's name.
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import stripe
from django.conf import settings
from stripe.params import BalanceTransactionListParams
from stripe.params.checkout import SessionCreateParams

from training.enums import DisputeState
from training.rules.checkout import Facts, RefundFacts

VERSION = "2026-10-28.endive"
TOLERANCE = 300  # seconds between a webhook's signature and its reception, either way
EXPAND = ["payment_intent.latest_charge"]
PAGE = 100
PATIENCE = 6  # seconds for an answer: somebody waits on a page
DISPUTES = {"won": DisputeState.WON, "warning_closed": DisputeState.WON}
DISPUTES |= {"lost": DisputeState.LOST, "prevented": DisputeState.WON}

type Answer = dict[str, Any]


class Unreachable(Exception):
    """The card service did not answer, or not well: nothing is known, try again."""


class Refused(Exception):
    """The card service understood and refuses: asking again would not help."""


class Forged(Exception):
    """A webhook that the card service did not sign, or not lately."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is paid: `uid` is ours, `back` where one returns, paid or not."""

    uid: str
    cents: int
    label: str
    mail: str
    back: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a webhook or the list of events says: a reason to read again."""

    key: str
    kind: str
    subject: str
    intent: str
    live: bool


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """A movement of the balance, in cents."""

    key: str
    kind: str
    source: str
    intent: str
    gross: int
    fee: int
    net: int
    made_at: datetime
    available_on: date


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """A payout; `listed`: its movements can be asked for; `reference`: the bank's trace of it."""

    key: str
    cents: int
    state: str
    automatic: bool
    arrives_on: date
    listed: bool
    reference: str = ""


class Gateway:
    """The card service of one key. Every method raises Unreachable or Refused."""

    def __init__(self, key: str, *, api: str = "", secrets: Iterable[str] = ()) -> None:
        self.live = key.startswith(("rk_live_", "sk_live_"))
        self._secrets = list(secrets)
        addresses: Any = {"base_addresses": {"api": api}} if api else {}
        self._client = stripe.StripeClient(
            key,
            stripe_version=VERSION,
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=PATIENCE),
            **addresses,
        )

    def open_checkout(self, order: Order) -> Facts:
        """Open the page where one pays; the same order again, the same page."""
        params: SessionCreateParams = {
            "mode": "payment",
            "client_reference_id": order.uid,
            "customer_email": order.mail,
            "locale": "fr",
            "allowed_payment_method_types": ["card"],
            "expires_at": int(order.expires_at.timestamp()),
            "success_url": f"{order.back}?retour=1",
            "cancel_url": order.back,
            "metadata": {"payment": order.uid},
            "payment_intent_data": {"metadata": {"payment": order.uid}},
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": order.cents,
                        "product_data": {"name": order.label},
                    },
                }
            ],
        }
        with failures():
            made = self._client.v1.checkout.sessions.create(
                params, {"idempotency_key": f"checkout-{order.uid}"}
            )
        return self._facts(made.to_dict())

    def read_checkout(self, session: str) -> Facts:
        """The present facts of a checkout, its charge, refunds and dispute."""
        with failures():
            found = self._client.v1.checkout.sessions.retrieve(session, {"expand": EXPAND})
        return self._facts(found.to_dict())

    def close_checkout(self, session: str) -> Facts:
        """Close the page; its facts, which may be that it was paid just before."""
        try:
            with failures():
                self._client.v1.checkout.sessions.expire(session)
        except Refused:  # paid or expired already: the facts say which
            pass
        return self.read_checkout(session)

    def find_checkout(self, intent: str) -> tuple[str, str]:
        """Reference and name of the checkout of a payment intent; empty when it has none."""
        with failures():
            rows = self._client.v1.checkout.sessions.list({"payment_intent": intent, "limit": 1})
        return next(((each.client_reference_id or "", each.id) for each in rows.data), ("", ""))

    def send_refund(self, *, intent: str, cents: int, uid: str) -> RefundFacts:
        """Order a refund; the same `uid` again, the same refund."""
        with failures():
            made = self._client.v1.refunds.create(
                {"payment_intent": intent, "amount": cents, "metadata": {"refund": uid}},
                {"idempotency_key": f"refund-{uid}"},
            )
        return _refund(made.to_dict())

    def events(self, since: datetime) -> list[Told]:
        """All that was told since then, the oldest first."""
        created: Any = {"gte": int(since.timestamp())}
        with failures():
            rows = self._client.v1.events.list({"created": created, "limit": PAGE})
            return [_told(each.to_dict()) for each in rows.auto_paging_iter()][::-1]

    def moves(self, *, since: datetime | None = None, payout: str = "") -> list[MoveFacts]:
        """The movements of the balance since an instant, or those of one automatic payout."""
        params: BalanceTransactionListParams = {"limit": PAGE, "expand": ["data.source"]}
        if payout:
            params["payout"] = payout
        if since:
            params["created"] = {"gte": int(since.timestamp())}
        with failures():
            rows = self._client.v1.balance_transactions.list(params)
            return [_move(each.to_dict()) for each in rows.auto_paging_iter()]

    def payouts(self, since: datetime) -> list[PayoutFacts]:
        """The payouts made since then."""
        created: Any = {"gte": int(since.timestamp())}
        with failures():
            rows = self._client.v1.payouts.list({"created": created, "limit": PAGE})
            return [_payout(each.to_dict()) for each in rows.auto_paging_iter()]

    def read_webhook(self, body: bytes, signature: str) -> Told:
        """What a signed message says; nothing of it is read before its signature holds.

        Raises Forged, and ValueError for a signed message that cannot be understood.
        """
        if not any(_signed(body, signature, secret) for secret in self._secrets):
            raise Forged
        told = json.loads(body)
        if not isinstance(told, dict) or told.get("object") != "event":
            raise ValueError("not an event")
        try:
            return _told(told)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("not an event") from error

    def _facts(self, session: Answer) -> Facts:
        intent = session.get("payment_intent")
        intent = intent if isinstance(intent, dict) else {"id": intent or ""}
        charge = intent.get("latest_charge")
        charge = charge if isinstance(charge, dict) else {}
        return Facts(
            session=session["id"],
            reference=session.get("client_reference_id") or "",
            cents=session.get("amount_total") or 0,
            currency=session.get("currency") or "",
            live=bool(session.get("livemode")),
            expired=session.get("status") == "expired",
            paid=session.get("payment_status") == "paid",
            url=session.get("url") or "",
            intent=intent["id"],
            charge=charge.get("id", ""),
            dispute=self._dispute(charge) if charge.get("disputed") else None,
            refunds=self._refunds(intent["id"]) if charge.get("amount_refunded") else (),
        )

    def _refunds(self, intent: str) -> tuple[RefundFacts, ...]:
        with failures():
            rows = self._client.v1.refunds.list({"payment_intent": intent, "limit": PAGE})
            found = [_refund(each.to_dict()) for each in rows.auto_paging_iter()]
        return tuple(reversed(found))

    def _dispute(self, charge: Answer) -> DisputeState:
        with failures():
            rows = self._client.v1.disputes.list({"charge": charge["id"], "limit": 1})
        states = [str(each.status) for each in rows.data]
        return DISPUTES.get(states[0], DisputeState.OPEN) if states else DisputeState.OPEN


def gateway() -> Gateway | None:
    """The card service of this installation; None without keys."""
    if not settings.STRIPE_KEY:
        return None
    return _made(settings.STRIPE_KEY, settings.STRIPE_API, tuple(settings.STRIPE_WEBHOOK_SECRETS))


@cache
def _made(key: str, api: str, secrets: tuple[str, ...]) -> Gateway:
    """Kept: its connections serve again."""
    return Gateway(key, api=api, secrets=secrets)


@contextmanager
def failures() -> Iterator[None]:
    """The library's errors as ours; what it says of the request is not repeated."""
    try:
        yield
    except stripe.InvalidRequestError as error:
        raise Refused(error.code or "invalid_request") from error
    except stripe.StripeError as error:
        raise Unreachable(type(error).__name__) from error


def _signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether this secret signed the message lately; the library takes a signature of tomorrow."""
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, TOLERANCE)
        signed_at, _all = stripe.WebhookSignature._get_timestamp_and_signatures(signature, "v1")
    except (stripe.SignatureVerificationError, ValueError):  # ValueError: not UTF-8
        return False
    return signed_at <= time.time() + TOLERANCE


def _told(event: Answer) -> Told:
    about = event["data"]["object"]
    intent = about.get("payment_intent")
    if about.get("object") == "payment_intent":
        intent = about["id"]
    if isinstance(intent, dict):
        intent = intent["id"]
    return Told(
        key=str(event["id"]),
        kind=str(event["type"])[:80],
        subject=str(about.get("id") or ""),
        intent=str(intent or ""),
        live=bool(event["livemode"]),
    )


def _refund(refund: Answer) -> RefundFacts:
    state = refund.get("status")
    return RefundFacts(
        key=refund["id"],
        cents=refund["amount"],
        uid=(refund.get("metadata") or {}).get("refund", ""),
        done=state == "succeeded",
        failed=state in {"failed", "canceled"},
    )


def _move(move: Answer) -> MoveFacts:
    source = move.get("source")
    source = source if isinstance(source, dict) else {"id": source or ""}
    intent = source.get("payment_intent") or ""
    return MoveFacts(
        key=move["id"],
        kind=move["type"],
        source=source["id"],
        intent=intent["id"] if isinstance(intent, dict) else intent,
        gross=move["amount"],
        fee=move["fee"],
        net=move["net"],
        made_at=_instant(move["created"]),
        available_on=_instant(move["available_on"]).date(),
    )


def _payout(payout: Answer) -> PayoutFacts:
    trace = payout.get("trace_id") or {}
    return PayoutFacts(
        key=payout["id"],
        cents=payout["amount"],
        state=payout["status"],
        automatic=bool(payout["automatic"]),
        arrives_on=_instant(payout["arrival_date"]).date(),
        listed=payout.get("reconciliation_status") == "completed",
        reference=str(trace.get("value") or ""),
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
