"""Attestations: one's own, their verification by anybody, their revocation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions.attestations import describe_body, revoke_attestation
from training.enums import AttestationState
from training.exports.attestation import attestation_pdf, file_name
from training.forms.attestations import BodyForm, RevokeForm
from training.models import Attestation, TrainingBody
from training.selectors.surveys import answered_moments

LONGEST_QUERY = 80


@never_cache
@allowed(Perm.LEARN)
def mine(request: SignedIn) -> HttpResponse:
    page = page_of(request, Attestation.objects.filter(learner=request.user))
    answered = answered_moments(request.user, [each.module_key for each in page])
    rows = [(each, answered.get(each.module_key, [])) for each in page]
    context = {"page": page, "rows": rows, "today": clock.today()}
    return render(request, "training/attestations.html", context)


@never_cache
@require_GET
@allowed(Perm.LEARN)
def download(request: SignedIn, code: UUID) -> HttpResponse:
    """The document, to its holder and to the medical director; a revoked one to nobody."""
    found = get_object_or_404(Attestation.objects.visible_to(request.user).standing(), code=code)
    return HttpResponse(
        attestation_pdf(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name(found)}"'},
    )


@never_cache
@require_GET
@login_not_required
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody who holds the code is told: valid, expired, revoked or unknown; no result."""
    known = _as_code(code)
    found = Attestation.objects.filter(code=known).first() if known else None
    state = found.state_on(clock.today()) if found else AttestationState.UNKNOWN
    context = {"state": state, "attestation": found, "code": code[:LONGEST_QUERY]}
    return render(request, "training/verify.html", context, status=200 if found else 404)


@never_cache
@allowed(Perm.REVOKE_ATTESTATION)
def issued(request: SignedIn) -> HttpResponse:
    """All that was issued, the latest first; by code or by name."""
    rows = Attestation.objects.visible_to(request.user).select_related("learner")
    asked = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    if asked:
        named = Q(learner__last_name__icontains=asked) | Q(learner__first_name__icontains=asked)
        code = _as_code(asked)
        rows = rows.filter(named | Q(code=code)) if code else rows.filter(named)
    context = {"page": page_of(request, rows), "asked": asked, "today": clock.today()}
    return render(request, "training/issued.html", context)


@allowed(Perm.REVOKE_ATTESTATION)
def revoke(request: SignedIn, code: UUID) -> HttpResponse:
    found = get_object_or_404(Attestation.objects.visible_to(request.user), code=code)
    form = RevokeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        revoke_attestation(attestation=found, reason=reason, by=request.user, now=clock.now())
        return redirect("training:issued_attestations")
    context: dict[str, object] = {"attestation": found, "form": form, "today": clock.today()}
    return show_form(request, "training/revoke.html", context)


@allowed(Perm.EDIT_BODY)
def body(request: SignedIn) -> HttpResponse:
    """Who gives the training, with the numbers printed on the attestations to come."""
    form = BodyForm(typed(request), instance=TrainingBody.current())

    if request.method == "POST" and form.is_valid():
        describe_body(body=form.save(commit=False), by=request.user, now=clock.now())
        messages.success(
            request, _("Organisme enregistré. Les attestations déjà délivrées ne changent pas.")
        )
        return redirect("training:body")
    return show_form(request, "training/body.html", {"form": form})


def _as_code(text: str) -> UUID | None:
    """The code of an attestation as typed; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
