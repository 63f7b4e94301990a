"""What a patient says: of a session, of the whole; and progress on the own objectives."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from etp.actions.opinion import give_feedback, give_satisfaction, rate_objectives
from etp.actions.steps import Refused
from etp.forms.booking import FeedbackForm, ObjectivesForm, SatisfactionForm
from etp.models import Evaluation, Feedback
from etp.selectors.progress import evaluation_to_rate, progress_of
from portal.kit import clock

from .pages import asked_patient, mine_of, own_place, page, status_of, typed
from .who import Who, for_patients


@for_patients
def feedback(request: HttpRequest, who: Who, uid: UUID) -> HttpResponse:
    """How useful a session was, from 1 to 5, and a few words."""
    place = own_place(who, uid)
    said = Feedback.objects.filter(place=place).first()
    initial = {"useful": said.useful, "words": said.words} if said else {}
    form = FeedbackForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(place=place, by=who.user, now=clock.now(), **form.cleaned_data)
        except Refused:
            form.add_error(
                None, _("Cette séance ne demande pas d’avis\u00a0: elle est à venir, ou ancienne.")
            )
        else:
            messages.success(request, _("Merci. Votre avis aide à améliorer les séances."))
            return redirect(mine_of(who, place.patient))
    return page(
        request,
        who,
        place.patient,
        "etp/mine/feedback.html",
        {"place": place, "form": form},
        status=status_of(request, form),
    )


@for_patients
def objectives(request: HttpRequest, who: Who) -> HttpResponse:
    """Where one stands on one's own objectives, told without judgement."""
    patient = asked_patient(request, who)
    progress = progress_of(patient)
    form = ObjectivesForm(typed(request), objectives=[each.objective for each in progress])
    if request.method == "POST" and form.is_valid():
        made = rate_objectives(patient=patient, values=form.values(), by=who.user, now=clock.now())
        messages.success(request, _("C’est noté.") if made else _("Rien n’a changé."))
        return redirect(request.get_full_path())
    rows = [(each, form[f"objective_{each.objective.pk}"]) for each in progress]
    shown = {"rows": rows, "form": form, "evaluation": evaluation_to_rate(patient)}
    status = status_of(request, form)
    return page(request, who, patient, "etp/mine/objectives.html", shown, status=status)


@for_patients
def satisfaction(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """How satisfied one is with the whole, at the end."""
    evaluations = Evaluation.objects.filter(assessment__patient__in=who.keys)
    evaluation = get_object_or_404(evaluations.select_related("assessment__patient"), pk=pk)
    patient = evaluation.assessment.patient
    form = SatisfactionForm(typed(request), initial={"value": evaluation.satisfaction})
    if request.method == "POST" and form.is_valid():
        value = form.cleaned_data["value"]
        give_satisfaction(evaluation=evaluation, value=value, by=who.user, now=clock.now())
        messages.success(request, _("Merci. C’est noté."))
        return redirect(mine_of(who, patient))
    return page(
        request,
        who,
        patient,
        "etp/mine/satisfaction.html",
        {"form": form},
        status=status_of(request, form),
    )
