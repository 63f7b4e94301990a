"""Accountants' rules: written, tried on the past, put in use, applied, stopped."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.reconcile_rules import apply_to_bank, apply_to_statement, start_rule, stop_rule
from fees.actions.steps import Conflict
from fees.forms.rules import RuleForm
from fees.models import ReconcileRule, StatementFile
from fees.reconcile.rules import try_rule
from fees.selectors.reconcile_rules import past_of
from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import number

from .bank import bank_file_of


@allowed(Perm.RECONCILE)
def rules(request: SignedIn) -> HttpResponse:
    """Rules in use, then those that were; a new one is tried before it may be used."""
    form = RuleForm(typed(request))
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        rule = form.rule
        if "start" in request.POST:
            try:
                start_rule(rule=rule, by=request.user, now=clock.now())
            except Conflict as conflict:
                form.add_error(None, str(conflict))
            else:
                messages.success(request, _("La règle est en service."))
                return redirect("fees:rules")
        context |= {"rule": rule, "tried": try_rule(rule, past_of(rule.side))}
    rows = ReconcileRule.objects.select_related("started_by", "stopped_by")
    context["page"] = page_of(request, rows.order_by("-stopped_at", "-pk"))
    return show_form(request, "fees/bank/rules.html", context)


@require_POST
@allowed(Perm.RECONCILE)
def stop(request: SignedIn, pk: int) -> HttpResponse:
    rule = get_object_or_404(ReconcileRule, pk=pk)
    stop_rule(rule=rule, by=request.user, now=clock.now())
    messages.success(request, _("La règle est arrêtée. Ce qu’elle a réglé ne change pas."))
    return redirect("fees:rules")


@require_POST
@allowed(Perm.RECONCILE)
def to_bank(request: SignedIn, pk: int) -> HttpResponse:
    """Apply the rules in use to a bank file."""
    file = bank_file_of(request, pk)
    try:
        _tell(request, apply_to_bank(file=file, by=request.user, now=clock.now()))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect("fees:bank_workbench", pk)


@require_POST
@allowed(Perm.RECONCILE)
def to_statement(request: SignedIn, pk: int) -> HttpResponse:
    """Apply the rules in use to a statement."""
    visible = StatementFile.objects.visible_to(request.user).defer("content")
    file = get_object_or_404(visible, pk=pk)
    try:
        _tell(request, apply_to_statement(file=file, by=request.user, now=clock.now()))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect("fees:workbench", pk)


def _tell(request: SignedIn, count: int) -> None:
    words = ngettext(
        "%(n)s ligne réglée par vos règles.", "%(n)s lignes réglées par vos règles.", count
    )
    messages.success(request, words % {"n": number(count)})
