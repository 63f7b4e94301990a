"""The doctor's sheet: written, signed, read, completed, printed; its letter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from network.access import Perm
from network.actions.drafts import ChangedElsewhere, stamp
from network.actions.evaluations import (
    complete_evaluation,
    prepare_letter,
    save_evaluation,
    send_letter,
)
from network.actions.patients import note_readings
from network.enums import EvaluationKind, VisitState
from network.exports.evaluation import letter_pdf, summary_pdf
from network.forms.follow_up import (
    AddendumForm,
    EvaluationForm,
    SentForm,
    typed_again,
    values_of,
)
from network.models import Evaluation, Patient
from network.selectors import consultations, evaluations
from network.views import drafts
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock, panels
from portal.kit.access import allowed

BY_WORD = {"ceo": EvaluationKind.CEO, "reevaluation": EvaluationKind.REASSESSMENT}


@allowed(Perm.CONSULT)
def mine(request: SignedIn) -> HttpResponse:
    """A doctor's own consultations: summaries to sign first, then those to come."""
    now = clock.now()
    booked = list(consultations.of_doctor(request.user, now))
    begun = [each for each in booked if each.slot.starts_at <= now]
    with_visit = {each.patient_id for each in begun}
    context = {
        "to_sign": begun,
        "drafts": [
            each
            for each in consultations.drafts_of(request.user)
            if each.patient_id not in with_visit
        ],
        "to_come": [each for each in booked if each.slot.starts_at > now],
        "today": clock.today(),
    }
    return render(request, "network/follow_up/mine.html", context)


@allowed(Perm.CONSULT)
def write(request: SignedIn, code: str, word: str) -> HttpResponse:
    """One page: kept as a draft as often as one likes, then signed."""
    kind = BY_WORD[word]
    patient = patient_or_404(request, code)
    ceo = evaluations.ceo_of(patient)
    draft = evaluations.draft_of(patient, kind, request.user)
    if kind == EvaluationKind.CEO and ceo and not draft:
        return redirect("network:evaluation", code, ceo.pk)
    back = kept_input(request)
    form = EvaluationForm(
        typed(request), initial=typed_again(back) if back else _initial(patient, kind, draft, ceo)
    )
    shown = drafts.shown_by(request, back, stamp(draft.saved_at if draft else None))
    sign = "sign" in request.POST
    elsewhere: Evaluation | None = None
    saved: list[Evaluation] = []

    def save() -> None:
        sheet = save_evaluation(
            patient=patient,
            kind=kind,
            doctor=request.user.professional,
            findings=form.findings,
            sign=sign,
            shown=shown,
            by=request.user,
            now=clock.now(),
        )
        saved.append(sheet)

    try:
        if form.is_valid():
            attempt(form, save)
    except ChangedElsewhere:
        elsewhere = evaluations.draft_of(patient, kind, request.user)
        shown = stamp(elsewhere.saved_at if elsewhere else None)
        form.add_error(None, drafts.RELOAD if drafts.is_quiet(request) else drafts.ELSEWHERE)
    if drafts.is_quiet(request):
        return drafts.kept(stamp(saved[0].saved_at)) if saved else drafts.not_kept(form)
    if saved and sign:
        messages.success(request, _("La synthèse est signée. Elle ne change plus."))
        return redirect("network:evaluation", code, saved[0].pk)
    if saved:
        messages.success(request, _("Le brouillon est gardé. Vous seul le voyez."))
        return redirect("network:evaluation_write", code, word)
    _note_reading(request, patient)
    context: dict[str, Any] = {
        "form": form,
        "patient": patient,
        "kind": kind,
        "draft": draft,
        "shown": shown,
        "elsewhere": elsewhere,
        "ceo": ceo if kind == EvaluationKind.REASSESSMENT else None,
        "panels": panels.shown("evaluation", request, patient),
    }
    return show_form(request, "network/follow_up/write.html", context)


def _initial(
    patient: Patient, kind: EvaluationKind, draft: Evaluation | None, ceo: Evaluation | None
) -> dict[str, Any]:
    """The draft; else what stays true from the CEO, and the day of the appointment."""
    if draft:
        return values_of(draft)
    today = clock.today()
    if kind == EvaluationKind.REASSESSMENT:
        kept = values_of(ceo) if ceo else {}
        return {name: kept.get(name, "") for name in ("treatments", "priorities")} | {
            "held_on": today
        }
    visit = consultations.visit_of(patient)
    if visit and visit.state == VisitState.BOOKED and visit.slot.starts_at <= clock.now():
        return {"held_on": timezone.localdate(visit.slot.starts_at)}
    return {"held_on": today}


