"""Card payments as the card service tells them: one final state, whatever the order of events.

Nothing here calls outside: `gateways/desk.py` asks, and hands over the facts.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from network.actions.journal import record
from network.models import User
from portal.kit.calendar import Method
from portal.kit.events import publish
from portal.kit.money import in_cents
from training import notices
from training.enums import PaymentState, RefundCause, RefundState
from training.events import CardsToWatch
from training.models import CardEvent, CardPayment, CardRefund, Registration
from training.rules.checkout import SETTLED, UNDER_WAY, Facts, Mismatch, RefundFacts, state_after

from .invoices import issue_credit, issue_invoice
from .meeting_mails import tell
from .refunds import give_back
from .registrations import HOLD, lock_meeting, seat_payer

EURO = "eur"


class TooLate(Exception):
    """The seat is no longer held: register again."""


@transaction.atomic
def begin_payment(
    *, registration: Registration, by: User, now: datetime, expires_at: datetime
) -> CardPayment:
    """Note that a checkout is about to open; the one under way, when there is one.

    `expires_at`, of the machine's clock: until when one will pay there; the seat is held as long.
    Raises TooLate, Busy.
    """
    lock_meeting(registration.meeting_id)
    own = Registration.objects.get(pk=registration.pk, person=by)
    if not own.is_paying or own.pay_by is None or own.pay_by <= now:
        raise TooLate
    under_way = own.payments.filter(state__in=sorted(UNDER_WAY)).first()
    if under_way:
        return under_way
    made: CardPayment = CardPayment.objects.create(
        registration=own,
        attempt=own.payments.count() + 1,
        state=PaymentState.OPENING,
        amount=in_cents(own.price),
        vat=own.meeting.vat,
        expires_at=expires_at,
        opened_at=now,
        read_at=now,
    )
    own.pay_by = max(own.pay_by, now + HOLD)
    own.save(update_fields=["pay_by"])
    record(verb="payment.opened", by=by, at=now, subject=f"paiement {made.pk}")
    return made


@transaction.atomic
def drop_payment(*, payment: CardPayment, now: datetime) -> CardPayment:
    """A checkout that the card service refused to open: another attempt may follow."""
    lock_meeting(payment.registration.meeting_id)
    found = CardPayment.objects.get(pk=payment.pk)
    if found.state == PaymentState.OPENING:
        found.state, found.read_at = PaymentState.EXPIRED, now
        found.save(update_fields=["state", "read_at"])
    return found


@transaction.atomic
def note_facts(*, payment: CardPayment, facts: Facts, live: bool, now: datetime) -> CardPayment:
    """Bring a payment in step with what was read there. The same facts again change nothing.

    Paid: the seat is confirmed, or given if one is left; else all goes back. `live`: real money is
    expected. Raises Mismatch, Busy.
    """
    meeting = lock_meeting(payment.registration.meeting_id)
    found = CardPayment.objects.select_related("registration__person").get(pk=payment.pk)
    found.registration.meeting = meeting
    _check(found, facts, live=live)
    found.state = state_after(PaymentState(found.state), facts)
    found.session, found.url = facts.session, facts.url
    found.read_at = now
    arrives = found.state in SETTLED and found.paid_at is None
    if found.state in SETTLED:
        found.intent, found.charge = facts.intent, facts.charge or None
        found.refunded = min(facts.given_back, found.amount)
        _note_dispute(found, facts, now=now)
    if arrives:
        found.paid_at = now
        others = found.registration.payments.filter(kept=True).exists()
        found.kept = not others and seat_payer(found.registration, now=now)
    found.save()
    if arrives:
        _tell_arrival(found, now=now)
    for each in facts.refunds:
        _note_refund(found, each, now=now)
    return found


def _check(payment: CardPayment, facts: Facts, *, live: bool) -> None:
    if facts.reference != str(payment.uid) or payment.session not in {None, facts.session}:
        raise Mismatch("not this payment")
    if (facts.cents, facts.currency) != (payment.amount, EURO):
        raise Mismatch(f"{facts.cents} {facts.currency} for {payment.amount} {EURO}")
    if facts.live != live:
        raise Mismatch("test and live money mixed")


def _tell_arrival(payment: CardPayment, *, now: datetime) -> None:
    if payment.kept:
        issue_invoice(payment, now=now)
        tell(payment.registration, notices.PAID, now=now, method=Method.PUBLISH)
        return
    give_back(payment, payment.amount, cause=RefundCause.LATE, now=now)
    record(verb="payment.late", by=None, at=now, subject=f"paiement {payment.pk}")
    more = notices.given_back(payment.amount)
    tell(payment.registration, notices.TOO_LATE, now=now, more=more)


def _note_dispute(payment: CardPayment, facts: Facts, *, now: datetime) -> None:
    told = facts.dispute or ""
    if told and told != payment.dispute:
        record(verb="payment.disputed", by=None, at=now, subject=f"paiement {payment.pk}")
    payment.dispute = told


def _note_refund(payment: CardPayment, facts: RefundFacts, *, now: datetime) -> None:
    found = _refund_of(payment, facts, now=now)
    after = RefundState.DONE if facts.done else RefundState.SENT
    if facts.failed:
        after = RefundState.FAILED
    if found.state == after:
        return
    found.state, found.key = after, facts.key
    found.save(update_fields=["state", "key"])
    if after == RefundState.DONE:
        issue_credit(found, now=now)
        record(verb="refund.done", by=None, at=now, subject=f"paiement {payment.pk}")
        more = notices.amount(found.amount)
        tell(payment.registration, notices.REFUNDED, now=now, more=more)


def _refund_of(payment: CardPayment, facts: RefundFacts, *, now: datetime) -> CardRefund:
    """Ours by its identifier; one ordered elsewhere is noted as such."""
    own = payment.refunds.filter(uid=facts.uid) if is_uid(facts.uid) else payment.refunds.none()
    found = own.first() or payment.refunds.filter(key=facts.key).first()
    if found:
        found.payment = payment
        return found
    made: CardRefund = CardRefund.objects.create(
        payment=payment,
        amount=facts.cents,
        cause=RefundCause.ELSEWHERE,
        state=RefundState.SENT,
        key=facts.key,
        asked_at=now,
        decided_at=now,
    )
    return made


def is_uid(text: str) -> bool:
    """Whether this text may be an identifier of ours."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@transaction.atomic
def fail_refund(*, refund: CardRefund, now: datetime) -> CardRefund:
    """Note that the card service will never make this refund: another way has to be found."""
    lock_meeting(refund.payment.registration.meeting_id)
    found = CardRefund.objects.get(pk=refund.pk)
    if found.state == RefundState.CONFIRMED:
        found.state = RefundState.FAILED
        found.save(update_fields=["state"])
        record(verb="refund.failed", by=None, at=now, subject=f"paiement {found.payment_id}")
    return found


@transaction.atomic
def keep_event(*, key: str, kind: str, subject: str, intent: str, now: datetime) -> None:
    """Store what the card service told, once."""
    row = CardEvent(key=key, kind=kind, subject=subject, intent=intent, received_at=now)
    CardEvent.objects.bulk_create([row], ignore_conflicts=True)
    publish(CardsToWatch())


def close_event(*, event: CardEvent, fault: str, now: datetime) -> None:
    """It has been looked into; `fault`: why it led to nothing."""
    CardEvent.objects.filter(pk=event.pk, handled_at=None).update(handled_at=now, fault=fault[:200])
