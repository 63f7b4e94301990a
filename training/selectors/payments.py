"""Reads of card payments: whether cards are taken, what one paid, what accountancy reads."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from network.models import Professional, User
from training.enums import PaymentState, RefundState, SeatState
from training.models import CardEvent, CardPayment, CardRefund, Payout, Registration
from training.rules.checkout import SETTLED, UNDER_WAY
from training.rules.price import refund_due

ASKED, DISPUTED = "asked", "disputed"
"""What is asked of the list of payments besides their states."""


def cards_are_taken() -> bool:
    """Whether this installation has the keys of a card service."""
    return bool(settings.STRIPE_KEY)


def is_employee(person: User) -> bool:
    """Whether the network employs this person, who then pays nothing."""
    return Professional.objects.filter(user=person.pk, employee=True).exists()


def payments_of(registration: Registration) -> list[CardPayment]:
    """The attempts to pay one registration that money came of, the latest first."""
    rows = CardPayment.objects.filter(registration=registration, state__in=sorted(SETTLED))
    return list(rows.prefetch_related("documents", "refunds").order_by("-attempt"))


def due_back(registration: Registration, *, now: datetime) -> int:
    """The cents that giving up this seat now would give back by rule."""
    paid = registration.payments.filter(kept=True).first()
    if paid is None:
        return 0
    starts_at = registration.meeting.starts_at
    return refund_due(paid.left, starts_at=starts_at, now=now, called_off=False)


def to_close() -> QuerySet[CardPayment]:
    """Checkouts still open of seats that nobody holds any more, or whose hour has come."""
    return CardPayment.objects.filter(state__in=sorted(UNDER_WAY)).exclude(
        registration__state=SeatState.PAYING
    )


def lapsing(now: datetime) -> QuerySet[CardPayment]:
    """Checkouts under way of seats whose hour to pay has passed."""
    return CardPayment.objects.filter(
        state__in=sorted(UNDER_WAY),
        registration__state=SeatState.PAYING,
        registration__pay_by__lte=now,
    )


def to_send() -> QuerySet[CardRefund]:
    """Refunds that are decided and have not left, the oldest first."""
    rows = CardRefund.objects.filter(state=RefundState.CONFIRMED)
    return rows.select_related("payment").order_by("pk")


def to_handle() -> QuerySet[CardEvent]:
    """What the card service told and nobody has looked into."""
    return CardEvent.objects.filter(handled_at=None).order_by("pk")


def read_payments(user: User, *, state: str = "") -> QuerySet[CardPayment, Any]:
    """The payments that money came or may come of, the latest first; `ask`: a refund waits."""
    rows = CardPayment.objects.visible_to(user).exclude(state=PaymentState.EXPIRED)
    waits = CardRefund.objects.filter(payment=OuterRef("pk"), state=RefundState.ASKED)
    if state == ASKED:
        rows = rows.filter(Exists(waits))
    elif state == DISPUTED:
        rows = rows.exclude(dispute="")
    elif state:
        rows = rows.filter(state=state)
    rows = rows.select_related("registration__person", "registration__meeting")
    rows = rows.order_by("-opened_at", "-pk")
    return rows.annotate(asked=Exists(waits), fee=Sum("moves__fee"))


def sums_of(rows: QuerySet[CardPayment, Any]) -> dict[str, int]:
    """Cents that came in (`paid`), went back, were kept as fees, over rows of `read_payments`."""
    arrived = Q(state__in=sorted(SETTLED))
    return rows.order_by().aggregate(
        paid=Sum("amount", filter=arrived, default=0),
        back=Sum("refunded", default=0),
        fees=Sum("fee", default=0),
    )


def counted_payouts() -> QuerySet[Payout, Any]:
    """Payouts with the sum `told` by their movements and how many `lines` these are."""
    own = ~Q(moves__kind="payout")
    return Payout.objects.annotate(
        told=Sum("moves__net", filter=own, default=0),
        lines=Count("moves", filter=own),
        gap=F("amount") - Sum("moves__net", filter=own, default=0),
    ).order_by("-arrives_on", "-pk")
