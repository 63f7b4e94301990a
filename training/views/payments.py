"""Card payments for accountancy and those who organise: read, ask a refund, decide it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.money import of_cents
from portal.kit.navigation import holder_of
from training.access import Perm
from training.actions.refund_decisions import ask_refund, decide_refund
from training.actions.refunds import unpromised
from training.actions.registrations import Busy
from training.forms.payments import AskRefundForm, DecideRefundForm
from training.models import CardPayment, CardRefund, Invoice
from training.notices import amount
from training.rules.registration import may_cancel
from training.selectors.payments import (
    ASKED,
    DISPUTED,
    cards_are_taken,
    counted_payouts,
    read_payments,
    sums_of,
)
from training.views.checkout import as_pdf

FILTERS = {
    "": gettext_lazy("Tous"),
    "paid": gettext_lazy("Payés"),
    ASKED: gettext_lazy("Remboursements à confirmer"),
    DISPUTED: gettext_lazy("Contestés"),
}


@never_cache
@allowed(Perm.SEE_PAYMENTS)
def all_of_them(request: SignedIn) -> HttpResponse:
    state = request.GET.get("etat", "")
    state = state if state in FILTERS else ""
    chips = [
        {"href": f"?etat={key}" if key else "?", "label": label, "current": key == state}
        for key, label in FILTERS.items()
    ]
    rows = read_payments(request.user, state=state)
    sums = sums_of(rows)
    context = {
        "page": page_of(request, rows),
        "door": holder_of("training:payments", request.user),
        "totals": [
            {"label": _("Encaissé"), "figure": amount(sums["paid"])},
            {"label": _("Remboursé"), "figure": amount(sums["back"])},
            {"label": _("Frais du service de carte"), "figure": amount(sums["fees"])},
        ],
        "chips": chips,
        "state": state,
        "open": cards_are_taken(),
    }
    return render(request, "training/payments/list.html", context)


def _payment(request: SignedIn, pk: int) -> CardPayment:
    rows = CardPayment.objects.visible_to(request.user)
    found: CardPayment = get_object_or_404(
        rows.select_related("registration__person", "registration__meeting"), pk=pk
    )
    return found


@never_cache
@allowed(Perm.SEE_PAYMENTS)
def one(request: SignedIn, pk: int) -> HttpResponse:
    return _show(request, _payment(request, pk))


def _show(
    request: SignedIn,
    payment: CardPayment,
    asking: AskRefundForm | None = None,
    deciding: DecideRefundForm | None = None,
) -> HttpResponse:
    left = unpromised(payment)
    if asking is None:
        initial = {"euros": of_cents(left), "frees_seat": True}
        asking = AskRefundForm(initial=initial, seated=_is_seated(payment))
    refunds = list(payment.refunds.select_related("asked_by", "decided_by", "document"))
    context: dict[str, object] = {
        "payment": payment,
        "documents": payment.documents.all(),
        "refunds": refunds,
        "waits": next((each for each in refunds if each.state == ASKED), None),
        "moves": payment.moves.select_related("payout").order_by("made_at", "pk"),
        "left": left,
        "seated": _is_seated(payment),
        "form": deciding or asking,
        "asking": asking,
        "deciding": deciding or DecideRefundForm(),
    }
    return show_form(request, "training/payments/payment.html", context)


def _is_seated(payment: CardPayment) -> bool:
    """Whether there is a seat to free, of a meeting still to come."""
    registration = payment.registration
    return registration.is_booked and may_cancel(registration.meeting.terms, clock.now())


@require_POST
@allowed(Perm.ASK_REFUND)
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """Ask that money go back: an accountant decides."""
    payment = _payment(request, pk)
    form = AskRefundForm(typed(request), seated=_is_seated(payment))

    def gesture() -> None:
        ask_refund(
            payment=payment,
            cents=form.cents,
            reason=form.cleaned_data["reason"],
            frees_seat=form.cleaned_data.get("frees_seat", False),
            by=request.user,
            now=clock.now(),
        )

    try:
        if not form.is_valid() or not attempt(form, gesture):
            return _show(request, payment, asking=form)
    except Busy as busy:
        messages.error(request, str(busy))
    else:
        messages.success(request, _("C’est demandé\u00a0: la comptabilité confirme ou refuse."))
    return redirect("training:payment", pk)


@require_POST
@allowed(Perm.CONFIRM_REFUND)
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """Confirm or refuse what somebody else asked."""
    refund = get_object_or_404(
        CardRefund.objects.visible_to(request.user).select_related("payment__registration"), pk=pk
    )
    form = DecideRefundForm(typed(request))
    confirm = "confirm" in request.POST

    def gesture() -> None:
        why = form.cleaned_data["why"]
        decide_refund(refund=refund, confirm=confirm, by=request.user, now=clock.now(), why=why)

    try:
        if not form.is_valid() or not attempt(form, gesture):
            return _show(request, _payment(request, refund.payment_id), deciding=form)
    except Busy as busy:
        messages.error(request, str(busy))
    else:
        done = _("Le remboursement part.") if confirm else _("Le remboursement est refusé.")
        messages.success(request, done)
    return redirect("training:payment", refund.payment_id)


@never_cache
@require_GET
@allowed(Perm.SEE_PAYMENTS)
def document(request: SignedIn, pk: int) -> HttpResponse:
    return as_pdf(get_object_or_404(Invoice.objects.visible_to(request.user), pk=pk))


@never_cache
@allowed(Perm.CONFIRM_REFUND)
def payouts(request: SignedIn) -> HttpResponse:
    """What the card service sent to the bank, and whether its movements explain it."""
    return render(
        request, "training/payments/payouts.html", {"page": page_of(request, counted_payouts())}
    )


@never_cache
@allowed(Perm.CONFIRM_REFUND)
def payout(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(counted_payouts(), pk=pk)
    moves = found.moves.exclude(kind="payout").select_related("payment__registration__person")
    context = {"payout": found, "page": page_of(request, moves.order_by("made_at", "pk"))}
    return render(request, "training/payments/payout.html", context)
