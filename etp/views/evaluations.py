"""The individual evaluation of an assessment, and its letter to the treating doctor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from etp.access import Perm
from etp.actions.assessments import note_assessment_reading
from etp.actions.evaluations import prepare_letter, record_evaluation
from etp.exports.letter import file_name, letter_pdf
from etp.forms.evaluations import EvaluationForm
from etp.models import Assessment, Evaluation
from etp.selectors.evaluations import attended_of, progress_of
from network.selectors import care
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.ASSESS)
def evaluation(request: SignedIn, code: str, number: int) -> HttpResponse:
    """What was reached: noted, corrected, and read once the letter is prepared."""
    sheet = _closed_or_404(request, code, number)
    found: Evaluation | None = getattr(sheet, "evaluation", None)
    progress = progress_of(sheet)
    form = EvaluationForm(
        typed(request) or kept_input(request),
        objectives=[each.objective for each in progress],
        initial=_initial(found, {each.objective.pk: each.last for each in progress}),
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: record_evaluation(
                assessment=sheet, findings=form.findings, by=request.user, now=clock.now()
            ),
        )
        if saved:
            messages.success(request, _("L’évaluation est notée."))
            return redirect("etp:evaluation", code, number)
    note_assessment_reading(patient=sheet.patient, by=request.user, now=clock.now())
    doctor = care.team(sheet.patient, clock.today()).treating_doctor
    context: dict[str, Any] = {
        "patient": sheet.patient,
        "sheet": sheet,
        "evaluation": found,
        "progress": progress,
        "places": attended_of(sheet, found.held_on if found else clock.today()),
        "doctor": doctor.professional if doctor else None,
        "form": form,
    }
    return show_form(request, "etp/assessments/evaluation.html", context)


@require_POST
@allowed(Perm.ASSESS)
def letter(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Prepare the letter: its date is noted, and the evaluation stays as it is."""
    found = _evaluation_or_404(request, code, number)
    prepare_letter(evaluation=found, by=request.user, now=clock.now())
    messages.success(request, _("La lettre est prête à imprimer."))
    return redirect("etp:evaluation", code, number)


@require_GET
@allowed(Perm.ASSESS)
def letter_file(request: SignedIn, code: str, number: int) -> HttpResponse:
    found = _evaluation_or_404(request, code, number)
    if found.letter_on is None:
        raise Http404
    note_assessment_reading(patient=found.assessment.patient, by=request.user, now=clock.now())
    doctor = care.team(found.assessment.patient, found.letter_on).treating_doctor
    pdf = letter_pdf(found, doctor.professional if doctor else None)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer


def _closed_or_404(request: SignedIn, code: str, number: int) -> Assessment:
    patient = patient_or_404(request, code)
    sheet = (
        Assessment.objects.filter(patient=patient, number=number, closed_at__isnull=False)
        .select_related("patient", "evaluation")
        .first()
    )
    if sheet is None:
        raise Http404
    return sheet


def _evaluation_or_404(request: SignedIn, code: str, number: int) -> Evaluation:
    sheet = _closed_or_404(request, code, number)
    found: Evaluation | None = getattr(sheet, "evaluation", None)
    if found is None:
        raise Http404
    return found


def _initial(found: Evaluation | None, last: dict[int, int | None]) -> dict[str, Any]:
    """What is noted; nothing is ticked in the person's place before."""
    if found is None:
        return {"held_on": clock.today()}
    ratings = {f"rating_{pk}": "" if value is None else str(value) for pk, value in last.items()}
    satisfaction = "" if found.satisfaction is None else str(found.satisfaction)
    return ratings | {
        "held_on": found.held_on,
        "summary": found.summary,
        "next_steps": found.next_steps,
        "satisfaction": satisfaction,
    }
