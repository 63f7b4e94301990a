"""The objects of the stand-in: checkouts, payments, refunds, disputes, balance, payouts, events.

Amounts in cents, instants in seconds: a page is open by the machine's clock, and what is noted is
dated by the portal's, which the demo moves. Each change that tells something
writes its event with it. Everything is kept in one SQLite file, or in memory.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

from .shapes import ALWAYS, shown

type Thing = dict[str, Any]

SHORTEST, LONGEST = 30 * 60, 24 * 3600  # seconds that a checkout may stay open
FEE_RATE, FEE_FIXED = 150, 25  # 1.5 % and 25 cents, as for cards of the European area
DISPUTE_FEE = 1500
CARDS = {
    "4242424242424242": "",
    "4000000000000002": "card_declined",
    "4000000000009995": "insufficient_funds",
    "4000000000000259": "",  # paid, then disputed
    "4000007560000009": "",  # of a Swiss bank: a dearer price
}
DISPUTED = "4000000000000259"
CATEGORIES = {"adjustment": "dispute"}
DEARER = {"4000007560000009": 325}


class Wrong(Exception):
    """A question that the service refuses; `code` is told to who asks."""

    def __init__(self, message: str, *, code: str = "invalid_request", status: int = 400) -> None:
        self.code, self.status = code, status
        super().__init__(message)


class Books:
    """All objects, by identifier; one thread at a time changes them."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        now: Callable[[], float] = time.time,
        offset: float = 0.0,
    ) -> None:
        """`offset`: seconds from the machine's clock to the portal's."""
        self.lock = threading.RLock()
        self._now, self._offset = now, offset
        self._file = sqlite3.connect(str(path or ":memory:"), check_same_thread=False)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS thing (n INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)"
        )
        rows = self._file.execute("SELECT id, body FROM thing ORDER BY n")
        self._things: dict[str, Thing] = {name: json.loads(body) for name, body in rows}

    def close(self) -> None:
        with self.lock:
            self._file.close()

    def now(self) -> int:
        return int(self._now())

    def dated(self) -> int:
        """The present instant of the portal's clock."""
        return int(self._now() + self._offset)

    def put(self, thing: Thing) -> Thing:
        """Keep an object as it stands."""
        self._things[thing["id"]] = thing
        self._file.execute(
            "INSERT INTO thing (id, body) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], json.dumps(thing)),
        )
        self._file.commit()
        return thing

    def get(self, name: str, kind: str = "") -> Thing:
        """One object. Raises Wrong."""
        found = self._things.get(name)
        if found is None or (kind and found["object"] != kind):
            raise Wrong(f"No such {kind or 'object'}", code="resource_missing", status=404)
        return found

    def all(self, kind: str) -> Iterator[Thing]:
        """The objects of a kind, the latest first."""
        return (each for each in reversed(list(self._things.values())) if each["object"] == kind)

    def make(self, prefix: str, kind: str, **fields: Any) -> Thing:
        made = {"id": f"{prefix}_{token_hex(12)}", "object": kind, "created": self.dated()}
        return self.put(made | ALWAYS[kind] | fields)

    def tell(self, kind: str, thing: Thing) -> Thing:
        """Write an event; `data` is the object as it stood."""
        return self.make(
            "evt",
            "event",
            type=kind,
            api_version="2026-10-28.endive",
            pending_webhooks=1,
            data={"object": json.loads(json.dumps(shown(thing)))},
            request={"id": None, "idempotency_key": None},
        )


def open_checkout(books: Books, asked: Thing, base: str) -> Thing:
    """A page where one pays, open until the hour that is asked."""
    lines = asked.get("line_items") or []
    if asked.get("mode") != "payment" or not lines:
        raise Wrong("mode must be payment, with line_items", code="parameter_missing")
    total = sum(
        int(line["price_data"]["unit_amount"]) * int(line.get("quantity", 1)) for line in lines
    )
    until = int(asked.get("expires_at", books.now() + LONGEST))
    if not books.now() + SHORTEST <= until <= books.now() + LONGEST:
        raise Wrong("expires_at must be 30 minutes to 24 hours from now", code="invalid_expiry")
    made = books.make(
        "cs_test",
        "checkout.session",
        mode="payment",
        amount_total=total,
        amount_subtotal=total,
        currency=lines[0]["price_data"]["currency"],
        client_reference_id=asked.get("client_reference_id"),
        customer_email=asked.get("customer_email"),
        metadata=asked.get("metadata") or {},
        _intent_metadata=(asked.get("payment_intent_data") or {}).get("metadata") or {},
        _label=lines[0]["price_data"]["product_data"]["name"],
        payment_intent=None,
        payment_status="unpaid",
        status="open",
        success_url=asked["success_url"],
        cancel_url=asked.get("cancel_url"),
        expires_at=until,
    )
    made["url"] = f"{base}/c/pay/{made['id']}"
    return books.put(made)


def expire_checkout(books: Books, session: Thing) -> Thing:
    if session["status"] != "open":
        raise Wrong("Only open sessions can be expired", code="resource_not_open")
    session |= {"status": "expired", "url": None}
    books.put(session)
    books.tell("checkout.session.expired", session)
    return session


