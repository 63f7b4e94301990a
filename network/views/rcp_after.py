"""After a case review (RCP): proposals followed, work at six months, the quorum's setting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.patients import note_rcp_reading
from network.actions.rcp_agenda import note_work
from network.actions.rcp_minutes import close_proposal
from network.actions.rcp_quorum import set_quorum
from network.enums import Outcome
from network.forms.rcp import OutcomeForm, ProposalFilter, QuorumForm, WorkForm
from network.models import RcpProposal, RcpQuorum
from network.rules.review import VALID_LEAST
from network.selectors import rcp
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from network.views.rcp_files import circle_of, file_or_404
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.SEE_RCP)
def proposals(request: SignedIn) -> HttpResponse:
    """Proposals across meetings; what is shown names patients, and is journalled."""
    today = clock.today()
    if circle_of(request):
        raise Http404  # outsiders read proposals of their own field, on each file
    form = ProposalFilter(request.GET, owners=list(rcp.owners(request.user, today)))
    search = form.search
    page = page_of(request, rcp.proposals(request.user, search, today))
    note_rcp_reading(
        files={each.file_id: each.file for each in page}.values(),
        by=request.user,
        now=clock.now(),
    )
    may_record = request.user.has_perm(Perm.RECORD_RCP)
    return render(
        request,
        "network/rcp/proposals.html",
        {
            "form": form,
            "page": page,
            "today": today,
            "may_record": may_record,
            "own": rcp.own_professional(request.user),
        },
    )


def _proposal(request: SignedIn, pk: int) -> RcpProposal:
    """A proposal that this person follows: its owner, or the coordination."""
    rows = RcpProposal.objects.visible_to(request.user, clock.today())
    if not request.user.has_perm(Perm.RECORD_RCP):
        rows = rows.filter(owner__user=request.user)
    return get_object_or_404(rows.select_related("file__meeting", "file__patient", "owner"), pk=pk)


@allowed(Perm.SEE_RCP)
def outcome(request: SignedIn, proposal: int) -> HttpResponse:
    found = _proposal(request, proposal)
    note_rcp_reading(files=[found.file], by=request.user, now=clock.now())
    form = OutcomeForm(
        typed(request),
        initial={
            "outcome": found.outcome,
            "on": found.closed_on or clock.today(),
            "why": found.why,
        },
    )
    if form.is_valid() and attempt(
        form,
        lambda: close_proposal(
            proposal=found, **form.cleaned_data, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("La suite de cette proposition est notée."))
        return redirect("network:rcp_proposals")
    return show_form(
        request,
        "network/rcp/outcome.html",
        {"form": form, "proposal": found, "file": found.file, "meeting": found.file.meeting},
    )


@allowed(Perm.SEE_RCP)
@require_POST
def done(request: SignedIn, proposal: int) -> HttpResponse:
    """One tap: done today."""
    found = _proposal(request, proposal)
    try:
        close_proposal(
            proposal=found,
            outcome=Outcome.DONE,
            on=clock.today(),
            by=request.user,
            now=clock.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("C’est noté\u00a0: fait aujourd’hui."))
    query = request.GET.urlencode()
    response = redirect("network:rcp_proposals")
    response["Location"] += f"?{query}" if query else ""
    return response


@allowed(Perm.RECORD_RCP)
def follow_up(request: SignedIn) -> HttpResponse:
    """Work six months after a review: figures with what they are counted of, and whom to ask."""
    today = clock.today()
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isdigit() and 2000 <= int(asked) <= today.year else None
    files = rcp.to_ask_about_work(request.user, today)
    note_rcp_reading(files=files, by=request.user, now=clock.now())
    return render(
        request,
        "network/rcp/follow_up.html",
        {
            "files": files,
            "count": rcp.work_counts(request.user, today, year),
            "year": year,
            "years": range(today.year, today.year - 3, -1),
        },
    )


@allowed(Perm.RECORD_RCP)
def work(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    form = WorkForm(typed(request), initial={"status": found.work_later})
    if form.is_valid() and attempt(
        form,
        lambda: note_work(
            file=found, status=form.cleaned_data["status"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("La situation de travail est notée."))
        return redirect("network:rcp_follow_up")
    return show_form(
        request, "network/rcp/work.html", {"form": form, "file": found, "meeting": found.meeting}
    )


@allowed(Perm.SET_RCP_QUORUM)
def quorum(request: SignedIn) -> HttpResponse:
    form = QuorumForm(typed(request), initial={"valid_from": clock.today()})
    if form.is_valid() and attempt(
        form, lambda: set_quorum(**form.cleaned_data, by=request.user, now=clock.now())
    ):
        messages.success(request, _("Le quorum est noté."))
        return redirect("network:rcp_quorum")
    return show_form(
        request,
        "network/rcp/quorum.html",
        {
            "form": form,
            "settings": list(RcpQuorum.objects.all()),
            "first": VALID_LEAST,
            "today": clock.today(),
        },
    )
