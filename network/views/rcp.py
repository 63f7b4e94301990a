"""Case reviews (RCP): what payment asks for, through minimal forms for now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.patients import note_rcp_reading
from network.actions.rcp import record_file, record_meeting, update_file
from network.forms.patients import SearchForm
from network.forms.rcp import FileForm, MeetingForm
from network.models import RcpMeeting
from network.selectors import care
from network.selectors.patients import patient_list
from network.views.pages import PER_PAGE, SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.SEE_RCP)
def meetings(request: SignedIn) -> HttpResponse:
    return render(
        request,
        "network/rcp/list.html",
        {
            "page": page_of(request, care.rcp_meetings(request.user)),
            "may_record": request.user.has_perm(Perm.RECORD_RCP),
        },
    )


@allowed(Perm.SEE_RCP)
def meeting(request: SignedIn, meeting: int) -> HttpResponse:
    found = get_object_or_404(care.rcp_meetings(request.user), pk=meeting)
    shown = found.shown_files  # type: ignore[attr-defined]  # loaded by the selector
    note_rcp_reading(files=shown, by=request.user, now=clock.now())
    return render(
        request,
        "network/rcp/meeting.html",
        {"meeting": found, "may_record": request.user.has_perm(Perm.RECORD_RCP)},
    )


@allowed(Perm.RECORD_RCP)
def add_meeting(request: SignedIn) -> HttpResponse:
    form = MeetingForm(typed(request))
    noted: list[RcpMeeting] = []
    if form.is_valid() and attempt(
        form,
        lambda: noted.append(record_meeting(**form.cleaned_data, by=request.user, now=clock.now())),
    ):
        return redirect("network:rcp_choose", noted[0].pk)
    return show_form(request, "network/rcp/add_meeting.html", {"form": form})


@allowed(Perm.RECORD_RCP)
def choose_patient(request: SignedIn, meeting: int) -> HttpResponse:
    """Which patient was discussed: found by name or code, then one page for the facts."""
    found = get_object_or_404(care.rcp_meetings(request.user), pk=meeting)
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
    found = get_object_or_404(care.rcp_meetings(request.user), pk=meeting)
    patient = patient_or_404(request, code)
    form = FileForm(typed(request), likely=care.likely_attendees(found, patient))
    if form.is_valid() and attempt(
        form,
        lambda: record_file(
            meeting=found, patient=patient, facts=form.facts, by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le dossier est noté."))
        return redirect("network:rcp", found.pk)
    return show_form(
        request,
        "network/rcp/file.html",
        {"form": form, "meeting": found, "patient": patient},
    )


@allowed(Perm.RECORD_RCP)
def edit_file(request: SignedIn, file: int) -> HttpResponse:
    found = get_object_or_404(care.rcp_files(request.user), pk=file)
    note_rcp_reading(files=[found], by=request.user, now=clock.now())
    form = FileForm(
        typed(request),
        initial={
            "attendees": list(found.attendees.all()),
            "minutes_signed_on": found.minutes_signed_on,
            "plan_revised_on": found.plan_revised_on,
        },
        likely=care.likely_attendees(found.meeting, found.patient),
    )
    if form.is_valid() and attempt(
        form,
        lambda: update_file(file=found, facts=form.facts, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("Le dossier est à jour."))
        return redirect("network:rcp", found.meeting_id)
    return show_form(
        request,
        "network/rcp/file.html",
        {"form": form, "meeting": found.meeting, "patient": found.patient, "file": found},
    )