def pay_checkout(books: Books, session: Thing, card: str) -> str:
    """Try a card; the code of the refusal, or nothing once it is paid. Twice is once."""
    if session["status"] == "complete":
        return ""
    if session["status"] != "open" or session["expires_at"] <= books.now():
        return "expired"
    refused = CARDS.get(card, "invalid_number")
    if refused:
        return refused
    intent = books.make(
        "pi",
        "payment_intent",
        amount=session["amount_total"],
        currency=session["currency"],
        metadata=session["_intent_metadata"],
        amount_received=session["amount_total"],
        status="succeeded",
    )
    charge = books.make(
        "ch",
        "charge",
        amount=intent["amount"],
        amount_captured=intent["amount"],
        amount_refunded=0,
        currency=intent["currency"],
        payment_intent=intent["id"],
        metadata=intent["metadata"],
        disputed=False,
        paid=True,
        refunded=False,
        status="succeeded",
        payment_method_details={"type": "card", "card": {"last4": card[-4:], "brand": "visa"}},
    )
    fee = (charge["amount"] * DEARER.get(card, FEE_RATE) + 5000) // 10_000 + FEE_FIXED
    charge["balance_transaction"] = _move(books, "charge", charge, charge["amount"], fee)["id"]
    intent["latest_charge"] = charge["id"]
    session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"]}
    session["url"] = None
    for each in (intent, charge, session):
        books.put(each)
    books.tell("payment_intent.succeeded", intent)
    books.tell("charge.succeeded", charge)
    books.tell("checkout.session.completed", session)
    if card == DISPUTED:
        dispute_charge(books, charge)
    return ""


def refund(books: Books, asked: Thing) -> Thing:
    """Give back, what is left at most."""
    intent = books.get(asked["payment_intent"], "payment_intent")
    charge = books.get(intent["latest_charge"], "charge")
    left = charge["amount"] - charge["amount_refunded"]
    cents = int(asked.get("amount") or left)
    if cents <= 0 or cents > left:
        code = "charge_already_refunded" if not left else "amount_too_large"
        raise Wrong("Refund amount is greater than what is left", code=code)
    made = books.make(
        "re",
        "refund",
        amount=cents,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=intent["id"],
        metadata=asked.get("metadata") or {},
        status="succeeded",
        reason=asked.get("reason"),
    )
    made["balance_transaction"] = _move(books, "refund", made, -cents, 0)["id"]
    charge["amount_refunded"] += cents
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    books.put(made)
    books.put(charge)
    books.tell("refund.created", made)
    books.tell("charge.refunded", charge)
    return made


def dispute_charge(books: Books, charge: Thing) -> Thing:
    """The payer contests: the sum and a fee leave the balance at once."""
    made = books.make(
        "du",
        "dispute",
        amount=charge["amount"],
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        reason="product_not_received",
        status="needs_response",
    )
    _dispute_move(books, made, -charge["amount"], DISPUTE_FEE)
    charge["disputed"] = True
    books.put(charge)
    books.tell("charge.dispute.created", made)
    return made


def _dispute_move(books: Books, dispute: Thing, gross: int, fee: int) -> None:
    move = _move(books, "adjustment", dispute, gross, fee)
    dispute["balance_transactions"] = [*dispute["balance_transactions"], shown(move)]
    books.put(dispute)


def end_dispute(books: Books, dispute: Thing, *, won: bool) -> Thing:
    """Won, the sum comes back; the fee does not."""
    if dispute["status"] in {"won", "lost"}:
        return dispute
    dispute["status"] = "won" if won else "lost"
    books.put(dispute)
    if won:
        _dispute_move(books, dispute, dispute["amount"], 0)
    books.tell("charge.dispute.closed", dispute)
    return dispute


def pay_out(books: Books) -> Thing | None:
    """Send to the bank all that is available, when it is something."""
    free = [
        each
        for each in books.all("balance_transaction")
        if each["_payout"] is None
        and each["type"] != "payout"
        and each["available_on"] <= books.dated()
    ]
    total = sum(each["net"] for each in free)
    if total <= 0:
        return None
    made = books.make(
        "po",
        "payout",
        amount=total,
        currency="eur",
        automatic=True,
        arrival_date=books.dated() + LONGEST,
        status="paid",
        trace_id={"status": "supported", "value": f"STRP{token_hex(5).upper()}"},
        method="standard",
        reconciliation_status="completed",
    )
    own = _move(books, "payout", made, -total, 0)
    made["balance_transaction"] = own["id"]
    books.put(made)
    for each in [*free, own]:
        books.put(each | {"_payout": made["id"]})
    books.tell("payout.paid", made)
    books.tell("payout.reconciliation_completed", made)
    return made


def sweep(books: Books) -> None:
    """Close the checkouts whose hour has come."""
    for each in list(books.all("checkout.session")):
        if each["status"] == "open" and each["expires_at"] <= books.now():
            expire_checkout(books, each)


def balance(books: Books) -> int:
    """What the service holds for the network, in cents: all movements, payouts included."""
    return sum(each["net"] for each in books.all("balance_transaction"))


def fee_detail(fee: int) -> Thing:
    return {
        "amount": fee,
        "application": None,
        "currency": "eur",
        "description": "Frais du service de carte",
        "type": "stripe_fee",
    }


def _move(books: Books, kind: str, source: Thing, gross: int, fee: int) -> Thing:
    return books.make(
        "txn",
        "balance_transaction",
        type=kind,
        amount=gross,
        fee=fee,
        fee_details=[] if not fee else [fee_detail(fee)],
        reporting_category=CATEGORIES.get(kind, kind),
        net=gross - fee,
        currency="eur",
        source=source["id"],
        available_on=books.dated(),
        status="available",
        _payout=None,
    )
