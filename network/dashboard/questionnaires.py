"""Questionnaires: answers to see at once, those that nobody finishes, one's own."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.models import Patient
from network.rules.questionnaire import REMINDERS
from network.selectors.questionnaires import alerts_to_see, in_progress, progress_of
from network.views.answering import answerer_of
from portal.kit import clock, dashboard


@dashboard.todos(Perm.FOLLOW_QUESTIONNAIRES, order=1)
def answers_to_see(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Answers signalled by a questionnaire: before anything else of the day."""
    yield dashboard.Counted(_alerts, alerts_to_see())


def _alerts(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Appeler les personnes qui vont mal"),
        href=reverse("network:alerts"),
        note=ngettext(
            "%(count)s réponse à un questionnaire parle de mort ou de se faire du mal.",
            "%(count)s réponses à des questionnaires parlent de mort ou de se faire du mal.",
            count,
        )
        % {"count": count},
        label=_("Tout de suite"),
        state="bad",
    )


@dashboard.todos(Perm.FOLLOW_QUESTIONNAIRES, order=62)
def questionnaires_unfinished(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Questionnaires that were sent ten days ago or more, and wait still."""
    late = in_progress().filter(asked_at__lte=clock.now() - REMINDERS[-1])
    yield dashboard.Counted(_unfinished, late)


def _unfinished(late: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Aider à finir les questionnaires"),
        href=reverse("network:questionnaires"),
        note=ngettext(
            "%(count)s questionnaire attend depuis dix jours ou plus.",
            "%(count)s questionnaires attendent depuis dix jours ou plus.",
            late,
        )
        % {"count": late},
        label=_("Sans réponse"),
    )


@dashboard.todos(Perm.ANSWER_QUESTIONS, order=12)
def own_questions(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """The questionnaire that waits for the patient, or for a minor whom the person represents."""
    own = {each.pk: each for each in Patient.objects.own_of(user, today)}
    for sheet in in_progress().filter(patient__in=own):
        patient = own[sheet.patient_id]
        if not answerer_of(user, patient).may_go_on(sheet):
            continue
        far = progress_of([sheet], on=today)[0]
        mine = patient.user_id == user.pk
        yield dashboard.Todo(
            title=_("Répondre à mon questionnaire")
            if mine
            else _("Répondre au questionnaire de %(name)s") % {"name": patient.first_name},
            href=f"{reverse('network:own_questionnaire')}?pour={patient.code}",
            note=_("Vous pouvez vous arrêter et reprendre."),
            label=_("%(done)s sur %(total)s") % {"done": far.done, "total": far.total},
            state="wait",
        )
