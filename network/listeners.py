"""What this room does when something has happened, here or in allauth."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from network.actions.questionnaire import send_questionnaire
from network.events import MailQueued, RequestReceived
from network.models import Patient, User
from network.tasks import call_the_delivery
from portal.kit import clock
from portal.kit.events import listens_to


@receiver(authenticator_added)
def count_set_up_as_passed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Setting up a factor asks for a code from it: the session has just passed it.

    Nor is anything asked again before the recovery codes, which are shown next.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        proof = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **proof)


@listens_to(MailQueued)
def deliver_soon(event: MailQueued) -> None:
    """Wake the worker; should this be lost, the tick delivers."""
    call_the_delivery()


@listens_to(RequestReceived)
def ask_the_patient(event: RequestReceived) -> None:
    """Mail the questionnaire's link; coordination sends it again from the patient's page.

    Heard twice or late, nobody is asked twice: what was asked since the request is enough.
    """
    patient = Patient.objects.get(pk=event.patient_id)
    asked = patient.questionnaires.filter(asked_at__date__gte=patient.requested_on)
    if not asked.exists():
        send_questionnaire(patient=patient, by=None, now=clock.now())
