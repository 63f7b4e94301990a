"""Bank files: the list, a new one, what was understood of it before anything is written."""

from collections import Counter
from io import BytesIO

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.bank_files import (
    confirm_bank_file,
    digest_of,
    drop_bank_file,
    note_bank_download,
    receive_bank_file,
    tell_bank_columns,
)
from fees.actions.steps import Conflict
from fees.enums import BankVerdict, FileState, TransferState
from fees.forms.bank import BankColumnsForm, BankFileForm
from fees.imports.bank import MOST_BYTES, packed, read_bank, unpacked
from fees.imports.bank_kept import import_kept, read_kept
from fees.models import BankFile, Transfer
from fees.models.bank import BANK_VERDICTS
from fees.reconcile.bank import Found, is_settled_by_itself
from fees.reconcile.bank_columns import BankTable, TableRefused
from fees.reconcile.bank_lines import BankRead, Movement
from fees.selectors.bank import Plan, plan_of, told_columns, with_bank_counts
from network.views.pages import SignedIn, page_of, show_form
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.grids.grid import Refused
from portal.kit.money import of_cents
from portal.kit.words import euros, number

from .bank_pages import columns_shown
from .chips import Chip

PER_PAGE = 50
AT_ONCE = 2_000
"""Lines imported while the person waits; more are the worker's."""
VIEWS = (
    ("", _("À faire"), (FileState.RECEIVED, FileState.MATCHING, FileState.OPEN)),
    ("rapproches", _("Rapprochés"), (FileState.CLOSED,)),
    ("ecartes", _("Écartés"), (FileState.DROPPED,)),
)


def bank_file_of(request: SignedIn, pk: int) -> BankFile:
    return get_object_or_404(BankFile.objects.visible_to(request.user).defer("content"), pk=pk)


@allowed(Perm.RECONCILE)
def bank_files(request: SignedIn) -> HttpResponse:
    """What waits first; a file opens where it stands."""
    chosen = request.GET.get("vue", "")
    visible = BankFile.objects.visible_to(request.user)
    states = next((each for key, _label, each in VIEWS if key == chosen), VIEWS[0][2])
    chips = [
        Chip(
            f"?vue={key}" if key else "?",
            label,
            visible.filter(state__in=of).count(),
            of == states,
        )
        for key, label, of in VIEWS
    ]
    page = page_of(request, with_bank_counts(visible.filter(state__in=states)))
    return render(request, "fees/bank/list.html", {"page": page, "chips": chips})


@allowed(Perm.RECONCILE)
def receive(request: SignedIn) -> HttpResponse:
    """Bring in a file; one that was received already is opened instead."""
    form = BankFileForm(request.POST or None, request.FILES or None)
    content = _readable(form)
    if content is not None:
        digest = digest_of(content)
        kept = BankFile.objects.exclude(state=FileState.DROPPED)
        again = kept.filter(sha256=digest).exists()
        file = receive_bank_file(
            name=form.cleaned_data["file"].name,
            content=packed(content),
            size=len(content),
            digest=digest,
            by=request.user,
            now=clock.now(),
        )
        if again:
            messages.info(request, _("Ce fichier est déjà reçu\u00a0: le voici."))
        return redirect("fees:bank_reading", file.pk)
    return show_form(request, "fees/bank/receive.html", {"form": form})


def _readable(form: forms.Form) -> bytes | None:
    """The bytes of a valid upload that read as a bank's; else None, the reason beside the field."""
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    if upload.size > MOST_BYTES:
        form.add_error("file", _("Le fichier dépasse 40\u00a0Mo\u00a0: demandez-le par mois."))
        return None
    content: bytes = upload.read()
    try:
        read_bank(BytesIO(content), told_columns())
    except TableRefused:
        return content  # a person says what its columns hold
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None
    return content


