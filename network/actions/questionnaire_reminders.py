"""Reminders of a questionnaire that waits, computed from the facts; the row remembers the last."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from network.actions.journal import record
from network.actions.links import Letter, send_personal_link
from network.actions.patients import lock_patient
from network.enums import PathwayState
from network.models import Questionnaire
from network.rules.questionnaire import REMINDED_UNTIL, REMINDERS, Reminder, due_reminder

STILL_HERE = (PathwayState.INCOMPLETE, PathwayState.REQUESTED, PathwayState.FOLLOWED)
AGAIN = Letter(
    gettext_lazy("Vos réponses nous aideront à préparer la suite"),
    gettext_lazy(
        "Quelques questions vous attendent encore. Ce que vous avez déjà répondu est gardé."
        " Voici un lien pour reprendre."
    ),
    closing=False,  # somebody may be answering by the first link at this very moment
)


def remind_all(*, now: datetime) -> int:
    """Send every reminder that is due; how many questionnaires were reminded of."""
    waiting = Questionnaire.objects.to_answer().filter(
        asked_at__lte=now - REMINDERS[0],
        asked_at__gt=now - REMINDED_UNTIL,
        patient__state__in=STILL_HERE,
    )
    due = [
        each.pk
        for each in waiting.exclude(reminder=Reminder.SECOND).only("pk", "asked_at", "reminder")
        if _is_due(each, now)
    ]
    return sum(remind(questionnaire_id=pk, now=now) for pk in due)


def remind(*, questionnaire_id: int, now: datetime) -> bool:
    """Send the reminder that is due, if it still is; twice is once."""
    with transaction.atomic():
        lock_patient(
            Questionnaire.objects.values_list("patient", flat=True).get(pk=questionnaire_id)
        )
        found = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire_id)
        if found.sent_at or found.withdrawn_at or not _is_due(found, now):
            return False
        found.reminder = due_reminder(asked_at=found.asked_at, now=now) or ""
        found.reminded_at = now
        found.save(update_fields=["reminder", "reminded_at"])
        try:
            send_personal_link(patient=found.patient, by=None, now=now, letter=AGAIN)
        except ValidationError:  # no address: the coordination sees that it waits
            return False
        record(verb="questionnaire.reminded", by=None, at=now, patient=found.patient)
        return True


def _is_due(questionnaire: Questionnaire, now: datetime) -> bool:
    due = due_reminder(asked_at=questionnaire.asked_at, now=now)
    return due is not None and due != questionnaire.reminder