@allowed(Perm.SEE_EVALUATION)
def evaluation(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """A signed sheet; a reassessment stands beside its CEO."""
    patient, sheet = _signed_or_404(request, code, pk)
    _note_reading(request, patient)
    before = sheet.compared_with
    context: dict[str, Any] = {
        "patient": patient,
        "sheet": sheet,
        "parts": _parts(sheet),
        "before": before,
        "changes": evaluations.changes(before, sheet) if before else None,
        "letter": getattr(sheet, "letter", None),
        "own": sheet.doctor.user_id == request.user.pk,
        "may_send": _may_send(request, sheet),
        "panels": panels.shown("evaluation", request, patient) if before else [],
    }
    return render(request, "network/follow_up/evaluation.html", context)


@require_GET
@allowed(Perm.SEE_EVALUATION)
def summary_file(request: SignedIn, code: str, pk: int) -> HttpResponse:
    patient, sheet = _signed_or_404(request, code, pk)
    _note_reading(request, patient)
    return _file(summary_pdf(sheet), f"synthese-{sheet.pk}.pdf")


@allowed(Perm.CONSULT)
def complete(request: SignedIn, code: str, pk: int) -> HttpResponse:
    _patient, sheet = _signed_or_404(request, code, pk)
    form = AddendumForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: complete_evaluation(
            evaluation=sheet,
            words=form.cleaned_data["words"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Le complément est ajouté."))
        return redirect("network:evaluation", code, pk)
    return show_form(request, "network/follow_up/complete.html", {"form": form, "sheet": sheet})


@require_POST
@allowed(Perm.SEE_EVALUATION)
def prepare(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Date the liaison letter: by the doctor who signed, or by coordination."""
    _patient, sheet = _signed_or_404(request, code, pk)
    if not _may_send(request, sheet):
        raise Http404
    prepare_letter(evaluation=sheet, by=request.user, now=clock.now())
    messages.success(request, _("Le courrier est prêt\u00a0: notez ici quand il part."))
    return redirect("network:evaluation", code, pk)


@require_GET
@allowed(Perm.SEE_EVALUATION)
def letter_file(request: SignedIn, code: str, pk: int) -> HttpResponse:
    patient, sheet = _signed_or_404(request, code, pk)
    letter = getattr(sheet, "letter", None)
    if letter is None:
        raise Http404
    _note_reading(request, patient)
    return _file(letter_pdf(letter, sheet), f"courrier-{sheet.pk}.pdf")


@allowed(Perm.SEE_EVALUATION)
def sent(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Note when the letter left, and how."""
    _patient, sheet = _signed_or_404(request, code, pk)
    letter = getattr(sheet, "letter", None)
    if letter is None or not _may_send(request, sheet):
        raise Http404
    form = SentForm(typed(request), initial={"sent_on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: send_letter(
            letter=letter,
            channel=form.chosen_channel,
            sent_on=form.cleaned_data["sent_on"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("L’envoi est noté."))
        return redirect("network:evaluation", code, pk)
    return show_form(request, "network/follow_up/sent.html", {"form": form, "sheet": sheet})


def _signed_or_404(request: SignedIn, code: str, pk: int) -> tuple[Patient, Evaluation]:
    patient = patient_or_404(request, code)
    rows = evaluations.sheets_of(patient, request.user, clock.today()).signed()
    return patient, get_object_or_404(rows, pk=pk)


def _may_send(request: SignedIn, sheet: Evaluation) -> bool:
    own: bool = sheet.doctor.user_id == request.user.pk
    return own or request.user.has_perm(Perm.PLAN_VISITS)


def _note_reading(request: SignedIn, patient: Patient) -> None:
    note_readings(verb="summary.read", patients=[patient], by=request.user, now=clock.now())


def _parts(sheet: Evaluation) -> list[tuple[str, str]]:
    """Title and text of each part that was written."""
    written = [
        (str(title), getattr(sheet, name)) for name, title in evaluations.PART_TITLES.items()
    ]
    return [(title, text) for title, text in written if text]


def _file(pdf: bytes, name: str) -> HttpResponse:
    """Neither the person nor what it is about in the name: files travel."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
