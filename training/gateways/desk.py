"""What the portal has to settle with the card service: ask, then let an action note the answer.

No lock is held while it is asked. Every gesture may be repeated: a process killed between the
question and the note finds the same answer the next time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from network.models import User
from portal.kit.links import absolute
from training.actions import payments as act
from training.actions.balance import keep_moves, keep_payout
from training.actions.registrations import HOLD, Busy
from training.enums import PaymentState
from training.models import CardEvent, CardPayment, CardRefund, Registration
from training.rules.checkout import Mismatch
from training.selectors.payments import lapsing, to_close, to_handle, to_send

from .card import Gateway, Order, Refused, Told, Unreachable

logger = logging.getLogger(__name__)
MANY = 500
"""How many of a kind one round looks into; the next one goes on."""
RETRIED = timedelta(days=3)
"""How long the card service itself repeats what it could not tell."""
UNRECORDED = timedelta(minutes=2)
LABEL = "Participation à une rencontre du réseau"


def pay(registration: Registration, *, by: User, gateway: Gateway, now: datetime) -> str:
    """The address where this registration is paid.

    Raises actions.payments.TooLate, Unreachable, Refused, Mismatch, Busy.
    """
    payment = act.begin_payment(
        registration=registration, by=by, now=now, expires_at=timezone.now() + HOLD
    )
    if payment.state == PaymentState.OPEN:
        return refresh(payment, gateway=gateway, now=now).url
    return open_checkout(payment, gateway=gateway, now=now).url


def open_checkout(payment: CardPayment, *, gateway: Gateway, now: datetime) -> CardPayment:
    """Open the checkout that was noted; what is refused leaves room for another attempt."""
    registration = payment.registration
    order = Order(
        uid=str(payment.uid),
        cents=payment.amount,
        label=LABEL,
        mail=registration.person.email,
        back=absolute(reverse("training:registration", args=[registration.uid])),
        expires_at=payment.expires_at,
    )
    try:
        facts = gateway.open_checkout(order)
    except Refused:
        act.drop_payment(payment=payment, now=now)
        raise
    return act.note_facts(payment=payment, facts=facts, live=gateway.live, now=now)


def refresh(payment: CardPayment, *, gateway: Gateway, now: datetime) -> CardPayment:
    """Read a payment again."""
    if payment.session is None:
        return payment
    facts = gateway.read_checkout(payment.session)
    return act.note_facts(payment=payment, facts=facts, live=gateway.live, now=now)


def close(payment: CardPayment, *, gateway: Gateway, now: datetime) -> CardPayment:
    """Close a checkout that nobody should pay any more; paid just before, it counts as paid."""
    if payment.session is None:
        payment = open_checkout(payment, gateway=gateway, now=now)  # to learn its name
    if payment.session is None:
        return payment
    facts = gateway.close_checkout(payment.session)
    return act.note_facts(payment=payment, facts=facts, live=gateway.live, now=now)


def watch(*, gateway: Gateway, now: datetime) -> None:
    """Look into what was told, close what is over, send what is decided."""
    for event in to_handle()[:MANY]:
        _attempt(partial(handle, event, gateway=gateway, now=now))
    unrecorded = CardPayment.objects.filter(
        state=PaymentState.OPENING, opened_at__lte=now - UNRECORDED
    )
    for payment in unrecorded[:MANY]:
        _attempt(partial(open_checkout, payment, gateway=gateway, now=now))
    for payment in [*to_close()[:MANY], *lapsing(now)[:MANY]]:
        _attempt(partial(close, payment, gateway=gateway, now=now))
    for refund in to_send()[:MANY]:
        _attempt(partial(send, refund, gateway=gateway, now=now))


def handle(event: CardEvent, *, gateway: Gateway, now: datetime) -> None:
    """Read again what an event is about; one that cannot be understood is put aside, and said."""
    fault = ""
    try:
        if event.kind.startswith("payout."):
            sync_balance(gateway=gateway, now=now)
        else:
            payment = _payment_of(event, gateway)
            if payment:
                refresh(payment, gateway=gateway, now=now)
            else:
                fault = "about no payment of the portal"
    except (Mismatch, Refused) as error:
        fault = str(error)
        logger.error("event %s of the card service: %s", event.key, fault)
    act.close_event(event=event, fault=fault, now=now)


def send(refund: CardRefund, *, gateway: Gateway, now: datetime) -> None:
    """Order a refund, then read its payment again."""
    payment = refund.payment
    if payment.intent is None:
        return
    try:
        gateway.send_refund(intent=payment.intent, cents=refund.amount, uid=str(refund.uid))
    except Refused as refused:
        logger.error("refund %s is refused: %s", refund.pk, refused)
        act.fail_refund(refund=refund, now=now)
    refresh(payment, gateway=gateway, now=now)


def heal(*, gateway: Gateway, now: datetime) -> None:
    """Find what webhooks lost: events of the last days, and the payments still under way."""
    since = now - RETRIED
    for told in gateway.events(since):
        keep(told, now=now)
    watch(gateway=gateway, now=now)
    recent = Q(paid_at__gte=now - RETRIED) | Q(state=PaymentState.OPEN)
    for payment in CardPayment.objects.filter(recent)[:MANY]:
        _attempt(partial(refresh, payment, gateway=gateway, now=now))
    sync_balance(gateway=gateway, now=now)


def keep(told: Told, *, now: datetime) -> None:
    """Store what was told, once."""
    act.keep_event(key=told.key, kind=told.kind, subject=told.subject, intent=told.intent, now=now)


def sync_balance(*, gateway: Gateway, now: datetime, days: int = 30) -> None:
    """Store the movements of the balance and the payouts of the last `days`."""
    since = now - timedelta(days=days)
    keep_moves(moves=gateway.moves(since=since), payout=None)
    for payout in gateway.payouts(since):
        kept = keep_payout(
            key=payout.key,
            amount=payout.cents,
            state=payout.state,
            automatic=payout.automatic,
            arrives_on=payout.arrives_on,
            reference=payout.reference,
            now=now,
        )
        if payout.automatic and payout.listed:
            keep_moves(moves=gateway.moves(payout=payout.key), payout=kept)


def _payment_of(event: CardEvent, gateway: Gateway) -> CardPayment | None:
    """By what it is about; else by the checkout that its payment intent belongs to."""
    known = CardPayment.objects.filter(session=event.subject).first()
    if known is None and event.intent:
        known = CardPayment.objects.filter(intent=event.intent).first()
        if known is None:
            return _by_uid(*gateway.find_checkout(event.intent))
    if known is None and event.kind.startswith("checkout."):
        facts = gateway.read_checkout(event.subject)
        return _by_uid(facts.reference, facts.session)
    return known


def _by_uid(uid: str, session: str) -> CardPayment | None:
    if not act.is_uid(uid):
        return None
    found = CardPayment.objects.filter(uid=uid).first()
    if found and session and found.session is None:
        found.session = session  # not saved: what is read there is noted whole
    return found


def _attempt(work: Callable[[], object]) -> None:
    """One that fails stops no other: what it is about still waits, for the next round."""
    try:
        work()
    except Unreachable as error:
        logger.warning("the card service does not answer: %s", error)
    except Busy:
        logger.info("a meeting is held: the next round goes on")
    except (Mismatch, Refused, act.TooLate):
        logger.exception("a payment does not agree with the card service")
