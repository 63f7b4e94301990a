"""A clinician's acts: the list, one act with its course, sending, cancelling."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.course import cancel_act
from fees.actions.log import Unread, send_draft
from fees.actions.steps import Conflict
from fees.enums import State
from fees.exports.acts import act_frame
from fees.forms.act import ReasonForm
from fees.forms.filters import ActFilter
from fees.models import Act
from fees.models.act import ActQuerySet
from fees.selectors.explain import explain, foresee_draft
from fees.selectors.lists import Group, by_month, by_state
from fees.selectors.my_claims import returned_acts, to_send
from fees.selectors.proposals import Proposal, proposals_for
from fees.selectors.why import situations, with_grounds
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download

from .chips import state_chips, totals_line, waiting_words

PAGE = 25


def _own(request: SignedIn) -> ActQuerySet:
    acts = Act.objects.filter(professional__user=request.user)
    return acts.select_related("patient", "professional", "rcp_file__meeting")


@allowed(Perm.LOG_ACT)
def my_acts(request: SignedIn) -> HttpResponse:
    chosen = ActFilter(request.GET)
    acts = chosen.narrow(_own(request))
    groups = by_state(chosen.narrow_but_state(_own(request)))
    page = Paginator(acts, PAGE).get_page(request.GET.get("page"))
    months = by_month(acts) if page.number == 1 else {}
    return render(
        request,
        "fees/my_acts.html",
        {
            "filter": chosen,
            "page": page,
            "totals": _totals(groups),
            "months": months,
            "chips": state_chips(request, groups),
            "proposals": _proposals(request) if not request.GET else [],
            "to_send": waiting_words(to_send(request.user.professional)),
            "to_correct": returned_acts(request.user.professional).count(),
        },
    )


def _proposals(request: SignedIn) -> list[Proposal]:
    return proposals_for(request.user.professional, on=clock.today())


@allowed(Perm.LOG_ACT)
def export(request: SignedIn, kind: str) -> HttpResponse:
    """What the filters show, as a spreadsheet."""
    acts = ActFilter(request.GET).narrow(_own(request))[:MAX_ROWS]
    return as_download(
        act_frame(acts, pseudonymous=False), name="mes-actes", kind=kind, sheet=_("Actes")
    )


@allowed(Perm.LOG_ACT)
def act(request: SignedIn, pk: int) -> HttpResponse:
    """One act: what was decided and why, where it stands, and what can still be done."""
    return _show(request, get_object_or_404(with_grounds(_own(request)), pk=pk))


def _show(request: SignedIn, found: Act, unread: Unread | None = None) -> HttpResponse:
    """`unread`: why the draft was not sent. What stands against a draft is shown before that."""
    if unread:
        account = unread.account
    elif found.state == State.DRAFT:
        account = foresee_draft(found, today=clock.today())
    else:
        account = explain(found, reader=found.professional)
    return render(
        request,
        "fees/act.html",
        {
            "act": found,
            "account": account,
            "unread": unread,
            "read": "|".join(account.verdict.reasons),
            "steps": found.steps.select_related("by"),
            "situation": situations([found])[0],
            "can_cancel": found.state in (State.DRAFT, State.SUBMITTED, State.REFUSED),
            "can_correct": found.state in (State.SUBMITTED, State.REFUSED),
        },
        status=422 if unread else 200,
    )


@require_POST
@allowed(Perm.LOG_ACT)
def send(request: SignedIn, pk: int) -> HttpResponse:
    """What would not be accepted is sent twice: the reason is read before it is noted."""
    draft = get_object_or_404(_own(request), pk=pk)
    read = frozenset(request.POST.get("read", "").split("|"))
    try:
        send_draft(act=draft, by=request.user, now=clock.now(), read=read)
    except Unread as unread:
        return _show(request, draft, unread)
    except Conflict:
        pass  # the page says where the act stands
    return redirect("fees:act", pk)


@allowed(Perm.CANCEL_ACT)
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            cancel_act(act=found, by=request.user, now=clock.now(), reason=reason)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:act", pk)
    status = 422 if request.method == "POST" else 200
    context = {"act": found, "form": form, "title": _("Annuler cet acte")}
    return render(request, "fees/cancel.html", context, status=status)


def _totals(groups: dict[str, Group]) -> list[dict[str, Any]]:
    """What is controlled, what is coming, what is paid: three figures above the list."""
    shown = {
        _("En contrôle"): [State.SUBMITTED],
        _("À payer"): [State.VALIDATED, State.IN_BATCH],
        _("Payé"): [State.PAID],
    }
    return [
        totals_line(label, [groups.get(state, Group()) for state in states])
        for label, states in shown.items()
    ]
