"""Mails about places, queued in the transaction that causes them.

They hold a day, a place and a link: no name, no title of a workshop, nothing about health.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from etp import notices
from etp.models import Place, Session
from etp.notices import Notice
from etp.tokens import place_token
from network.actions.mail import queue_mail, withdraw_mails
from network.selectors.recipients import addresses_of
from portal.kit.calendar import Appointment, Method, calendar_text
from portal.kit.links import absolute
from portal.kit.reminders import Reminder
from portal.kit.words import capitalise, hour, long_day


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a mail: a place, its session, and the address where it is held."""

    place: Place
    session: Session
    where: str

    @property
    def when(self) -> str:
        return capitalise(when_of(self.session))

    @property
    def link(self) -> str:
        return absolute(reverse("etp:place", args=[place_token(self.place.uid)]))


def tell(
    place: Place,
    notice: Notice,
    *,
    now: datetime,
    session: Session | None = None,
    where: str = "",
    more: str = "",
    method: Method | None = None,
    instead_of: Place | None = None,
    key: str | None = None,
) -> None:
    """Mail one notice about a place, with its calendar file when `method` is given.

    `where`: the address, when the caller has read it already. `more`: words of a coordinator.
    `instead_of`: the place that was left for this one, which calendars must learn too. With `key`,
    a second call queues nothing.
    """
    session = session or place.session
    date = Dated(place, session, where or where_of(session))
    events = []
    if method:
        gone = method == Method.CANCEL
        events = [appointment_of(place, session, date.where, now=now, cancelled=gone)]
    if instead_of:
        old = instead_of.session
        events.append(appointment_of(instead_of, old, "", now=now, cancelled=True))
    _queue([date], notice, events, method, now=now, more=more, key=key)


def tell_together(dates: Sequence[Dated], notice: Notice, *, now: datetime, gone: bool) -> None:
    """One mail and one calendar file for several places of a patient; `gone`: all given up.

    A CANCEL speaks of one event only (RFC 5546, 3.2.5): several are published as cancelled.
    """
    events = [
        appointment_of(each.place, each.session, each.where, now=now, cancelled=gone)
        for each in dates
    ]
    one_gone = gone and len(events) == 1
    _queue(dates, notice, events, Method.CANCEL if one_gone else Method.PUBLISH, now=now)


def _queue(
    dates: Sequence[Dated],
    notice: Notice,
    events: Sequence[Appointment],
    method: Method | None,
    *,
    now: datetime,
    more: str = "",
    key: str | None = None,
) -> None:
    subject = str(notice.subject) % {
        "day": long_day(timezone.localdate(dates[0].session.starts_at)),
        "count": len(dates),
    }
    body = _words(dates, notice, more)
    calendar = calendar_of(events, method=method) if events else ""
    patient = dates[0].place.patient
    addresses = addresses_of(patient, on=timezone.localdate(now))
    for address, each_key in zip(addresses, _keys(key, len(addresses)), strict=True):
        queue_mail(to=address, subject=subject, body=body, calendar=calendar, now=now, key=each_key)


def _words(dates: Sequence[Dated], notice: Notice, more: str) -> str:
    language, phone = get_language(), settings.SECRETARIAT_PHONE
    if len(dates) > 1:
        text = {"notice": notice, "dates": dates, "more": more, "phone": phone}
        return _rendered(text | {"mine": absolute(reverse("etp:mine"))})
    (date,) = dates
    form = _form_for_one(notice, bool(more), language, phone)
    return form.format(when=date.when, where=date.where, link=date.link, more=more)


def _rendered(text: dict[str, Any]) -> str:
    return render_to_string("etp/mail/place.txt", text).strip()


@cache
def _form_for_one(notice: Notice, more: bool, _language: str | None, phone: str) -> str:
    """The mail about one date with its blanks, the same for everybody.

    Rendered once a process: a booking waits for its mail under its lock.
    """
    date = {"when": "{when}", "where": "{where}", "link": "{link}"}
    words = {"notice": notice, "dates": [date], "more": "{more}" if more else ""}
    return _rendered(words | {"phone": phone})


def _keys(key: str | None, count: int) -> list[str | None]:
    """The key of each reader's mail: the first one bears it bare."""
    return [key and (f"{key}:{rank}" if rank else key) for rank in range(count)]


def calendar_of(events: Sequence[Appointment], *, method: Method | None) -> str:
    """A calendar file under our neutral name, from our address."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return calendar_text(events, name=str(notices.SUBJECT), method=method, sender=sender)


MOST_READERS = 4


def reminder_key(place: Place, session: Session, reminder: Reminder) -> str:
    """Names one reminder of one place on one day."""
    return f"reminder:{place.uid.hex}:{reminder}:{timezone.localdate(session.starts_at):%Y%m%d}"


def withdraw_reminders(place: Place, session: Session) -> None:
    """Take back the reminders that still wait in the outbox: nobody comes on that day any more."""
    keys = [
        each
        for reminder in Reminder
        for each in _keys(reminder_key(place, session, reminder), MOST_READERS)
        if each
    ]
    withdraw_mails(keys=keys)


def tell_offered(place: Place, *, now: datetime) -> None:
    """A seat is held for somebody who waited, until an hour that is said."""
    if place.until is None:
        raise ValueError("only an offer has an end")
    tell(place, notices.OFFERED, now=now, more=_answer_before(place.until))


def tell_offered_together(dates: Sequence[Dated], *, until: datetime, now: datetime) -> None:
    """A seat is held in each session of a cycle for somebody who waited for it."""
    _queue(dates, notices.OFFERED_TOGETHER, [], None, now=now, more=_answer_before(until))


def _answer_before(until: datetime) -> str:
    local = timezone.localtime(until)
    words = _("Répondez avant le %(day)s à %(hour)s. Ensuite, elle ira à la personne suivante.")
    return words % {"day": long_day(local.date()), "hour": hour(local.time())}


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
