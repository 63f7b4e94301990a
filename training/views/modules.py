"""A learner's page of a module: where one stands, and the next step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions.attestations import Revoked, issue_attestation
from training.actions.modules import NotYet, enrol, read_lesson, start_stage
from training.actions.runs import NotPublished
from training.enums import Part, StageKind
from training.forms.attestations import IssueForm
from training.models import Attestation
from training.selectors.effect import own_points
from training.selectors.modules import module_content
from training.selectors.path import path_of
from training.selectors.renewal import renewal_of
from training.wording import MISSING


@never_cache
@allowed(Perm.LEARN)
def module(request: SignedIn, key: UUID) -> HttpResponse:
    content = module_content(key)
    if content is None:
        raise Http404
    path = path_of(content, request.user)
    latest = Attestation.objects.filter(learner=request.user, module_key=key).first()
    return render(
        request,
        "training/my_module.html",
        {
            "path": path,
            "page": content.page,
            "missing": [MISSING[each] for each in path.completion.missing],
            "attestation": latest,
            "renewal": renewal_of(path, latest, clock.today()),
            "form": IssueForm(),
            "best": path.best(Part.POSTTEST),
            "points": own_points(content, request.user) if path.enrolment else [],
            "today": clock.today(),
        },
    )


@require_POST
@allowed(Perm.LEARN)
def begin(request: SignedIn, key: UUID) -> HttpResponse:
    """Enrol, and go to the first step."""
    try:
        enrol(key=key, by=request.user, now=clock.now())
    except NotPublished as missing:
        raise Http404 from missing
    return redirect("training:module", key)


@require_POST
@allowed(Perm.LEARN)
def stage(request: SignedIn, key: UUID, part: str, case: UUID) -> HttpResponse:
    """Begin or resume a test or a vignette."""
    if part not in set(Part):
        raise Http404
    try:
        run = start_stage(key=key, part=Part(part), case=case, by=request.user, now=clock.now())
    except NotPublished as missing:
        raise Http404 from missing
    except NotYet as refusal:
        messages.warning(request, str(refusal))
        return redirect("training:module", key)
    return redirect("training:run", run.pk)


@require_POST
@allowed(Perm.LEARN)
def lesson_read(request: SignedIn, key: UUID, lesson: UUID) -> HttpResponse:
    """Keep that it was read, and go on: to the next lesson, else to the module."""
    try:
        path = read_lesson(key=key, lesson=lesson, by=request.user, now=clock.now())
    except NotPublished as missing:
        raise Http404 from missing
    except NotYet as refusal:
        messages.warning(request, str(refusal))
        return redirect("training:module", key)
    coming = path.next
    if coming and coming.kind is StageKind.LESSON and coming.url:
        return redirect(coming.url)
    return redirect("training:module", key)


@require_POST
@allowed(Perm.LEARN)
def attest(request: SignedIn, key: UUID) -> HttpResponse:
    """Issue the attestation, and show it."""
    form = IssueForm(request.POST)
    form.is_valid()  # one box, ticked or not
    try:
        issue_attestation(
            key=key,
            with_scores=bool(form.cleaned_data.get("with_scores")),
            by=request.user,
            now=clock.now(),
        )
    except NotPublished as missing:
        raise Http404 from missing
    except NotYet as refusal:
        messages.warning(request, str(refusal))
    except Revoked:
        messages.error(
            request,
            _("L’attestation de ce module a été révoquée. Écrivez à la direction médicale."),
        )
    return redirect("training:module", key)
