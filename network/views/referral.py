"""A clinician refers a patient: the page, its drafts, the receipt, the own requests."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from network.access import Perm
from network.actions.attachments import attach, read_attachment, take_back
from network.actions.patients import note_readings
from network.actions.referrals import discard_draft, keep_draft, send_referral
from network.actions.requests import ask_again
from network.enums import Addressee, PathwayState, Profession
from network.forms.referral import TYPED, ReferralForm
from network.models import Attachment, Patient, Referral, RequestLetter
from network.pathway import due
from network.selectors.requests import drafts_of, missing_of, sent_by, state_of
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, page_of, show_form
from portal.kit import clock
from portal.kit.access import allowed

MIME = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@require_GET
@allowed(Perm.REFER)
def begin(request: SignedIn) -> HttpResponse:
    """A fresh page under its own address: reloaded or resumed, it is the same referral."""
    return redirect("network:refer", uuid4())


@allowed(Perm.REFER)
def refer(request: SignedIn, key: UUID) -> HttpResponse:
    """The one page: whatever is pressed, what was typed is kept first."""
    referral = _own_or_new(request, key)
    if referral and referral.sent_at:
        return redirect("network:my_request", key)
    if request.method == "POST":
        return _received(request, key)
    kept = kept_input(request)
    typed = _typed(kept) if kept else referral.typed if referral else {}
    form = ReferralForm(initial=_of_author(request) | _initial(typed))
    return _page(request, key, form, referral)


@require_POST
@allowed(Perm.REFER)
def keep_field(request: SignedIn, key: UUID) -> HttpResponse:
    """One field, as it is typed: the draft keeps it. 409 with a sentence when it cannot."""
    _own_or_new(request, key)
    name = request.POST.get("name", "")
    if name not in TYPED:
        return HttpResponse(status=400)
    typed = {name: request.POST.getlist("value")}
    try:
        keep_draft(key=key, typed=typed, by=request.user, now=clock.now(), whole=False)
    except ValidationError as refusal:
        return HttpResponse(" ".join(refusal.messages), status=409, content_type="text/plain")
    return HttpResponse(status=204)


def _received(request: SignedIn, key: UUID) -> HttpResponse:
    now, asked = clock.now(), request.POST.get("do", "draft")
    sending = asked == "send"
    form = ReferralForm(request.POST) if sending else _shown_as_typed(request.POST)
    try:
        draft = keep_draft(key=key, typed=_typed(request.POST), by=request.user, now=now)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _page(request, key, form, None)
    refused = _join(request, draft)
    if asked.startswith("remove-"):
        _remove(request, draft, asked.removeprefix("remove-"))
    if sending and form.is_valid() and not refused:
        sent = attempt(
            form,
            lambda: send_referral(
                key=key, identity=form.identity, content=form.content, by=request.user, now=now
            ),
        )
        if sent:
            messages.success(request, _("Votre demande est envoyée."))
            return redirect("network:my_request", key)
    if sending or refused:
        for each in refused:
            form.add_error("pieces", each)
        return _page(request, key, form, draft)
    if asked == "draft":
        messages.success(request, _("Le brouillon est enregistré."))
        return redirect("network:my_requests")
    return redirect(f"{request.path}#pieces")


def _shown_as_typed(typed: QueryDict) -> ReferralForm:
    """A draft says nothing of what it still lacks; only files are refused."""
    form = ReferralForm(typed)
    form.full_clean()
    form.errors.clear()
    form.cleaned_data = {}
    return form


def _join(request: SignedIn, draft: Referral) -> list[str]:
    """Join the files that came; the reasons of those that were not taken."""
    reasons: list[str] = []
    for file in request.FILES.getlist("pieces"):
        try:
            attach(
                referral=draft, name=file.name or "", file=file, by=request.user, now=clock.now()
            )
        except ValidationError as refusal:
            reasons += refusal.messages
    return reasons


def _remove(request: SignedIn, draft: Referral, uid: str) -> None:
    try:
        take_back(referral=draft, uid=UUID(uid), by=request.user, now=clock.now())
    except ValueError:
        raise Http404 from None


def _own_or_new(request: SignedIn, key: UUID) -> Referral | None:
    """The author's referral under this key; None when it is new. Somebody else's is not found."""
    referral = Referral.objects.filter(key=key).first()
    if referral and referral.author_id != request.user.pk:
        raise Http404
    return referral


def _typed(data: QueryDict) -> dict[str, list[str]]:
    return {name: data.getlist(name) for name in sorted(TYPED) if name in data}


def _initial(typed: dict[str, list[str]]) -> dict[str, Any]:
    """What a draft holds, as the fields take it: wrong dates and all."""
    several = {
        name
        for name, field in ReferralForm.base_fields.items()
        if isinstance(field, forms.MultipleChoiceField)
    }
    return {
        name: values if name in several else (values or [""])[0] for name, values in typed.items()
    }


def _of_author(request: SignedIn) -> dict[str, Any]:
    """A doctor who refers is most often the treating doctor."""
    professional = getattr(request.user, "professional", None)
    if professional and professional.profession == Profession.DOCTOR:
        return {"treating_doctor": professional.pk}
    return {}


def _page(
    request: SignedIn, key: UUID, form: ReferralForm, referral: Referral | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "key": key,
        "referral": referral,
        "attachments": Attachment.objects.filter(referral=referral) if referral else [],
        "others": drafts_of(request.user).exclude(key=key)[:3],
    }
    return show_form(request, "network/referral/refer.html", context)


@allowed(Perm.REFER)
def discard(request: SignedIn, key: UUID) -> HttpResponse:
    draft = get_object_or_404(drafts_of(request.user), key=key)
    if request.method == "POST":
        discard_draft(key=key, by=request.user, now=clock.now())
        messages.success(request, _("Le brouillon est supprimé."))
        return redirect("network:my_requests")
    return render(request, "network/referral/discard.html", {"draft": draft})


@allowed(Perm.REFER)
def my_requests(request: SignedIn) -> HttpResponse:
    page = page_of(request, sent_by(request.user))
    context = {
        "drafts": drafts_of(request.user),
        "page": page,
        "rows": [(each, state_of(each.patient)) for each in page if each.patient],
    }
    return render(request, "network/referral/mine.html", context)


@allowed(Perm.REFER)
def my_request(request: SignedIn, key: UUID) -> HttpResponse:
    """The receipt, then where the request stands; files that were asked for are added here."""
    referral = get_object_or_404(sent_by(request.user), key=key)
    patient: Patient = referral.patient  # type: ignore[assignment]
    may_add = patient.state == PathwayState.INCOMPLETE
    note_readings(verb="request.read", patients=[patient], by=request.user, now=clock.now())
    reasons: list[str] = []
    if request.method == "POST" and may_add:
        reasons = _join(request, referral)
        if not reasons:
            messages.success(request, _("Les documents sont joints à la demande."))
            return redirect("network:my_request", key)
    letters = RequestLetter.objects.filter(referral=referral, to=Addressee.DOCTOR)
    context = {
        "referral": referral,
        "patient": patient,
        "standing": state_of(patient),
        "missing": missing_of(patient),
        "due_on": due(patient.completed_on) if patient.completed_on else due(clock.today()),
        "complete": patient.completed_on is not None,
        "may_add": may_add,
        "reasons": reasons,
        "attachments": Attachment.objects.filter(referral=referral),
        "letters": letters,
    }
    return render(
        request, "network/referral/my_request.html", context, status=422 if reasons else 200
    )


@require_POST
@allowed(Perm.REFER)
def again(request: SignedIn, key: UUID) -> HttpResponse:
    """Take up a request that was archived for want of pieces."""
    referral = get_object_or_404(sent_by(request.user), key=key)
    patient: Patient = referral.patient  # type: ignore[assignment]
    if patient.state == PathwayState.ARCHIVED:
        ask_again(patient=patient, by=request.user, now=clock.now())
        messages.success(request, _("La demande est reprise."))
    return redirect("network:my_request", key)


@require_GET
@allowed(Perm.READ_REFERRAL)
def attachment(request: SignedIn, uid: UUID) -> HttpResponse:
    """One document, always as a download."""
    rows = Attachment.objects.visible_to(request.user, clock.today())
    found = get_object_or_404(rows.select_related("referral__patient"), uid=uid)
    content = read_attachment(attachment=found, by=request.user, now=clock.now())
    answer = HttpResponse(content, content_type=MIME[found.kind])
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return answer
