"""A professional's own statements: the differences are seen before the accountant sees them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.statements import drop_statement, receive_statement, send_statement
from fees.actions.steps import Conflict
from fees.enums import DifferenceState, FileState
from fees.forms.statements import OwnStatementForm
from fees.models import StatementFile
from fees.selectors.statements import balance, with_counts
from fees.wording import of_month
from network.actions.journal import record
from network.models import Professional
from network.views.pages import SignedIn, page_of, show_form
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros

from .statement_pages import columns_page, readable
from .workbench_pages import shown


def _file(request: SignedIn, pk: int) -> StatementFile:
    own = StatementFile.objects.filter(professional__user=request.user)
    return get_object_or_404(own.visible_to(request.user).select_related("professional"), pk=pk)


@allowed(Perm.SEND_STATEMENT)
def mine(request: SignedIn) -> HttpResponse:
    """My files, and a new one to check."""
    form = OwnStatementForm(request.POST or None, request.FILES or None, today=clock.today())
    content = readable(form)
    if content is not None:
        file = receive_statement(
            professional=_professional(request),
            month=form.cleaned_data["month"],
            name=form.cleaned_data["file"].name,
            content=content,
            by=request.user,
            now=clock.now(),
        )
        if not file.is_own:
            messages.info(request, _("La comptabilité a déjà reçu ce fichier."))
            return redirect("fees:my_statements")
        return redirect("fees:my_statement_columns", file.pk)
    own = StatementFile.objects.filter(professional__user=request.user).visible_to(request.user)
    page = page_of(request, with_counts(own.exclude(state=FileState.DROPPED)))
    return show_form(request, "fees/statements/mine.html", {"form": form, "page": page})


def _professional(request: SignedIn) -> Professional:
    return request.user.professional


@allowed(Perm.SEND_STATEMENT)
def columns(request: SignedIn, pk: int) -> HttpResponse:
    return columns_page(request, _file(request, pk), masked=False, after="fees:my_checked")


@allowed(Perm.SEND_STATEMENT)
def one(request: SignedIn, pk: int) -> HttpResponse:
    """What the portal says of my statement: every difference in words, and what to do first."""
    file = _file(request, pk)
    if file.state == FileState.RECEIVED:
        return redirect("fees:my_statement_columns", pk)
    differences = file.differences.select_related("line", "act__patient")
    found = balance(file.differences.all())
    apart = differences.exclude(state=DifferenceState.AGREED).order_by("-stake", "pk")
    totals = [
        {"label": _("Demandé"), "figure": euros(found.claimed)},
        {"label": _("Concorde avec le portail"), "figure": euros(found.paid)},
        {"label": _("En jeu dans les différences"), "figure": euros(found.at_stake)},
    ]
    page = page_of(request, apart)
    return render(
        request,
        "fees/statements/checked.html",
        {
            "file": file,
            "page": page,
            "rows": [shown(each, masked=False) for each in page.object_list],
            "totals": totals,
            "found": found,
            "of_month": f"{of_month(file.month)} {file.month.year}",
        },
    )


@require_POST
@allowed(Perm.SEND_STATEMENT)
def send(request: SignedIn, pk: int) -> HttpResponse:
    """Hand it over; or set it aside to send a corrected one."""
    file = _file(request, pk)
    try:
        if "drop" in request.POST:
            drop_statement(file=file, by=request.user, now=clock.now())
            messages.success(request, _("Relevé écarté. Envoyez le fichier corrigé."))
            return redirect("fees:my_statements")
        send_statement(file=file, by=request.user, now=clock.now())
        messages.success(request, _("Votre relevé est envoyé à la comptabilité."))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect("fees:my_checked", pk)


@allowed(Perm.SEND_STATEMENT)
def original(request: SignedIn, pk: int) -> HttpResponse:
    """The file as it was uploaded, for its author alone."""
    file = _file(request, pk)
    record(
        verb="statement.downloaded", by=request.user, at=clock.now(), subject=f"relevé {file.pk}"
    )
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{_download_name(file)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _download_name(file: StatementFile) -> str:
    kind = "xlsx" if bytes(file.content[:2]) == b"PK" else "csv"
    return f"releve-{file.month:%Y-%m}-{file.pk}.{kind}"
