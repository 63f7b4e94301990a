"""One file of a case review (RCP): its page, its question, who was present, what is proposed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.patients import note_rcp_reading
from network.actions.rcp_agenda import (
    is_locked,
    move_file,
    note_attendance,
    note_plan,
    prepare_file,
    remove_file,
)
from network.actions.rcp_minutes import propose, withdraw_proposal
from network.enums import Circle, MinutesPart
from network.forms.rcp import ABSENT, AttendanceForm, CaseForm, PlanDayForm, ProposalForm
from network.models import RcpFile, RcpProposal
from network.rules.review import parts_for, proposals_for
from network.selectors import rcp
from network.views.pages import SignedIn, attempt, show_form, typed
from portal.kit import clock, panels
from portal.kit.access import allowed


def file_or_404(request: SignedIn, pk: int) -> RcpFile:
    """A file whose content this person may read today."""
    return get_object_or_404(rcp.files(request.user, clock.today()), pk=pk)


def writable_or_404(request: SignedIn, pk: int) -> RcpFile:
    """A file whose minutes this person writes: coordination, or who signs them."""
    rows = RcpFile.objects.written_by(request.user, clock.today()).with_people()
    return get_object_or_404(rows.select_related("presenter", "signatory"), pk=pk)


def circle_of(request: SignedIn) -> Circle | None:
    """What this reader comes for, when not as a caregiver."""
    if request.user.has_perm(Perm.RECORD_RCP):
        return None
    professional = rcp.own_professional(request.user)
    return Circle(professional.circle) if professional and professional.circle else None


@allowed(Perm.SEE_RCP)
def file(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    today = clock.today()
    note_rcp_reading(files=[found], by=request.user, now=clock.now())
    circle = circle_of(request)
    parts, kinds = parts_for(circle), proposals_for(circle)
    versions = rcp.versions_of(found)
    writes = RcpFile.objects.written_by(request.user, today).filter(pk=found.pk).exists()
    signer = found.who_signs
    return render(
        request,
        "network/rcp/file.html",
        {
            "file": found,
            "meeting": found.meeting,
            "shows_summary": MinutesPart.SUMMARY in parts,
            "shows_minutes": MinutesPart.DISCUSSION in parts,
            "attendance": rcp.attendance_of(found),
            "proposals": [each for each in rcp.proposals_of(found) if each.kind in kinds],
            "versions": [each for each in versions if each.signed_at],
            "draft": next((each for each in versions if not each.signed_at), None),
            "least": rcp.validity_least(found.held_on),
            "lacks": rcp.proof_words(found),
            "today": today,
            "writes": writes,
            "signs": signer is not None and signer.user_id == request.user.pk and writes,
            "locked": is_locked(found),
            "may_record": request.user.has_perm(Perm.RECORD_RCP),
            "sees_proofs": RcpFile.objects.visible_to(request.user).filter(pk=found.pk).exists(),
            "sees_meeting": rcp.meetings(request.user).filter(pk=found.meeting_id).exists(),
            "panels": panels.shown("rcp_file", request, found),
        },
    )


@allowed(Perm.RECORD_RCP)
def edit_file(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    form = CaseForm(
        typed(request),
        initial={
            "question": found.question,
            "summary": found.summary,
            "presenter": found.presenter,
            "signatory": found.signatory,
            "work": found.work_then,
        },
    )
    if form.is_valid() and attempt(
        form,
        lambda: prepare_file(file=found, case=form.case, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("Le dossier est à jour."))
        return redirect("network:rcp_file", found.pk)
    return show_form(
        request,
        "network/rcp/case.html",
        {"form": form, "meeting": found.meeting, "patient": found.patient, "file": found},
    )


@allowed(Perm.RECORD_RCP)
@require_POST
def order_file(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    move_file(file=found, up="up" in request.POST, by=request.user, now=clock.now())
    return redirect("network:rcp", found.meeting_id)


@allowed(Perm.RECORD_RCP)
@require_POST
def take_off(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    try:
        remove_file(file=found, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le dossier est retiré de l’ordre du jour."))
    return redirect("network:rcp", found.meeting_id)


@allowed(Perm.SEE_RCP)
def presence(request: SignedIn, file: int) -> HttpResponse:
    """Who was present for this file, starting from what is noted."""
    found = writable_or_404(request, file)
    noted = {each.professional_id: each.presence for each in rcp.attendance_of(found)}
    people = rcp.likely_attendees(found.meeting)
    form = AttendanceForm(
        typed(request),
        people=people,
        excusable=False,
        initial={f"p{each.pk}": noted.get(each.pk, ABSENT) for each in people},
    )
    if form.is_valid() and attempt(
        form,
        lambda: note_attendance(file=found, present=form.present, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("Les présents de ce dossier sont notés."))
        return redirect("network:rcp_file", found.pk)
    return show_form(
        request,
        "network/rcp/attendance.html",
        {"form": form, "meeting": found.meeting, "file": found},
    )


@allowed(Perm.RECORD_RCP)
def plan_day(request: SignedIn, file: int) -> HttpResponse:
    found = file_or_404(request, file)
    form = PlanDayForm(typed(request), initial={"revised_on": found.plan_revised_on})
    if form.is_valid() and attempt(
        form,
        lambda: note_plan(file=found, **form.cleaned_data, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("Le dossier est à jour."))
        return redirect("network:rcp_file", found.pk)
    return show_form(
        request,
        "network/rcp/plan_day.html",
        {"form": form, "file": found, "meeting": found.meeting},
    )


@allowed(Perm.SEE_RCP)
def add_proposal(request: SignedIn, file: int) -> HttpResponse:
    found = writable_or_404(request, file)
    form = ProposalForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: propose(file=found, proposed=form.proposed, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("La proposition est notée."))
        return redirect("network:rcp_file", found.pk)
    return show_form(
        request,
        "network/rcp/proposal.html",
        {"form": form, "file": found, "meeting": found.meeting},
    )


@allowed(Perm.SEE_RCP)
@require_POST
def drop_proposal(request: SignedIn, proposal: int) -> HttpResponse:
    """Take back what was noted by mistake."""
    written = RcpFile.objects.written_by(request.user, clock.today())
    rows = RcpProposal.objects.filter(file__in=written.values("pk"))
    found = get_object_or_404(rows, pk=proposal)
    try:
        withdraw_proposal(proposal=found, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La proposition est retirée."))
    return redirect("network:rcp_file", found.file_id)
