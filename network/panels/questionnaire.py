"""The questionnaire on a patient's page, on the patient's own page, and after a personal link."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.access import Perm
from network.models import Patient
from network.selectors import questionnaires as select
from network.views.answering import answerer_of
from portal.kit import clock
from portal.kit.own_pages import OwnPage, own_page
from portal.kit.panels import Filled, panel


@panel("request", name="questionnaire", order=10, perm=Perm.DECIDE_REQUEST)
@panel("patient", name="questionnaire", order=15, perm=Perm.SEE_PATIENT)
def questionnaire(request: HttpRequest, patient: Patient) -> Filled:
    """The last scores, and how far the patient is with what is asked now."""
    today = clock.today()
    sheet = select.answered_for(patient).first()
    parts = select.parts_of(sheet, on=today) if sheet else []
    waiting = select.in_progress().filter(patient=patient)
    context = {
        "patient": patient,
        "sheet": sheet,
        "scores": [_figure(told) for told in select.headlines(parts)],
        "alerts": select.alerts_of(patient),
        "progress": next(iter(select.progress_of(waiting, on=today)), None),
        "may_follow": request.user.has_perm(Perm.FOLLOW_QUESTIONNAIRES),
    }
    return Filled("network/questionnaires/panel.html", context)


def _figure(told: select.Told) -> dict[str, str]:
    """A score, as the component of totals shows it."""
    figure = f"{told.value} / {told.score.highest}"
    return {"label": told.score.label, "figure": figure, "note": told.band}


@panel("own_file", name="questionnaire", order=10, perm=Perm.ANSWER_QUESTIONS)
def own_questionnaire(request: HttpRequest, patient: Patient) -> Filled | None:
    """What waits for answers, and the way to those given."""
    user: Any = request.user
    answerer = answerer_of(user, patient)
    waiting = select.waiting(patient)
    answered = select.own_answered(patient, select.reader_of(user, patient))
    if waiting is None and not answered:
        return None
    context = {
        "own": patient.user_id == user.pk,
        "filling": select.filling(waiting, on=clock.today()) if waiting else None,
        "by_another": waiting is not None and not answerer.may_go_on(waiting),
        "answered": answered,
        "query": f"?pour={patient.code}",
    }
    return Filled("network/questionnaires/own_panel.html", context)


@own_page(order=10)
def to_answer(user: Any, patient: Patient) -> OwnPage | None:
    """Where a personal link leads first, as long as questions wait."""
    waiting = select.waiting(patient)
    href = reverse("network:own_questionnaire")
    if waiting and answerer_of(user, patient).may_go_on(waiting):
        return OwnPage(_("Mon questionnaire"), href, waits=True)
    if select.own_answered(patient, select.reader_of(user, patient)):
        return OwnPage(_("Mon questionnaire"), href)
    return None
