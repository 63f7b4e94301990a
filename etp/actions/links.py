"""Secret addresses of a patient: the personal link of a mail, the calendar feed."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.models import CalendarFeed, PersonalLink
from etp.rules.links import JUST_SENT, LINK_LASTS, TRIES
from etp.tokens import new_secret, secret_hash
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.models import Patient, User
from network.selectors.recipients import recipients_of
from portal.kit.links import absolute
from portal.kit.words import plain_day


class NotOpened(Exception):
    """The link does not open: unknown, replaced, too old, or closed by wrong birth dates.

    `wrong_date`: it would have, with the right birth date, and may be tried again.
    """

    def __init__(self, *, wrong_date: bool = False) -> None:
        super().__init__("the personal link does not open")
        self.wrong_date = wrong_date


@transaction.atomic
def send_personal_link(*, patient: Patient, by: User, now: datetime) -> list[PersonalLink]:
    """Mail a link that opens the patient's workshops without a password; earlier ones close.

    It goes to the patient, or to those who represent a minor without address. Twice within a
    minute is once. Raises ValidationError (`no_address`) when there is nobody to write to.
    """
    person = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    standing = PersonalLink.objects.filter(patient=person, revoked_at=None)
    just_sent = list(standing.filter(made_at__gt=now - JUST_SENT, made_at__lte=now))
    if just_sent:
        return just_sent
    people = recipients_of(person, on=timezone.localdate(now))
    if not people:
        raise ValidationError(
            _("Notez d’abord une adresse mail dans le dossier de cette personne."),
            code="no_address",
        )
    standing.update(revoked_at=now)
    record(verb="link.sent", by=by, at=now, patient=person)
    return [_send(person, address, user, now=now) for address, user in people]


def _send(patient: Patient, address: str, user: User | None, *, now: datetime) -> PersonalLink:
    secret = new_secret()
    link = PersonalLink.objects.create(
        patient=patient,
        user=user,
        token_hash=secret_hash(secret),
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    text = {
        "link": absolute(reverse("etp:entry", args=[secret])),
        "until": plain_day(timezone.localdate(link.expires_at)),
        "phone": settings.SECRETARIAT_PHONE,
    }
    queue_mail(
        to=address,
        subject=_("Vos rendez-vous du réseau"),
        body=render_to_string("etp/mail/link.txt", text).strip(),
        now=now,
    )
    return link


def revoke_personal_links(*, patient: Patient, by: User | None, now: datetime) -> int:
    """Close every standing link of a patient, and at once what was entered by it; how many."""
    with transaction.atomic():
        count: int = PersonalLink.objects.filter(patient=patient, revoked_at=None).update(
            revoked_at=now
        )
        if count:
            record(verb="link.revoked", by=by, at=now, patient=patient)
        return count


def enter_by_link(*, secret: str, birth_date: date, now: datetime) -> PersonalLink:
    """Check the birth date that goes with a link, and count the wrong ones.

    Raises NotOpened; the same for a link that never was and for one that is over.
    """
    with transaction.atomic():
        link = (
            PersonalLink.objects.select_for_update(no_key=True)
            .filter(token_hash=secret_hash(secret))
            .first()
        )
        if link is None or not link.is_open(now):
            raise NotOpened
        right = link.patient.birth_date == birth_date
        if right:
            record(verb="link.opened", by=link.user, at=now, patient=link.patient)
        else:
            link.failures += 1
            link.save(update_fields=["failures"])
            if link.failures == TRIES:
                record(verb="link.closed", by=None, at=now, patient=link.patient)
    if not right:  # after the commit: the try is counted
        raise NotOpened(wrong_date=link.is_open(now))
    return link


@transaction.atomic
def make_feed(*, patient: Patient, by: User | None, now: datetime) -> str:
    """A new secret calendar address, shown once; the one before stops at once."""
    person = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    CalendarFeed.objects.filter(patient=person, revoked_at=None).update(revoked_at=now)
    secret = new_secret()
    CalendarFeed.objects.create(patient=person, token_hash=secret_hash(secret), made_at=now)
    record(verb="feed.made", by=by, at=now, patient=person)
    return secret


@transaction.atomic
def stop_feed(*, patient: Patient, by: User | None, now: datetime) -> int:
    """Stop the calendar address of a patient. Twice is once."""
    count: int = CalendarFeed.objects.filter(patient=patient, revoked_at=None).update(
        revoked_at=now
    )
    if count:
        record(verb="feed.stopped", by=by, at=now, patient=patient)
    return count
