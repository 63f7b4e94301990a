"""Personal links of patients."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from etp.actions.letters import addresses_of
from network.actions.journal import record
from network.models import Patient, User


def send_personal_link(*, patient: Patient, by: User, now: datetime) -> None:
    """Mail the patient's own door to the workshops. Raises ValidationError without address."""
    if not addresses_of(patient):
        raise ValidationError(_("Notez d’abord une adresse mail."), code="no_address")
    record(verb="link.sent", by=by, at=now, patient=patient)
