"""Who was there: files of the video platforms, tried before they are kept; arrivals on site."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from network.views.pages import SignedIn, show_form
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions.attendance import check_in, keep_attendance
from training.actions.registrations import Busy, Refused
from training.forms.meetings import AttendanceForm
from training.imports.attendance import Line, Unreadable, folded_name, read_attendance
from training.models import AttendanceFile, Meeting, Registration, Stay
from training.rules.presence import Span
from training.selectors.attendance import Matched, match, presence_of


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def files(request: SignedIn, pk: int) -> HttpResponse:
    """Try a file, then keep it: whole or not at all."""
    meeting = get_object_or_404(Meeting, pk=pk)
    posted = request.method == "POST"
    form = AttendanceForm(request.POST, request.FILES) if posted else AttendanceForm()
    context: dict[str, object] = {"meeting": meeting, "form": form}
    if posted and form.is_valid() and meeting.starts_at:
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            found = match(meeting, read_attendance(data, around=meeting.starts_at), folded_name)
        except Unreadable as fault:
            form.add_error("file", str(fault))
        else:
            if "save" in request.POST:
                return _keep(request, meeting, found, file.name, data)
            context |= {"tried": _rows(meeting, found), "strangers": found.strangers}
    context["files"] = AttendanceFile.objects.filter(meeting=meeting).select_related("by")
    return show_form(request, "training/meetings/attendance.html", context)


def _rows(meeting: Meeting, found: Matched[Line]) -> list[tuple[Registration, object]]:
    return [
        (who, presence_of([Span(each.joined, each.left) for each in lines], meeting))
        for who, lines in found.stays.items()
    ]


def _keep(
    request: SignedIn, meeting: Meeting, found: Matched[Line], name: str, data: bytes
) -> HttpResponse:
    stays = {who: [(each.joined, each.left) for each in own] for who, own in found.stays.items()}
    try:
        keep_attendance(
            meeting=meeting,
            stays=stays,
            name=name,
            digest=sha256(data).hexdigest(),
            by=request.user,
            now=clock.now(),
        )
    except Busy as busy:
        messages.error(request, str(busy))
        return redirect("training:attendance", meeting.pk)
    count = len(stays)
    words = ngettext("%(n)s personne était là.", "%(n)s personnes étaient là.", count)
    messages.success(request, words % {"n": count})
    return redirect("training:meeting", meeting.pk)


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def arrival(request: SignedIn, uid: UUID) -> HttpResponse:
    """What the code of a person opens on the phone of whoever stands at the door."""
    rows = Registration.objects.select_related("meeting", "person")
    found = get_object_or_404(rows, uid=uid)
    if request.method == "POST":
        try:
            check_in(registration=found, by=request.user, now=clock.now())
        except (Refused, Busy) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Arrivée notée."))
        return redirect("training:arrival", uid)
    context = {
        "registration": found,
        "meeting": found.meeting,
        "arrived": Stay.objects.filter(registration=found, source=None).first(),
    }
    return render(request, "training/meetings/arrival.html", context)
