"""Convocations to a case review: who is invited, what they answer, the mails and calendars."""

from collections.abc import Collection
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.enums import Answer, MeetingState
from network.models import Professional, RcpInvitation, RcpMeeting, User
from network.notices import INVITED, MEETING, NOT_INVITED, Call
from network.tokens import call_token
from portal.kit.calendar import Appointment, Method, calendar_text
from portal.kit.links import absolute
from portal.kit.words import capitalise, hour, long_day, plain_day


@transaction.atomic
def invite(
    *, meeting: RcpMeeting, professionals: Collection[Professional], by: User | None, now: datetime
) -> list[RcpInvitation]:
    """Invite professionals, each by a mail with a calendar file; who is invited stays so.

    One who has no account is invited all the same, and told by telephone.
    """
    locked = RcpMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if locked.state != MeetingState.PLANNED:
        raise ValidationError(_("Cette RCP n’est plus à venir."), code="not_allowed")
    known = {each.professional_id: each for each in locked.invitations.all()}
    new = []
    for professional in sorted(set(professionals), key=lambda each: each.pk):
        found = known.get(professional.pk)
        if found is None:
            found = RcpInvitation.objects.create(
                meeting=locked, professional=professional, sent_at=now
            )
        elif found.answer == Answer.WITHDRAWN:
            found.answer, found.answered_at, found.sent_at = Answer.WAITING, None, now
            found.save(update_fields=["answer", "answered_at", "sent_at"])
        else:
            continue
        new.append(found)
        tell(found, locked, INVITED, method=Method.PUBLISH, now=now)
    if new:
        record(verb="rcp.invited", by=by, at=now, subject=str(locked))
    return new


@transaction.atomic
def answer(
    *, invitation: RcpInvitation, coming: bool, by: User | None, now: datetime
) -> RcpInvitation:
    """Come or be excused; one may change one's mind until the meeting is held. Twice is once."""
    meeting = RcpMeeting.objects.select_for_update(no_key=True).get(pk=invitation.meeting_id)
    found = RcpInvitation.objects.get(pk=invitation.pk)
    said = Answer.ACCEPTED if coming else Answer.EXCUSED
    if found.answer == said:
        return found
    if meeting.state != MeetingState.PLANNED or found.answer == Answer.WITHDRAWN:
        raise ValidationError(_("Cette réunion n’attend plus de réponse."), code="not_allowed")
    found.answer, found.answered_at = said, now
    found.save(update_fields=["answer", "answered_at"])
    record(verb="rcp.answered", by=by, at=now, subject=str(meeting))
    return found


@transaction.atomic
def withdraw(*, invitation: RcpInvitation, by: User | None, now: datetime) -> RcpInvitation:
    """Take an invitation back, with what it opened; the calendar is told. The chair's stays."""
    meeting = RcpMeeting.objects.select_for_update(no_key=True).get(pk=invitation.meeting_id)
    found = RcpInvitation.objects.select_related("professional__user").get(pk=invitation.pk)
    if found.answer == Answer.WITHDRAWN:
        return found
    if meeting.state != MeetingState.PLANNED:
        raise ValidationError(_("Cette RCP n’est plus à venir."), code="not_allowed")
    if meeting.chair_id == found.professional_id:
        raise ValidationError(
            _("Cette personne préside la RCP\u00a0: changez d’abord de président."), code="chair"
        )
    found.answer, found.answered_at = Answer.WITHDRAWN, now
    found.save(update_fields=["answer", "answered_at"])
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    record(verb="rcp.uninvited", by=by, at=now, subject=str(meeting))
    tell(found, meeting, NOT_INVITED, method=Method.CANCEL, now=now)
    return found


def tell_all(meeting: RcpMeeting, call: Call, *, method: Method, now: datetime) -> None:
    """Write to everybody invited."""
    invited = RcpInvitation.objects.filter(meeting=meeting).standing()
    for each in invited.select_related("professional__user"):
        tell(each, meeting, call, method=method, now=now)


def tell(
    invitation: RcpInvitation, meeting: RcpMeeting, call: Call, *, method: Method, now: datetime
) -> None:
    """One mail: a day, a place, a link; neither a patient nor anything about health."""
    user = invitation.professional.user
    if user is None or not user.is_active:
        return
    text = {
        "call": call,
        "when": capitalise(when_of(meeting)),
        "where": meeting.where,
        "link": absolute(reverse("network:rcp_call", args=[call_token(invitation.uid)])),
        "phone": settings.SECRETARIAT_PHONE,
    }
    queue_mail(
        to=user.email,
        subject=str(call.subject) % {"day": plain_day(meeting.held_on)},
        body=render_to_string("network/rcp/mail/call.txt", text).strip(),
        calendar=calendar_of(meeting, method=method, now=now),
        now=now,
    )


def calendar_of(meeting: RcpMeeting, *, method: Method, now: datetime) -> str:
    """The calendar file of a meeting: its identifier stays, its sequence rises."""
    starts_at, ends_at = meeting.starts_at, meeting.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError("the hour of this meeting is not known")
    event = Appointment(
        uid=meeting.uid,
        title=str(MEETING),
        starts_at=starts_at,
        ends_at=ends_at,
        where=meeting.where,
        link=absolute(reverse("network:rcp", args=[meeting.pk])),
        sequence=meeting.sequence,
        changed_at=now,
        cancelled=method == Method.CANCEL or meeting.state == MeetingState.CALLED_OFF,
    )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return calendar_text([event], name=str(MEETING), method=method, sender=sender)


def when_of(meeting: RcpMeeting) -> str:
    """« jeudi 3 décembre 2026, de 18 h 30 à 20 h »."""
    starts_at, ends_at = meeting.starts_at, meeting.ends_at
    if starts_at is None or ends_at is None:
        return long_day(meeting.held_on)
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": long_day(meeting.held_on),
        "start": hour(timezone.localtime(starts_at).time()),
        "end": hour(timezone.localtime(ends_at).time()),
    }
