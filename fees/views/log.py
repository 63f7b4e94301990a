"""« Noter un acte »: at most four fields, and what remains of the cap before saving."""

from typing import Any
from uuid import uuid4

from django.db import OperationalError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.actions.course import replace_act
from fees.actions.log import Unread, save_draft
from fees.actions.log import log_act as log
from fees.actions.steps import Conflict
from fees.enums import State
from fees.forms.act import ActForm, ReplaceForm
from fees.models import Act, TariffLine
from fees.selectors.explain import Account, foresee
from network.models import Patient
from network.views.kept import kept_input
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.days import OTHER
from portal.kit.words import euros


@allowed(Perm.LOG_ACT)
def log_act(request: SignedIn) -> HttpResponse:
    patient = request.GET.get("patient", "")
    initial = {"patient": patient} if patient.isdecimal() else {}
    return _task(request, ActForm, initial, title=_("Noter un acte"))


@allowed(Perm.LOG_ACT)
def replace(request: SignedIn, pk: int) -> HttpResponse:
    """Correct an act: the right one takes its place, in one gesture."""
    own = Act.objects.filter(professional__user=request.user).select_related("patient")
    act = get_object_or_404(own, pk=pk)
    if act.state not in (State.SUBMITTED, State.REFUSED):
        return redirect("fees:act", act.pk)
    initial = {
        "patient": act.patient_id,
        "kind": act.kind,
        "done_on": act.done_on,
        "rcp_file": act.rcp_file_id,
        "msp_declared": act.msp_declared,
    }
    return _task(request, ReplaceForm, initial, title=_("Corriger un acte"), replaced=act)


def _task(
    request: SignedIn,
    form_class: type[ActForm],
    initial: dict[str, Any],
    *,
    title: str,
    replaced: Act | None = None,
) -> HttpResponse:
    """Three ways in: open the page, look at the cap (`check`), send.

    What would not be accepted is sent twice: the reason is read before it is noted.
    """
    settled: dict[str, Any] = {
        "professional": request.user.professional,
        "patients": _patients(request),
        "today": clock.today(),
    }
    looking = request.method == "POST" and "check" in request.POST
    kept = kept_input(request)
    account: Account | None = None
    if request.method == "POST":
        sent = form_class(request.POST, **settled)
        if not looking and sent.is_valid():
            try:
                act = _write(sent, request, replaced)
            except Unread as unread:
                sent.add_error(None, str(unread))
                account = unread.account
            else:
                if act:
                    return redirect("fees:act", act.pk)
        # looking is not sending: what was chosen is shown again, and nothing is wrong yet
        form = form_class(initial=sent.values(), **settled) if looking else sent
    elif kept:
        sent = form_class(kept, **settled)
        form = form_class(initial=sent.values(), **settled)
    else:
        form = form_class(initial=initial, **settled)
        sent = form_class(_as_sent(form), **settled)
    account = account or _account(sent, replaced)
    context = {
        "title": title,
        "form": form,
        "account": account,
        "read": sent.proof_of_reading(account.verdict.reasons) if account else "",
        "amounts": _amounts(form),
        "replaced": replaced,
    }
    part = "fees/log.html#task" if looking and getattr(request, "htmx", False) else "fees/log.html"
    status = 422 if request.method == "POST" and not looking else 200
    return render(request, part, context, status=status)


def _patients(request: SignedIn) -> QuerySet[Patient]:
    """Those whom the person follows today; the form offers no other."""
    return Patient.objects.visible_to(request.user, clock.today()).order_by(
        "birth_name", "first_names", "pk"
    )


def _write(form: ActForm, request: SignedIn, replaced: Act | None) -> Act | None:
    """Do what was asked; what stands in the way is said on the form, and nothing typed is lost.

    Raises Unread when a reason against the act was not shown before it was sent.
    """
    asked: dict[str, Any] = {
        "request_id": form.cleaned_data["request_id"],
        "declared": form.declared(),
        "by": request.user,
        "now": clock.now(),
    }
    try:
        if replaced:
            reason = form.cleaned_data["reason"]
            return replace_act(act=replaced, reason=reason, read=form.read_reasons(), **asked)
        if "draft" in request.POST:
            return save_draft(**asked)
        return log(read=form.read_reasons(), **asked)
    except Conflict as conflict:
        form.add_error(None, str(conflict))
    except OperationalError:
        form.add_error(
            None,
            _("Ce dossier est occupé par une autre saisie. Rien n’est perdu : essayez encore."),
        )
    return None


def _account(form: ActForm, replaced: Act | None) -> Account | None:
    """What the rules would say of what is chosen so far; None while something is missing."""
    form.is_valid()
    if {"patient", "kind", "done_on", "rcp_file"} & set(form.errors):
        return None
    return foresee(form.declared(), today=clock.today(), instead_of=replaced)


def _as_sent(form: ActForm) -> dict[str, Any]:
    """The opening choices as if they were sent, to show the cap at once."""
    day = form["done_on"].value()
    sent = {name: form[name].value() or "" for name in form.fields if name != "done_on"}
    return sent | {
        "request_id": uuid4(),
        "done_on_when": OTHER if day else "today",
        "done_on_day": day or "",
        "msp_declared": "on",
        "check": "1",
    }


def _amounts(form: ActForm) -> dict[str, str]:
    """Kind → euros today, beside each choice."""
    lines = TariffLine.objects.in_force(clock.today()).filter(kind__in=form.kinds)
    return {kind: euros(amount) for kind, amount in lines.values_list("kind", "amount")}
