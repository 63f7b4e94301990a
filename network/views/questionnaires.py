"""Questionnaires: scores and answers for the team, who has not finished for the coordination."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.alerts import take_in_charge
from network.actions.patients import note_readings
from network.actions.questionnaire import begin_on_paper, send_questionnaire
from network.forms.questionnaire import AlertForm, AskForm
from network.models import AnswerAlert
from network.selectors import questionnaires as select
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed

LATELY = timedelta(days=30)


@allowed(Perm.SEE_PATIENTS)
def patient_questionnaire(request: SignedIn, code: str) -> HttpResponse:
    """Raw scores with their published bands, every answer, and how scores moved."""
    patient, today, now = patient_or_404(request, code), clock.today(), clock.now()
    note_readings(verb="questionnaire.read", patients=[patient], by=request.user, now=now)
    answered = list(select.answered_for(patient))
    waiting = select.in_progress().filter(patient=patient)
    progress = next(iter(select.progress_of(waiting, on=today)), None)
    page = {
        "patient": patient,
        "sheets": [(each, select.parts_of(each, on=today)) for each in answered],
        "curves": select.curves(answered),
        "alerts": select.alerts_of(patient),
        "progress": progress,
        "may_follow": request.user.has_perm(Perm.FOLLOW_QUESTIONNAIRES),
        "ask": AskForm(initial={"kind": "reassessment" if answered else "entry"}),
    }
    return render(request, "network/questionnaires/patient.html", page)


@require_POST
@allowed(Perm.FOLLOW_QUESTIONNAIRES)
def ask(request: SignedIn, code: str) -> HttpResponse:
    """Send the questionnaire, or its link again."""
    patient = patient_or_404(request, code)
    kind = AskForm(request.POST).asked
    done = send_questionnaire(patient=patient, by=request.user, now=clock.now(), kind=kind)
    if done.told:
        messages.success(request, _("Le lien du questionnaire est envoyé."))
    else:
        messages.info(
            request,
            _("Cette personne n’a pas d’adresse mail\u00a0: remplissez-le avec elle."),
        )
    return redirect("network:patient_questionnaire", code)


@require_POST
@allowed(Perm.FOLLOW_QUESTIONNAIRES)
def on_paper(request: SignedIn, code: str) -> HttpResponse:
    """Type a paper questionnaire, from where it was left."""
    patient = patient_or_404(request, code)
    kind = AskForm(request.POST).asked
    sheet = begin_on_paper(patient=patient, by=request.user, now=clock.now(), kind=kind)
    onward = select.filling(sheet, on=clock.today()).next
    if onward is None:
        return redirect("network:questionnaire_check", sheet.uid)
    return redirect("network:questionnaire_question", sheet.uid, onward.rank)


@allowed(Perm.FOLLOW_QUESTIONNAIRES)
def in_progress(request: SignedIn) -> HttpResponse:
    """Who has not finished, the oldest first."""
    page = page_of(request, select.in_progress())
    rows = select.progress_of(page, on=clock.today())
    return render(
        request,
        "network/questionnaires/in_progress.html",
        {"page": page, "rows": rows, "today": clock.today()},
    )


@allowed(Perm.FOLLOW_QUESTIONNAIRES)
def alerts(request: SignedIn) -> HttpResponse:
    """Answers to see to at once, and what was done of the last ones."""
    return render(
        request,
        "network/questionnaires/alerts.html",
        {
            "alerts": select.alerts_to_see(),
            "page": page_of(request, select.alerts_seen_lately(clock.now() - LATELY)),
        },
    )


@allowed(Perm.FOLLOW_QUESTIONNAIRES)
def alert(request: SignedIn, pk: int) -> HttpResponse:
    """Take an alert in charge, by name, with a note."""
    found = get_object_or_404(
        AnswerAlert.objects.select_related("questionnaire__patient", "seen_by"), pk=pk
    )
    form = AlertForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: take_in_charge(
            alert=found, note=form.cleaned_data["note"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("C’est noté à votre nom."))
        return redirect("network:alerts")
    patient = found.questionnaire.patient
    note_readings(verb="questionnaire.read", patients=[patient], by=request.user, now=clock.now())
    return show_form(
        request,
        "network/questionnaires/alert.html",
        {"form": form, "alert": found, "patient": patient},
    )
