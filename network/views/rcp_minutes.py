"""Minutes of a case review (RCP): written, signed, completed, handed out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.drafts import ChangedElsewhere, stamp
from network.actions.patients import note_rcp_reading
from network.actions.rcp_minutes import (
    CIRCLE_OF,
    ask_signature,
    note_copy,
    sign_minutes,
    write_minutes,
)
from network.enums import Circle, CopyTo
from network.exports.minutes import file_name, minutes_pdf
from network.forms.rcp import CopyForm, MinutesForm
from network.models import RcpFile, RcpMinutes
from network.selectors import rcp
from network.selectors.patients import own_files
from network.views import drafts
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.rcp_files import circle_of, writable_or_404
from portal.kit import clock
from portal.kit.access import allowed

SKELETON = gettext_lazy(
    "Situation\u00a0:\n\nAvis des professionnels\u00a0:\n\nPoint de vue du patient\u00a0:\n"
)


@allowed(Perm.SEE_RCP)
def minutes(request: SignedIn, file: int) -> HttpResponse:
    """Write the draft beside what it will hold: question, people present, proposals."""
    found = writable_or_404(request, file)
    note_rcp_reading(files=[found], by=request.user, now=clock.now())
    back = kept_input(request)
    start, draft, addendum = _begin(found)
    form = MinutesForm(typed(request), initial=back.dict() if back else start)
    shown = drafts.shown_by(request, back, stamp(draft.written_at if draft else None))
    elsewhere: RcpMinutes | None = None
    kept: list[RcpMinutes] = []
    try:
        if form.is_valid():
            attempt(form, lambda: kept.append(_keep(request, found, form, shown)))
    except ChangedElsewhere:
        _start, elsewhere, addendum = _begin(found)
        shown = stamp(elsewhere.written_at if elsewhere else None)
        form.add_error(None, drafts.RELOAD if drafts.is_quiet(request) else drafts.ELSEWHERE)
    if drafts.is_quiet(request):
        return drafts.kept(stamp(kept[0].written_at)) if kept else drafts.not_kept(form)
    if kept:
        return _after(request, kept[0])
    signer = found.who_signs
    return show_form(
        request,
        "network/rcp/minutes.html",
        {
            "form": form,
            "file": found,
            "meeting": found.meeting,
            "addendum": addendum,
            "draft": draft,
            "shown": shown,
            "elsewhere": elsewhere,
            "attendance": rcp.attendance_of(found),
            "proposals": rcp.proposals_of(found),
            "signer": signer,
            "signs": signer is not None and signer.user_id == request.user.pk,
            "least": rcp.validity_least(found.held_on),
        },
    )


def _begin(file: RcpFile) -> tuple[dict[str, Any], RcpMinutes | None, bool]:
    """What the form starts with, the draft, and whether it is that of an addendum."""
    versions = rcp.versions_of(file)
    draft = next((each for each in versions if not each.signed_at), None)
    start: dict[str, Any] = {"discussion": "" if versions else SKELETON}
    if draft:
        start = {"discussion": draft.discussion, "conclusion": draft.conclusion}
    return start, draft, any(each.signed_at for each in versions)


def _keep(request: SignedIn, file: RcpFile, form: MinutesForm, shown: str | None) -> RcpMinutes:
    return write_minutes(
        file=file, **form.cleaned_data, shown=shown, by=request.user, now=clock.now()
    )


def _after(request: SignedIn, draft: RcpMinutes) -> HttpResponse:
    if "sign" in request.POST:
        return _sign(request, draft)
    if "send" in request.POST:
        ask_signature(minutes=draft, by=request.user, now=clock.now())
        messages.success(request, _("Le compte rendu attend sa signature."))
    else:
        messages.success(request, _("Le brouillon est gardé."))
    return redirect("network:rcp_file", draft.file_id)


@allowed(Perm.SEE_RCP)
@require_POST
def sign(request: SignedIn, minutes: int) -> HttpResponse:
    """Sign the draft as it was shown: one that has changed since is read again first."""
    files = RcpFile.objects.signed_by(request.user, clock.today())
    found = get_object_or_404(RcpMinutes.objects.filter(file__in=files.values("pk")), pk=minutes)
    if request.POST.get("shown") != found.written_at.isoformat() and not found.signed_at:
        messages.error(request, _("Le brouillon a changé entre-temps\u00a0: relisez-le d’abord."))
        return redirect("network:rcp_file", found.file_id)
    return _sign(request, found)


def _sign(request: SignedIn, minutes: RcpMinutes) -> HttpResponse:
    try:
        sign_minutes(minutes=minutes, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le compte rendu est signé. Il ne change plus."))
    return redirect("network:rcp_file", minutes.file_id)


@allowed(Perm.SEE_RCP)
def minutes_pdf_page(request: SignedIn, minutes: int) -> HttpResponse:
    """Signed minutes as a document; an extract for who comes for work, insurance or MDPH."""
    files = RcpFile.objects.readable_by(request.user, clock.today())
    rows = RcpMinutes.objects.filter(file__in=files.values("pk"), signed_at__isnull=False)
    found = get_object_or_404(rows.select_related("file__meeting", "file__patient"), pk=minutes)
    note_rcp_reading(files=[found.file], by=request.user, now=clock.now())
    return _document(found, _reader(request))


def _reader(request: SignedIn) -> Circle | None:
    """For whom the document is made: one's own circle, or that of a copy to send."""
    asked = request.GET.get("pour", "")
    if request.user.has_perm(Perm.RECORD_RCP):
        return CIRCLE_OF.get(CopyTo(asked)) if asked in CIRCLE_OF else None
    return circle_of(request)


@allowed(Perm.SEE_OWN_FILE)
def own_minutes(request: SignedIn, code: str, minutes: int) -> HttpResponse:
    """The patient's copy, once it was left in the portal."""
    patient = next(
        (each for each in own_files(request.user, clock.today()) if each.code == code), None
    )
    if patient is None:
        raise Http404
    found = next((m for m in rcp.copies_for_patient(patient) if m.pk == minutes), None)
    if found is None:
        raise Http404
    note_rcp_reading(files=[found.file], by=request.user, now=clock.now())
    return _document(found, None)


def _document(minutes: RcpMinutes, circle: Circle | None) -> HttpResponse:
    response = HttpResponse(minutes_pdf(minutes, circle), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(minutes)}"'
    return response


@allowed(Perm.RECORD_RCP)
def copy(request: SignedIn, minutes: int) -> HttpResponse:
    rows = RcpMinutes.objects.filter(signed_at__isnull=False)
    found = get_object_or_404(rows.select_related("file__meeting", "file__patient"), pk=minutes)
    form = CopyForm(typed(request), initial={"sent_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: note_copy(minutes=found, **form.cleaned_data, by=request.user, now=clock.now()),
    ):
        messages.success(request, _("La copie est notée."))
        return redirect("network:rcp_file", found.file_id)
    return show_form(
        request,
        "network/rcp/copy.html",
        {"form": form, "minutes": found, "file": found.file, "meeting": found.file.meeting},
    )
