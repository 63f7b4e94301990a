"""The personal link of a mail: sent, opened with a birth date, closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.models import Patient, PersonalLink, User
from network.rules.links import JUST_SENT, LINK_LASTS, TRIES
from network.selectors.recipients import recipients_of
from network.tokens import new_secret, token_hash
from portal.kit.links import absolute
from portal.kit.words import plain_day


@dataclass(frozen=True, slots=True)
class Letter:
    """The words around a personal link: neither name nor health data.

    `closing`: the links sent before close with this one.
    """

    subject: str | Promise
    sentence: str | Promise
    closing: bool = True


YOUR_PAGES = Letter(
    gettext_lazy("Vos rendez-vous du réseau"),
    gettext_lazy("Voici votre lien pour choisir vos dates et retrouver vos rendez-vous."),
)


class NotOpened(Exception):
    """The link does not open: unknown, replaced, too old, or closed by wrong birth dates.

    `wrong_date`: it would have, with the right birth date, and may be tried again.
    """

    def __init__(self, *, wrong_date: bool = False) -> None:
        super().__init__("the personal link does not open")
        self.wrong_date = wrong_date


@transaction.atomic
def send_personal_link(
    *, patient: Patient, by: User | None, now: datetime, letter: Letter = YOUR_PAGES
) -> list[PersonalLink]:
    """Mail a link that opens the patient's own pages without a password; earlier ones close.

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
    if letter.closing:
        standing.update(revoked_at=now)
    record(verb="link.sent", by=by, at=now, patient=person)
    return [_send(person, address, user, letter, now=now) for address, user in people]


def _send(
    patient: Patient, address: str, user: User | None, letter: Letter, *, now: datetime
) -> PersonalLink:
    secret = new_secret()
    link = PersonalLink.objects.create(
        patient=patient,
        user=user,
        token_hash=token_hash(secret),
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    text = {
        "letter": letter,
        "link": absolute(reverse("network:entry", args=[secret])),
        "until": plain_day(timezone.localdate(link.expires_at)),
        "phone": settings.SECRETARIAT_PHONE,
    }
    queue_mail(
        to=address,
        subject=str(letter.subject),
        body=render_to_string("network/access/link.txt", text).strip(),
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
            .filter(token_hash=token_hash(secret))
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
