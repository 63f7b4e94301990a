"""The accountants' side of payments: what is due, the batch, its signature, the bank's answers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from fees import transfers, wording
from fees.access import Perm
from fees.actions import bank_answers
from fees.actions import batches as actions
from fees.actions.books import grant_envelope
from fees.actions.steps import Conflict
from fees.enums import BatchState, Payment, TransferState
from fees.forms.payments import EnvelopeForm, PrepareForm, SignForm, WhyForm
from fees.gateways.sepa import SepaGateway
from fees.models import Batch, Transfer
from fees.selectors.envelope import envelope_status
from fees.selectors.held import held_steps_of
from fees.selectors.payments import changes_of, due, to_sign, transfer_rows
from network.views.pages import PER_PAGE, SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.PAY)
def batches(request: SignedIn) -> HttpResponse:
    """What is due, and every batch, the latest first."""
    return _list(request, PrepareForm(today=clock.today()))


def _list(request: SignedIn, form: PrepareForm, status: int = 200) -> HttpResponse:
    today = clock.today()
    # the file of each batch would be decrypted for nothing
    rows = Batch.objects.defer("file").select_related("prepared_by", "signed_by")
    return render(
        request,
        "fees/payments/list.html",
        {
            "due": due(),
            "draft": Batch.objects.filter(state=BatchState.DRAFT).first(),
            "envelope": envelope_status(today.year, today),
            "page": page_of(request, rows),
            "form": form,
        },
        status=status,
    )


@require_POST
@allowed(Perm.PAY)
def prepare(request: SignedIn) -> HttpResponse:
    form = PrepareForm(request.POST, today=clock.today())
    if form.is_valid():
        try:
            batch = actions.prepare_batch(
                execute_on=form.cleaned_data["execute_on"], by=request.user, now=clock.now()
            )
        except Conflict as conflict:
            form.add_error("execute_on", str(conflict))
        else:
            return redirect("fees:batch", batch.number)
    return _list(request, form, status=422)


@allowed(Perm.PAY)
def batch(request: SignedIn, number: int) -> HttpResponse:
    return _page(request, get_object_or_404(Batch, number=number))


def _page(
    request: SignedIn, batch: Batch, *, refused: str = "", signing: bool = False
) -> HttpResponse:
    context: dict[str, object] = {
        "batch": batch,
        "refused": refused,
        "steps": batch.steps.select_related("by", "transfer__professional"),
        "form": WhyForm(),
    }
    if batch.state == BatchState.DRAFT:
        context |= _before_signature(request, batch, signing)
    else:
        context |= {
            "rows": transfer_rows(batch),
            "left": batch.transfers.filter(state=TransferState.SENT).count(),
        }
    wrong = refused or signing
    return render(request, "fees/payments/batch.html", context, status=422 if wrong else 200)


def _before_signature(request: SignedIn, batch: Batch, signing: bool) -> dict[str, object]:
    order = actions.order_of(batch, actions.prepared_transfers(batch))
    found = transfers.faults(order, today=clock.today())
    lines = to_sign(batch, found, now=clock.now())
    return {
        "lines": lines,
        "signing": SignForm(
            request.POST if signing else None,
            changes=[each.change for each in lines if each.change],
        ),
        "faults": [wording.fault_words(each.fault) for each in found if not each.order],
        "blocked": bool(found),
        "may_sign": request.user.pk not in actions.who_may_not_sign(batch),
    }


def _try(
    request: SignedIn,
    batch: Batch,
    gesture: Callable[[], object],
    done: str,
    *,
    signing: bool = False,
) -> HttpResponse:
    """Make the gesture, or show the page again with why it was refused."""
    try:
        gesture()
    except Conflict as conflict:
        return _page(request, batch, refused=str(conflict), signing=signing)
    messages.success(request, done)
    return redirect("fees:batch", batch.number)


@require_POST
@allowed(Perm.PAY)
def sign(request: SignedIn, number: int) -> HttpResponse:
    found = get_object_or_404(Batch, number=number)
    form = SignForm(request.POST, changes=changes_of(found, now=clock.now()))
    if not form.is_valid() and request.user.pk not in actions.who_may_not_sign(found):
        return _page(request, found, signing=True)
    return _try(
        request,
        found,
        lambda: actions.sign_batch(
            batch=found,
            gateway=SepaGateway(),
            by=request.user,
            now=clock.now(),
            calls=form.calls,
        ),
        _("Le lot est signé\u00a0: téléchargez son fichier et déposez-le à la banque."),
        signing=True,
    )


@require_POST
@allowed(Perm.PAY)
def drop(request: SignedIn, number: int) -> HttpResponse:
    found = get_object_or_404(Batch, number=number)
    reason = request.POST.get("reason", "").strip() or _("Lot abandonné")
    return _try(
        request,
        found,
        lambda: actions.drop_batch(
            batch=found, reason=reason[:200], by=request.user, now=clock.now()
        ),
        _("Le lot est abandonné\u00a0: ses actes attendent le suivant."),
    )


@require_POST
@allowed(Perm.PAY)
def download(request: SignedIn, number: int) -> HttpResponse:
    """The bank file, by a POST: each time it is taken is noted under its taker's name."""
    found = get_object_or_404(Batch, number=number)
    try:
        content = actions.note_download(batch=found, by=request.user, now=clock.now())
    except Conflict as conflict:
        return _page(request, found, refused=str(conflict))
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return answer


