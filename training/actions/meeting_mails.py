"""Mails about meetings, queued in the transaction that causes them."""

from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.mail import queue_mail, withdraw_mails
from network.models import User
from portal.kit.calendar import Appointment, Method, calendar_text
from portal.kit.links import absolute
from portal.kit.reminders import Reminder
from portal.kit.words import capitalise, hour, long_day, month, typeset
from training.enums import Mode
from training.models import Meeting, Registration
from training.notices import Notice
from training.tokens import registration_token

LONGEST_SUBJECT = 200


def tell(
    registration: Registration,
    notice: Notice,
    *,
    now: datetime,
    more: str = "",
    method: Method | None = None,
    key: str | None = None,
) -> None:
    """Mail one notice to who registered, with its calendar file when `method` is given.

    `more`: a sentence of whoever writes. With `key`, a second call queues nothing.
    """
    meeting = registration.meeting
    link = reverse("training:registration_mailed", args=[registration_token(registration.uid)])
    gone = method == Method.CANCEL
    events = [appointment_of(registration, now=now, cancelled=gone)] if meeting.starts_at else []
    _queue(
        registration.person,
        meeting,
        notice,
        where=where_of(meeting, Mode(registration.mode)),
        link=absolute(link),
        more=more,
        calendar=calendar_of(events, method=method) if method and events else "",
        now=now,
        key=key,
    )


def tell_date(meeting: Meeting, person: User, notice: Notice, *, now: datetime, href: str) -> None:
    """Mail somebody who asked to be told; `href`: the page where one registers."""
    _queue(person, meeting, notice, where=meeting.place, link=href, now=now)


def _queue(
    person: User,
    meeting: Meeting,
    notice: Notice,
    *,
    where: str,
    link: str,
    now: datetime,
    more: str = "",
    calendar: str = "",
    key: str | None = None,
) -> None:
    if not person.is_active:
        return
    text = {
        "notice": notice,
        "title": typeset(meeting.title),
        "when": capitalise(when_of(meeting)),
        "where": where,
        "link": link,
        "more": more,
        "phone": settings.SECRETARIAT_PHONE,
    }
    subject = str(notice.subject) % {"title": typeset(meeting.title), "day": day_of(meeting)}
    queue_mail(
        to=person.email,
        subject=subject[:LONGEST_SUBJECT],
        body=render_to_string("training/mail/meeting.txt", text).strip(),
        calendar=calendar,
        now=now,
        key=key,
    )


def day_of(meeting: Meeting) -> str:
    """« mercredi 9 décembre 2026 », « janvier 2027, date à venir »."""
    day: date = meeting.held_on
    if meeting.date_known:
        return long_day(day)
    return _("%(month)s, date à venir") % {"month": month(day)}


def when_of(meeting: Meeting) -> str:
    """« mercredi 9 décembre 2026, de 20 h 30 à 21 h 30 », in the time of Paris."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return day_of(meeting)
    starts, ends = (timezone.localtime(each) for each in (meeting.starts_at, meeting.ends_at))
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": long_day(starts.date()),
        "start": hour(starts.time()),
        "end": hour(ends.time()),
    }


def where_of(meeting: Meeting, mode: Mode) -> str:
    return meeting.place if mode == Mode.ON_SITE else _("En visioconférence")


def appointment_of(
    registration: Registration, *, now: datetime, cancelled: bool = False
) -> Appointment:
    """A registration as a calendar shows it; giving it up counts as one more change.

    Raises ValueError while the date is not fixed.
    """
    meeting = registration.meeting
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("a calendar needs a date")
    return Appointment(
        uid=registration.uid,
        title=typeset(meeting.title),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        where=where_of(meeting, Mode(registration.mode)),
        link=absolute(
            reverse("training:registration_mailed", args=[registration_token(registration.uid)])
        ),
        sequence=meeting.sequence + cancelled,
        changed_at=now,
        cancelled=cancelled,
    )


def calendar_of(events: list[Appointment], *, method: Method | None) -> str:
    """A calendar file of ours, from our address."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return calendar_text(events, name=_("Agenda du réseau"), method=method, sender=sender)


def reminder_key(registration: Registration, reminder: Reminder) -> str:
    """Names one reminder of one registration on one day."""
    day = registration.meeting.held_on
    return f"meeting:{registration.uid.hex}:{reminder}:{day:%Y%m%d}"


def withdraw_reminders(registration: Registration) -> None:
    """Take back the reminders that still wait in the outbox."""
    withdraw_mails(keys=[reminder_key(registration, reminder) for reminder in Reminder])
