"""Mails about requests: a sentence and a link, no name and no health data."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from network.actions.mail import queue_mail
from network.models import Patient, User
from network.notices import Notice, body
from portal.kit.links import absolute


def tell(notice: Notice, people: Iterable[User], *, key: str, now: datetime) -> None:
    """One mail for each open account; told again under the same key, nothing leaves."""
    link = absolute(reverse(notice.url_name))
    for person in people:
        if person.is_active:
            queue_mail(
                to=person.email,
                subject=str(notice.subject),
                body=body(notice, link=link),
                now=now,
                key=f"{key}:{person.pk}",
            )


def accounts_of(patient: Patient) -> list[User]:
    """Who reads the patient's own file: the patient, and those who represent a minor."""
    own = [patient.user] if patient.user else []
    return own + [each.user for each in patient.representatives.select_related("user")]
