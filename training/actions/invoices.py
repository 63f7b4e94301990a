"""Numbered documents: an invoice for what was paid, a credit note for what went back.

Numbers follow one another without a gap within a civil year: the year's row is locked, and a
transaction that fails gives its number back.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from network.models import Professional, User
from training.enums import DocumentKind, Vat
from training.models import CardPayment, CardRefund, Invoice, InvoiceYear, TrainingBody
from training.rules.price import split


def issue_invoice(payment: CardPayment, *, now: datetime) -> Invoice:
    """The invoice of a payment, issued once; within the caller's transaction."""
    found = payment.documents.filter(kind=DocumentKind.INVOICE).first()
    return found or _issue(payment, None, payment.amount, now=now)


def issue_credit(refund: CardRefund, *, now: datetime) -> Invoice | None:
    """The credit note of a refund, issued once; None when nothing was invoiced."""
    found = Invoice.objects.filter(refund=refund).first()
    invoiced = refund.payment.documents.filter(kind=DocumentKind.INVOICE).first()
    if found or invoiced is None:
        return found
    return _issue(refund.payment, refund, refund.amount, now=now, of=invoiced.code)


def _issue(
    payment: CardPayment, refund: CardRefund | None, cents: int, *, now: datetime, of: str = ""
) -> Invoice:
    day = timezone.localdate(now)
    kind = DocumentKind.CREDIT if refund else DocumentKind.INVOICE
    made: Invoice = Invoice.objects.create(
        kind=kind,
        year=day.year,
        number=_next_number(day.year),
        payment=payment,
        refund=refund,
        amount=cents,
        issued_on=day,
        facts=_facts(payment, cents, now=now, of=of),
    )
    return made


def _next_number(year: int) -> int:
    InvoiceYear.objects.get_or_create(year=year)
    row = InvoiceYear.objects.select_for_update(no_key=True).get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _facts(payment: CardPayment, cents: int, *, now: datetime, of: str) -> dict[str, Any]:
    registration = payment.registration
    body, paid = TrainingBody.current(), payment.paid_at or now
    return {
        "title": registration.meeting.title,
        "held_on": registration.meeting.held_on.isoformat(),
        "profile": registration.profile,
        "total": cents,
        "tax": split(cents, Vat(payment.vat)).tax,
        "vat": payment.vat,
        "paid_on": timezone.localdate(paid).isoformat(),
        "credits": of,
        "buyer": _buyer(registration.person),
        "body": {
            "name": str(body.name),
            "address": str(body.address),
            "siret": body.siret,
            "declaration": body.declaration,
        },
    }


def _buyer(person: User) -> list[str]:
    """The lines of an address: a professional's practice, or the name alone."""
    known = Professional.objects.filter(user=person.pk).first()
    if known is None:
        return [person.get_full_name()]
    town = f"{known.postcode} {known.city}".strip()
    return [line for line in (str(known), known.practice, town) if line]