@require_POST
@allowed(Perm.PAY)
def executed(request: SignedIn, number: int) -> HttpResponse:
    """The bank has executed the batch: every transfer that it has not sent back is paid."""
    found = get_object_or_404(Batch, number=number)
    return _try(
        request,
        found,
        lambda: bank_answers.execute_batch(batch=found, by=request.user, now=clock.now()),
        _("Les virements sont notés comme exécutés."),
    )


@allowed(Perm.PAY)
def transfer(request: SignedIn, pk: int) -> HttpResponse:
    """One transfer: its acts, and what the bank says of it."""
    rows = Transfer.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("batch", "professional"), pk=pk)
    form = WhyForm(typed(request))
    if form.is_valid():
        try:
            _gesture(request, found, form.cleaned_data["reason"])
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:transfer", pk)
    return show_form(
        request,
        "fees/payments/transfer.html",
        {
            "form": form,
            "transfer": found,
            "lines": found.lines.select_related("act__patient"),
            "steps": found.steps.select_related("by", "transfer__professional"),
            "gesture": GESTURES.get(TransferState(found.state), ""),
        },
    )


GESTURES = {
    TransferState.PREPARED: _lazy("Retirer du lot"),
    TransferState.SENT: _lazy("Noter le rejet de la banque"),
    TransferState.EXECUTED: _lazy("Noter le retour du virement"),
}
"""What may still happen to a transfer, as the button that says it."""


def _gesture(request: SignedIn, found: Transfer, reason: str) -> None:
    by, now = request.user, clock.now()
    if found.state == TransferState.PREPARED:
        actions.take_out(transfer=found, reason=reason, by=by, now=now)
        return
    sent = found.state == TransferState.SENT
    move = Payment.REJECTED if sent else Payment.RETURNED
    bank_answers.send_back(transfer=found, move=move, reason=reason, by=by, now=now)


@allowed(Perm.GRANT_ENVELOPE)
def envelope(request: SignedIn) -> HttpResponse:
    """What the agency grants, and where each year stands."""
    today = clock.today()
    form = EnvelopeForm(typed(request), initial={"year": today.year})
    if form.is_valid():
        try:
            grant_envelope(**form.cleaned_data, by=request.user, now=clock.now())
        except Conflict as conflict:
            form.add_error("decision", str(conflict))
        else:
            messages.success(request, _("L’enveloppe est notée."))
            return redirect("fees:envelope")
    years = (today.year + 1, today.year, today.year - 1)
    found = [each for year in years if (each := envelope_status(year, today))]
    waiting = Paginator(held_steps_of(years), PER_PAGE).get_page(request.GET.get("page"))
    return show_form(
        request,
        "fees/payments/envelope.html",
        {
            "form": form,
            "years": found,
            "waiting": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        },
    )