@allowed(Perm.RECONCILE)
def reading(request: SignedIn, pk: int) -> HttpResponse:
    """The dry run: what every line would be; nothing is written before its button."""
    visible = BankFile.objects.visible_to(request.user)
    file = get_object_or_404(visible, pk=pk)
    if file.state != FileState.RECEIVED:
        return redirect("fees:bank_workbench", pk)
    read = _as_read(file)
    table = read.table if isinstance(read, BankRead | TableRefused) else None
    names_columns = "read" in request.POST
    form = None
    if table is not None:
        form = BankColumnsForm(request.POST if names_columns else None, table=table)
        if names_columns and form.is_valid():
            return _told(request, file, table, form)
    columns = {"form": form, "table": table, "columns": columns_shown(table, form)}
    try:
        if isinstance(read, Refused):
            raise read
        plan = plan_of(read, file)
        if request.method == "POST" and not names_columns:
            return _import(request, file, plan)
    except Refused as refusal:
        context = columns | {"file": file, "refused": str(refusal)}
        return render(request, "fees/bank/reading.html", context, status=422)
    lines = [line for extract in plan.extracts for line in extract.movements]
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "fees/bank/reading.html",
        columns
        | {
            "file": file,
            "form_words": read.form,
            "plan": plan,
            "statements": _statements(plan),
            "totals": _totals(plan),
            "paid": _to_be_paid(plan),
            "page": page,
            "rows": [_row(line, plan.found[line.key]) for line in page],
        },
    )


def _as_read(file: BankFile) -> BankRead | Refused:
    try:
        return read_kept(file)
    except Refused as refusal:
        return refusal


def _told(
    request: SignedIn, file: BankFile, table: BankTable, form: BankColumnsForm
) -> HttpResponse:
    """Keep what a person says of the columns; the file is read again with it."""
    try:
        tell_bank_columns(
            file=file,
            signature=table.signature,
            told=form.told(),
            by=request.user,
            now=clock.now(),
        )
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("Colonnes retenues, pour ce fichier et les suivants."))
    return redirect("fees:bank_reading", file.pk)


def _row(line: Movement, found: Found) -> dict[str, object]:
    label = BANK_VERDICTS[found.verdict]
    return {"line": line, "found": found, "amount": of_cents(line.cents), "label": label}


def _import(request: SignedIn, file: BankFile, plan: Plan) -> HttpResponse:
    confirmed = confirm_bank_file(file=file, by=request.user, now=clock.now())
    if sum(len(each.movements) for each in plan.extracts) <= AT_ONCE:
        import_kept(BankFile.objects.get(pk=confirmed.pk), now=clock.now())
    else:
        messages.info(request, _("L’import est en cours. Vous pouvez quitter cette page."))
    return redirect("fees:bank_workbench", file.pk)


def _statements(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "words": each.span.words,
            "first": each.span.opened_on,
            "last": each.span.closed_on,
            "opening": _balance(each.span.opening),
            "closing": _balance(each.span.closing),
            "lines": len(each.movements),
        }
        for each in plan.extracts
    ]


def _balance(cents: int | None) -> str:
    return "—" if cents is None else euros(of_cents(cents))


def _totals(plan: Plan) -> list[dict[str, str]]:
    lines = [line for each in plan.extracts for line in each.movements]
    debits = sum(each.cents for each in lines if each.cents < 0)
    received = sum(each.cents for each in lines if each.cents > 0)
    kinds = Counter(each.verdict for each in plan.found.values())
    back = kinds[BankVerdict.RETURNED]
    return [
        {
            "label": _("Débits"),
            "figure": euros(of_cents(debits)),
            "note": _("%(n)s lignes en tout") % {"n": number(len(lines))},
        },
        {"label": _("Crédits"), "figure": euros(of_cents(received))},
        {"label": _("Virements revenus"), "figure": number(back)},
    ]


def _to_be_paid(plan: Plan) -> int:
    """How many transfers on their way the import would note as paid."""
    sure = [each for each in plan.found.values() if is_settled_by_itself(each, "")]
    one = {each.transfer for each in sure if each.verdict == BankVerdict.PAID}
    numbers = {
        int(each.batch.rpartition("-")[2]) for each in sure if each.verdict == BankVerdict.GROUPED
    }
    sent = Transfer.objects.filter(state=TransferState.SENT)
    return sent.filter(Q(pk__in=one) | Q(batch__number__in=numbers)).count()


@require_POST
@allowed(Perm.RECONCILE)
def drop(request: SignedIn, pk: int) -> HttpResponse:
    """Set a file aside before it is imported."""
    file = bank_file_of(request, pk)
    try:
        drop_bank_file(file=file, by=request.user, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("fees:bank_workbench", pk)
    messages.success(request, _("Le fichier est écarté\u00a0: rien n’en est lu."))
    return redirect("fees:bank_files")


@require_POST
@allowed(Perm.RECONCILE)
def original(request: SignedIn, pk: int) -> HttpResponse:
    """The file as the bank gave it, by a POST: each time it is taken is noted."""
    file = bank_file_of(request, pk)
    kept = note_bank_download(file=file, by=request.user, now=clock.now())
    answer = HttpResponse(unpacked(kept).read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="releve-banque-{pk}"'
    return answer
