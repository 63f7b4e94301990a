"""An answer that was signalled is taken in charge by somebody, by name, with a note."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.models import AnswerAlert, User


def take_in_charge(*, alert: AnswerAlert, note: str, by: User, now: datetime) -> AnswerAlert:
    """Say who has seen to it, and what was done. The first to say it stays: twice is once.

    Raises ValidationError without a note.
    """
    with transaction.atomic():
        found = AnswerAlert.objects.select_for_update(no_key=True).get(pk=alert.pk)
        if found.seen_at:
            return found
        if not note.strip():
            raise ValidationError({"note": _("Notez ce qui a été fait.")})
        found.seen_at, found.seen_by, found.note = now, by, note.strip()
        found.save(update_fields=["seen_at", "seen_by", "note"])
        record(verb="alert.seen", by=by, at=now, patient=found.questionnaire.patient)
    return found
