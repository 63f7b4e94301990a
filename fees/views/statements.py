"""Statements that accountants receive: the list, a new one, what was understood of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.statements import drop_statement, receive_statement
from fees.actions.steps import Conflict
from fees.enums import FileState
from fees.forms.statements import ReceivedStatementForm
from fees.models import StatementFile
from fees.selectors.statements import with_counts
from network.views.pages import SignedIn, page_of, show_form
from portal.kit import clock
from portal.kit.access import allowed

from .chips import Chip
from .statement_pages import columns_page, readable

VIEWS = (
    ("", _("À faire"), (FileState.RECEIVED, FileState.MATCHING, FileState.OPEN)),
    ("rapproches", _("Rapprochés"), (FileState.CLOSED,)),
    ("ecartes", _("Écartés"), (FileState.DROPPED,)),
)


@allowed(Perm.RECONCILE)
def statements(request: SignedIn) -> HttpResponse:
    """What waits first; a file opens where it stands."""
    chosen = request.GET.get("vue", "")
    visible = StatementFile.objects.visible_to(request.user)
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
    page = page_of(request, with_counts(visible.filter(state__in=states)))
    return render(request, "fees/statements/list.html", {"page": page, "chips": chips})


@allowed(Perm.RECONCILE)
def receive(request: SignedIn) -> HttpResponse:
    """Bring in a file; one that was received already is opened instead."""
    form = ReceivedStatementForm(request.POST or None, request.FILES or None, today=clock.today())
    content = readable(form)
    if content is not None:
        known = StatementFile.objects.values_list("pk", flat=True)
        before = set(known.filter(professional=form.cleaned_data["professional"]))
        file = receive_statement(
            professional=form.cleaned_data["professional"],
            month=form.cleaned_data["month"],
            name=form.cleaned_data["file"].name,
            content=content,
            by=request.user,
            now=clock.now(),
        )
        if file.pk in before:
            messages.info(request, _("Ce fichier est déjà reçu\u00a0: le voici."))
            if not StatementFile.objects.visible_to(request.user).filter(pk=file.pk).exists():
                messages.info(request, _("Son auteur ne l’a pas encore envoyé."))
                return redirect("fees:statements")
        return redirect("fees:statement_columns", file.pk)
    return show_form(request, "fees/statements/receive.html", {"form": form})


@allowed(Perm.RECONCILE)
def columns(request: SignedIn, pk: int) -> HttpResponse:
    """The dry run: nothing is written before its button."""
    visible = StatementFile.objects.visible_to(request.user).select_related("professional")
    file = get_object_or_404(visible, pk=pk)
    return columns_page(request, file, masked=True, after="fees:workbench")


@require_POST
@allowed(Perm.RECONCILE)
def drop(request: SignedIn, pk: int) -> HttpResponse:
    """Set a file aside before it is matched."""
    file = get_object_or_404(StatementFile.objects.visible_to(request.user), pk=pk)
    try:
        drop_statement(file=file, by=request.user, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("fees:workbench", pk)
    messages.success(request, _("Le fichier est écarté\u00a0: rien n’en est lu."))
    return redirect("fees:statements")
