"""The recount of card payments: seats, refunds, documents and payouts agree to the cent."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from django.db.models import Q, Sum

from portal.kit.verify import Breach, recount
from training.enums import DocumentKind, RefundState, SeatState
from training.models import CardPayment, CardRefund, Invoice, InvoiceYear, Registration
from training.selectors.payments import counted_payouts

WENT = (RefundState.SENT, RefundState.DONE)


@recount("paiements par carte")
def recount_payments(tally: Counter[str]) -> Iterator[Breach]:
    """A paid seat has its payment and its invoice; what went back is what refunds say."""
    tally["paiements par carte"] += CardPayment.objects.count()
    unpaid = Registration.objects.filter(state=SeatState.BOOKED, price__gt=0).exclude(
        payments__kept=True
    )
    for pk in unpaid.order_by("pk").values_list("pk", flat=True):
        yield Breach(f"inscription {pk}, place sans paiement", 0, 1)
    invoiced = Q(documents__kind=DocumentKind.INVOICE)
    for pk in CardPayment.objects.filter(kept=True).exclude(invoiced).values_list("pk", flat=True):
        yield Breach(f"paiement {pk}, sans facture", 0, 1)
    told = CardPayment.objects.annotate(
        went=Sum("refunds__amount", filter=Q(refunds__state__in=WENT), default=0)
    )
    for payment in told.exclude(refunded=0, went=0).order_by("pk"):
        if payment.refunded != payment.went:
            yield Breach(f"paiement {payment.pk}, remboursé", payment.refunded, payment.went)
    done = CardRefund.objects.filter(state=RefundState.DONE, payment__kept=True, document=None)
    for pk in done.values_list("pk", flat=True):
        yield Breach(f"remboursement {pk}, sans avoir", 0, 1)


@recount("numéros des factures")
def recount_numbers(tally: Counter[str]) -> Iterator[Breach]:
    """One number after another, from 1, within each year."""
    rows = Invoice.objects.order_by("year", "number").values_list("year", "number")
    last = dict(InvoiceYear.objects.values_list("year", "last"))
    for year, group in groupby(rows.iterator(), key=lambda row: row[0]):
        numbers = [number for _year, number in group]
        tally["factures et avoirs"] += len(numbers)
        if numbers != list(range(1, len(numbers) + 1)):
            yield Breach(f"factures de {year}, numéros", len(numbers), numbers[-1])
        if last.get(year) != numbers[-1]:
            yield Breach(f"factures de {year}, dernier numéro", last.get(year), numbers[-1])


@recount("versements du service de carte")
def recount_payouts(tally: Counter[str]) -> Iterator[Breach]:
    """A payout whose movements are known is explained by them."""
    for payout in counted_payouts().filter(automatic=True).order_by("pk"):
        tally["versements"] += 1
        if payout.lines and payout.gap:
            yield Breach(f"versement {payout.pk}", payout.told, payout.amount)
