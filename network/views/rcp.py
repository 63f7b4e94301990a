"""Case reviews (RCP): the list, one meeting with its agenda, and what the coordination plans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.patients import note_rcp_reading
from network.actions.rcp import record_meeting
from network.actions.rcp_agenda import put_on_agenda
from network.actions.rcp_meetings import call_off, change_meeting, hold_meeting, plan_meeting
from network.forms.patients import SearchForm
from network.forms.rcp import (
    EXCUSED,
    AttendanceForm,
    CallOffForm,
    CaseForm,
    MeetingForm,
    PlanForm,
)
from network.models import RcpMeeting
from network.selectors import rcp
from network.selectors.patients import patient_list
from network.views.pages import PER_PAGE, SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


def meeting_or_404(request: SignedIn, pk: int) -> RcpMeeting:
    return get_object_or_404(rcp.meetings(request.user), pk=pk)


@allowed(Perm.SEE_RCP)
def meetings(request: SignedIn) -> HttpResponse:
    """One's meetings, or all for the coordination: those to come, then those that were."""
    page = page_of(request, rcp.past(request.user))
    today = clock.today()
    return render(
        request,
        "network/rcp/list.html",
        {
            "coming": rcp.coming(request.user, today),
            "page": page,
            "lines": rcp.agendas(list(page), request.user, today),
            "today": today,
            "may_record": request.user.has_perm(Perm.RECORD_RCP),
            "may_set_quorum": request.user.has_perm(Perm.SET_RCP_QUORUM),
        },
    )


@allowed(Perm.SEE_RCP)
def meeting(request: SignedIn, meeting: int) -> HttpResponse:
    found = meeting_or_404(request, meeting)
    today = clock.today()
    may_record = request.user.has_perm(Perm.RECORD_RCP)
    lines = rcp.agenda(found, request.user, today)
    note_rcp_reading(
        files=[each.file for each in lines if each.readable], by=request.user, now=clock.now()
    )
    invited = list(rcp.invitations(found))
    return render(
        request,
        "network/rcp/meeting.html",
        {
            "meeting": found,
            "lines": lines,
            "blocked": rcp.blocked_readers(found) if may_record and found.is_planned else {},
            "invited": invited,
            "own": next((i for i in invited if i.professional.user_id == request.user.pk), None),
            "may_record": may_record,
            "may_hold": may_record and found.is_planned and found.held_on <= today,
            "least": rcp.validity_least(found.held_on),
        },
    )


@allowed(Perm.RECORD_RCP)
def plan(request: SignedIn) -> HttpResponse:
    form = PlanForm(typed(request))
    planned: list[RcpMeeting] = []
    if form.is_valid() and attempt(
        form,
        lambda: planned.append(plan_meeting(plan=form.plan, by=request.user, now=clock.now())),
    ):
        messages.success(request, _("La RCP est prévue. Ajoutez des dossiers, puis convoquez."))
        return redirect("network:rcp", planned[0].pk)
    return show_form(request, "network/rcp/plan.html", {"form": form})


@allowed(Perm.RECORD_RCP)
def change(request: SignedIn, meeting: int) -> HttpResponse:
    found = meeting_or_404(request, meeting)
    names = ("held_on", "begins_at", "length", "place", "video", "chair")
    form = PlanForm(typed(request), initial={name: getattr(found, name) for name in names})
    if form.is_valid() and attempt(
        form,
        lambda: change_meeting(meeting=found, plan=form.plan, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("La RCP est à jour. Les personnes convoquées sont prévenues."))
        return redirect("network:rcp", found.pk)
    return show_form(request, "network/rcp/plan.html", {"form": form, "meeting": found})


@allowed(Perm.RECORD_RCP)
def call_meeting_off(request: SignedIn, meeting: int) -> HttpResponse:
    found = meeting_or_404(request, meeting)
    form = CallOffForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: call_off(
            meeting=found, reason=form.cleaned_data["reason"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("La RCP est annulée. Les personnes convoquées sont prévenues."))
        return redirect("network:rcp", found.pk)
    return show_form(request, "network/rcp/call_off.html", {"form": form, "meeting": found})


@allowed(Perm.RECORD_RCP)
def add_meeting(request: SignedIn) -> HttpResponse:
    """Note a meeting that took place without having been planned here."""
    form = MeetingForm(typed(request))
    noted: list[RcpMeeting] = []
    if form.is_valid() and attempt(
        form,
        lambda: noted.append(record_meeting(**form.cleaned_data, by=request.user, now=clock.now())),
    ):
        return redirect("network:rcp_choose", noted[0].pk)
    return show_form(request, "network/rcp/add_meeting.html", {"form": form})


@allowed(Perm.RECORD_RCP)
def hold(request: SignedIn, meeting: int) -> HttpResponse:
    """The meeting took place: who was there, for all the files at once."""
    found = meeting_or_404(request, meeting)
    said = {
        f"p{each.professional_id}": EXCUSED
        for each in rcp.invitations(found)
        if each.answer == "excused"
    }
    form = AttendanceForm(
        typed(request), people=rcp.likely_attendees(found), excusable=True, initial=said
    )
    if form.is_valid() and attempt(
        form,
        lambda: hold_meeting(
            meeting=found,
            present=form.present,
            excused=form.excused,
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(
            request, _("La RCP est tenue. Corrigez les présents d’un dossier au besoin.")
        )
        return redirect("network:rcp", found.pk)
    return show_form(
        request,
        "network/rcp/attendance.html",
        {"form": form, "meeting": found, "files": found.files.count()},
    )


@allowed(Perm.RECORD_RCP)
def choose_patient(request: SignedIn, meeting: int) -> HttpResponse:
    """Which patient to put on the agenda: found by name or code, then one page for the question."""
    found = meeting_or_404(request, meeting)
    form = SearchForm(request.GET)
    candidates = (
        patient_list(request.user, form.search, clock.today())[:PER_PAGE]
        if form.search.text
        else []
    )
    return render(
        request,
        "network/rcp/choose.html",
        {"meeting": found, "form": form, "candidates": candidates},
    )


@allowed(Perm.RECORD_RCP)
def add_file(request: SignedIn, meeting: int, code: str) -> HttpResponse:
    found = meeting_or_404(request, meeting)
    patient = patient_or_404(request, code)
    form = CaseForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: put_on_agenda(
            meeting=found, patient=patient, case=form.case, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le dossier est à l’ordre du jour."))
        return redirect("network:rcp", found.pk)
    return show_form(
        request,
        "network/rcp/case.html",
        {"form": form, "meeting": found, "patient": patient},
    )
