"""The accountant's side: acts under a file number, with the proofs that were checked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.course import cancel_act, reopen_act, reverse_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_act
from fees.enums import Decision, LineState, State
from fees.exports.acts import act_frame
from fees.forms.act import ReasonForm
from fees.forms.filters import ControlFilter
from fees.models import Act
from fees.models.act import ActQuerySet
from fees.selectors.checks import checks_of
from fees.selectors.controls import controlled_act
from fees.selectors.held import rank_of
from fees.selectors.lists import Group, by_state
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.words import number

from .chips import control_chips, count_shown, totals_line
from .pages import FirstPages

PAGE = 25
REOPENED = "validation"
"""Prefix of the second reason on the page of an act."""


def _visible(request: SignedIn) -> ActQuerySet:
    acts = Act.objects.visible_to(request.user)
    return acts.select_related("patient", "professional", "rcp_file__meeting")


@allowed(Perm.CONTROL_ACTS)
def control(request: SignedIn) -> HttpResponse:
    chosen = ControlFilter(request.GET)
    groups = by_state(chosen.counted(_visible(request)))
    whole = bool(chosen.cleaned_data.get("month"))
    known = count_shown(groups, chosen.cleaned_data.get("state", ""), whole=whole)
    pages = FirstPages(chosen.narrow(_visible(request)), PAGE, known=known)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "fees/control.html",
        {
            "filter": chosen,
            "page": page,
            "totals": _totals(groups, whole=whole),
            "chips": control_chips(request, groups, whole=whole),
        },
    )


@allowed(Perm.CONTROL_ACTS)
def export(request: SignedIn, kind: str) -> HttpResponse:
    acts = ControlFilter(request.GET).narrow(_visible(request))
    if acts.count() > MAX_ROWS:
        messages.error(
            request,
            _("Un export tient au plus %(rows)s actes : choisissez un mois ou un état.")
            % {"rows": number(MAX_ROWS)},
        )
        return redirect(f"{reverse('fees:control')}?{request.GET.urlencode()}")
    frame = act_frame(acts.iterator(2000), pseudonymous=True)
    return as_download(frame, name="actes", kind=kind, sheet=_("Actes"))


@allowed(Perm.CONTROL_ACTS)
def control_act(request: SignedIn, pk: int) -> HttpResponse:
    """One act: each automatic check and its result, its course, and the next gesture."""
    act = get_object_or_404(_visible(request), pk=pk)
    return _control_page(request, act, ReasonForm())


@require_POST
@allowed(Perm.CONTROL_ACTS)
def validate(request: SignedIn, pk: int) -> HttpResponse:
    act = get_object_or_404(_visible(request), pk=pk)
    try:
        validate_act(act=act, by=request.user, now=clock.now())
    except Conflict as conflict:
        form = ReasonForm()
        return _control_page(request, act, form, refused=str(conflict))
    return redirect("fees:control_act", pk)


@require_POST
@allowed(Perm.CONTROL_ACTS)
def undo(request: SignedIn, pk: int) -> HttpResponse:
    """Cancel an act that is not paid, reverse one that is; with a reason."""
    act = get_object_or_404(_visible(request), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        undone = reverse_act if act.state == State.PAID else cancel_act
        reason = form.cleaned_data["reason"]
        try:
            undone(act=act, by=request.user, now=clock.now(), reason=reason)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:control_act", pk)
    return _control_page(request, act, form)


@require_POST
@allowed(Perm.CONTROL_ACTS)
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """Undo a validation, with a reason: the act is to be controlled again."""
    act = get_object_or_404(_visible(request), pk=pk)
    form = ReasonForm(request.POST, prefix=REOPENED)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reopen_act(act=act, by=request.user, now=clock.now(), reason=reason)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:control_act", pk)
    return _control_page(request, act, ReasonForm(), reopening=form)


def _control_page(
    request: SignedIn,
    act: Act,
    form: ReasonForm,
    *,
    refused: str = "",
    reopening: ReasonForm | None = None,
) -> HttpResponse:
    reopening = reopening or ReasonForm(prefix=REOPENED)
    checked = controlled_act(act) if act.state == State.SUBMITTED and act.is_live else None
    undo_label = {
        State.SUBMITTED: _("Annuler cet acte"),
        State.VALIDATED: _("Annuler cet acte"),
        State.PAID: _("Extourner cet acte"),
    }.get(State(act.state), "")
    return render(
        request,
        "fees/control_act.html",
        {
            "act": act,
            "form": form,
            "refused": refused,
            "checks": checked.checks if checked else checks_of(act),
            "checked": checked,
            "rank": rank_of(act) if act.state == State.SUBMITTED else None,
            "steps": act.steps.select_related("by"),
            "can_validate": checked is not None
            and checked.line.state == LineState.SENT
            and checked.readable,
            "undo_label": undo_label,
            "reopening": reopening,
            "can_reopen": act.state == State.VALIDATED,
        },
        status=422 if form.errors or reopening.errors or refused else 200,
    )


def _totals(groups: dict[str, Group], *, whole: bool) -> list[dict[str, Any]]:
    """The figures of what the filters show, whatever the state; what is paid, for one month."""
    shown: dict[str, list[State | Decision]] = {
        _("À contrôler"): [State.SUBMITTED],
        _("À arbitrer"): [Decision.TO_ARBITRATE],
        _("À payer"): [State.VALIDATED, State.IN_BATCH],
    }
    if whole:
        shown[_("Payé")] = [State.PAID]
    return [
        totals_line(label, [groups.get(key, Group()) for key in keys])
        for label, keys in shown.items()
    ]
