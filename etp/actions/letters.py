"""Mails about places, queued in the transaction that causes them.

They hold a day, a place and a link: no name, no title of a workshop, nothing about health.
"""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from etp import notices
from etp.models import Place, Session
from etp.notices import Notice
from etp.rules.calendar import Appointment, Method, calendar_text
from etp.tokens import place_token
from network.actions.mail import queue_mail
from network.models import Patient, Representative, User
from network.rules import born_after_for_minors
from portal.kit.links import absolute
from portal.kit.words import capitalise, hour, long_day


def tell(
    place: Place,
    notice: Notice,
    *,
    now: datetime,
    session: Session | None = None,
    where: str = "",
    more: str = "",
    method: Method | None = None,
    key: str | None = None,
) -> None:
    """Mail one notice about a place, with its calendar file when `method` is given.

    `where`: the address, when the caller has read it already. `more`: words of a coordinator.
    With `key`, a second call queues nothing.
    """
    session = session or place.session
    where = where or where_of(session)
    link = absolute(reverse("etp:place", args=[place_token(place.uid)]))
    text = {
        "notice": notice,
        "when": capitalise(when_of(session)),
        "where": where,
        "more": more,
        "link": link,
        "phone": settings.SECRETARIAT_PHONE,
    }
    day = long_day(timezone.localdate(session.starts_at))
    calendar = ""
    if method:
        event = appointment_of(place, session, where, now=now, cancelled=method == Method.CANCEL)
        calendar = calendar_text([event], name=str(notices.SUBJECT), method=method)
    for address in addresses_of(place.patient, on=timezone.localdate(now)):
        queue_mail(
            to=address,
            subject=str(notice.subject) % {"day": day},
            body=render_to_string("etp/mail/place.txt", text).strip(),
            calendar=calendar,
            now=now,
            key=key and f"{key}:{address}"[:120],
        )


def tell_offered(place: Place, *, now: datetime) -> None:
    """A seat is held for somebody who waited, until an hour that is said."""
    if place.until is None:
        raise ValueError("only an offer has an end")
    until = timezone.localtime(place.until)
    words = _("Répondez avant le %(day)s à %(hour)s. Ensuite, elle ira à la personne suivante.")
    more = words % {"day": long_day(until.date()), "hour": hour(until.time())}
    tell(place, notices.OFFERED, now=now, more=more)


def tell_expired(place: Place, *, now: datetime) -> None:
    tell(place, notices.EXPIRED, now=now)


def when_of(session: Session) -> str:
    """« jeudi 3 décembre 2026, de 14 h 30 à 16 h », in the time of Paris."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": long_day(starts.date()),
        "start": hour(starts.time()),
        "end": hour(ends.time()),
    }


def where_of(session: Session) -> str:
    if session.site is None:
        return _("En vidéo, depuis chez vous")
    return f"{session.site.name}, {session.site.full_address}"


def appointment_of(
    place: Place, session: Session, where: str, *, now: datetime, cancelled: bool = False
) -> Appointment:
    """A place as a calendar shows it; giving it up counts as one more change."""
    return Appointment(
        uid=place.uid,
        title=str(notices.SUBJECT),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=where,
        link=absolute(reverse("etp:mine")),
        sequence=session.sequence + cancelled,
        changed_at=now,
        cancelled=cancelled,
    )


def recipients_of(patient: Patient, *, on: date) -> list[tuple[str, User | None]]:
    """Where to write that day, and whose account it is, if one is known.

    The patient, or those who represent a minor without address.
    """
    if patient.email:
        return [(patient.email, patient.user)]
    if patient.user and patient.user.is_active:
        return [(patient.user.email, patient.user)]
    if patient.birth_date <= born_after_for_minors(on):
        return []
    parents = Representative.objects.filter(patient=patient, user__is_active=True)
    people = [each.user for each in parents.select_related("user").order_by("pk")]
    return [(each.email, each) for each in people]


def addresses_of(patient: Patient, *, on: date) -> list[str]:
    if patient.email:  # the common case, without reading the account
        return [patient.email]
    return [address for address, _user in recipients_of(patient, on=on)]
