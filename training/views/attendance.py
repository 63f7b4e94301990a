"""Who was there: files of the video platforms, tried before they are kept; arrivals on site."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from network.views.pages import SignedIn, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import plain_day
from training.access import Perm
from training.actions.attendance import check_in, drop_tried, keep_attendance, try_attendance
from training.actions.registrations import Busy, Refused
from training.forms.meetings import AttendanceForm
from training.imports.attendance import Line, Unreadable, folded_name, read_attendance
from training.models import AttendanceFile, Meeting, Registration, Stay
from training.rules.presence import Span
from training.selectors.attendance import Matched, match, presence_of


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def files(request: SignedIn, pk: int) -> HttpResponse:
    """Try a file: it is held with what it says, then kept or dropped by one button."""
    meeting = get_object_or_404(Meeting, pk=pk)
    if request.method == "POST" and {"save", "drop"} & set(request.POST):
        return _decide(request, meeting)
    form = AttendanceForm(typed(request), request.FILES or None)
    context: dict[str, object] = {"meeting": meeting, "form": form}
    if request.method == "POST" and form.is_valid() and meeting.starts_at:
        file = form.cleaned_data["file"]
        try:
            _try(request, meeting, file.name, file.read())
        except (Unreadable, Busy) as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("training:attendance", pk)
    known = AttendanceFile.objects.filter(meeting=meeting).select_related("by")
    tried = known.filter(kept=False).first()
    if tried:
        found = _found(meeting, tried)
        context |= {"file": tried, "tried": _rows(meeting, found), "strangers": found.strangers}
    context["files"] = known.filter(kept=True).defer("content")
    return show_form(request, "training/meetings/attendance.html", context)


def _try(request: SignedIn, meeting: Meeting, name: str, content: bytes) -> None:
    """Raises Unreadable, Busy."""
    if meeting.starts_at:
        read_attendance(content, around=meeting.starts_at)
    file = try_attendance(
        meeting=meeting, name=name, content=content, by=request.user, now=clock.now()
    )
    if file.kept:
        words = _("Ce fichier est déjà enregistré, depuis le %(day)s.")
        messages.info(request, words % {"day": plain_day(timezone.localdate(file.read_at))})


def _found(meeting: Meeting, file: AttendanceFile) -> Matched[Line]:
    """Whom a file that was read once names; nobody once the date is no more fixed."""
    if meeting.starts_at is None:
        return Matched()
    try:
        lines = read_attendance(file.content, around=meeting.starts_at)
    except Unreadable:  # the meeting was put off since
        return Matched()
    return match(meeting, lines, folded_name)


def _decide(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """Keep the file that was tried, the very one whose page was read; or drop it."""
    if "drop" in request.POST:
        drop_tried(meeting=meeting)
        return redirect("training:attendance", meeting.pk)
    digest = request.POST["save"]
    file = AttendanceFile.objects.filter(meeting=meeting, digest=digest).first()
    if file is None:
        messages.error(request, _("Ce fichier a été remplacé entre-temps\u00a0: relisez."))
        return redirect("training:attendance", meeting.pk)
    if file.kept:
        return redirect("training:meeting", meeting.pk)
    return _keep(request, meeting, _found(meeting, file), file)


def _rows(meeting: Meeting, found: Matched[Line]) -> list[tuple[Registration, object]]:
    return [
        (who, presence_of([Span(each.joined, each.left) for each in lines], meeting))
        for who, lines in found.stays.items()
    ]


def _keep(
    request: SignedIn, meeting: Meeting, found: Matched[Line], file: AttendanceFile
) -> HttpResponse:
    stays = {who: [(each.joined, each.left) for each in own] for who, own in found.stays.items()}
    try:
        keep_attendance(
            meeting=meeting,
            stays=stays,
            name=file.name,
            digest=file.digest,
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
