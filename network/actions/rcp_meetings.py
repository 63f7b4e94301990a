"""Case reviews (RCP) planned ahead: planned, changed, called off, held."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions import rcp_calls
from network.actions.journal import record
from network.actions.patients import lock_author, lock_patient
from network.enums import Answer, MeetingMove, MeetingState, Presence
from network.events import RcpFileChanged
from network.models import (
    Professional,
    RcpAttendance,
    RcpFile,
    RcpInvitation,
    RcpMeeting,
    User,
)
from network.notices import CALLED_OFF, MEETING_CHANGED
from network.rules.review import NotAllowed, after
from portal.kit.calendar import Method
from portal.kit.events import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When and where a meeting is to be held, and who chairs it. `length`: minutes."""

    held_on: date
    begins_at: time
    length: int
    place: str
    video: str
    chair: Professional


def lock_meeting(pk: int) -> RcpMeeting:
    """The meeting's row, locked until the end of the transaction."""
    return RcpMeeting.objects.select_for_update(no_key=True).get(pk=pk)


def move(meeting: RcpMeeting, step: MeetingMove) -> None:
    """Move a locked meeting; the caller saves `state`. Raises ValidationError (`not_allowed`)."""
    try:
        meeting.state = after(MeetingState(meeting.state), step)
    except NotAllowed:
        why = {
            MeetingState.HELD: _("Cette RCP a déjà eu lieu."),
            MeetingState.CALLED_OFF: _("Cette RCP est annulée."),
        }.get(MeetingState(meeting.state), _("Ce geste n’est pas possible."))
        raise ValidationError(why, code="not_allowed") from None


def plan_meeting(*, plan: Plan, by: User | None, now: datetime) -> RcpMeeting:
    """Plan a meeting to come, and invite its chair. The same hour and chair twice is one."""
    _check(plan, today=timezone.localdate(now))
    with transaction.atomic():
        lock_author(by)
        meeting, created = RcpMeeting.objects.get_or_create(
            held_on=plan.held_on,
            begins_at=plan.begins_at,
            chair=plan.chair,
            state=after(None, MeetingMove.PLANNED),
            defaults={
                "length": plan.length,
                "place": plan.place,
                "video": plan.video,
                "recorded_by": by,
            },
        )
        if created:
            record(verb="rcp.planned", by=by, at=now, subject=str(meeting))
            rcp_calls.invite(meeting=meeting, professionals=[plan.chair], by=by, now=now)
    return meeting


def change_meeting(
    *, meeting: RcpMeeting, plan: Plan, by: User | None, now: datetime
) -> RcpMeeting:
    """Change a meeting to come; calendars are told, and another hour asks everybody again."""
    _check(plan, today=timezone.localdate(now))
    with transaction.atomic():
        locked = lock_meeting(meeting.pk)
        move(locked, MeetingMove.CHANGED)
        fields = ("held_on", "begins_at", "length", "place", "video")
        before = [getattr(locked, field) for field in (*fields, "chair_id")]
        for field in fields:
            setattr(locked, field, getattr(plan, field))
        locked.chair = plan.chair
        if before == [getattr(locked, field) for field in (*fields, "chair_id")]:
            return locked
        locked.sequence += 1
        locked.save()
        record(verb="rcp.changed", by=by, at=now, subject=str(locked))
        if before[:2] != [locked.held_on, locked.begins_at]:
            locked.invitations.filter(answer=Answer.ACCEPTED).update(
                answer=Answer.WAITING, answered_at=None
            )
        rcp_calls.invite(meeting=locked, professionals=[plan.chair], by=by, now=now)
        rcp_calls.tell_all(locked, MEETING_CHANGED, method=Method.PUBLISH, now=now)
    return locked


def call_off(*, meeting: RcpMeeting, reason: str, by: User | None, now: datetime) -> RcpMeeting:
    """Call a meeting off; those invited and their calendars are told. Twice is once."""
    with transaction.atomic():
        locked = lock_meeting(meeting.pk)
        if locked.state == MeetingState.CALLED_OFF:
            return locked
        if not reason.strip():
            raise ValidationError({"reason": _("Dites pourquoi en quelques mots.")})
        move(locked, MeetingMove.CALLED_OFF)
        locked.call_off_reason = reason.strip()
        locked.sequence += 1
        locked.save(update_fields=["state", "call_off_reason", "sequence"])
        record(verb="rcp.called_off", by=by, at=now, subject=str(locked))
        rcp_calls.tell_all(locked, CALLED_OFF, method=Method.CANCEL, now=now)
    return locked


def hold_meeting(
    *,
    meeting: RcpMeeting,
    present: Mapping[Professional, Presence],
    excused: Collection[Professional] = (),
    by: User | None,
    now: datetime,
) -> RcpMeeting:
    """The meeting took place: who was present is noted for all of its files, in one gesture.

    Excused is an answer to the invitation: it makes no attendance. Twice is once.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting.pk)
        if locked.state == MeetingState.HELD:
            return locked
        if locked.held_on > timezone.localdate(now):
            raise ValidationError(_("Cette RCP n’a pas encore eu lieu."), code="to_come")
        if not present:
            raise ValidationError(_("Notez au moins une personne présente."), code="nobody")
        move(locked, MeetingMove.HELD)
        locked.save(update_fields=["state"])
        answers = RcpInvitation.objects.filter(meeting=locked).standing()
        answers.filter(professional__in=list(excused)).update(
            answer=Answer.EXCUSED, answered_at=now
        )
        answers.filter(professional__in=list(present)).exclude(answer=Answer.ACCEPTED).update(
            answer=Answer.ACCEPTED, answered_at=now
        )
        for file in RcpFile.objects.filter(meeting=locked).order_by("patient"):
            lock_patient(file.patient_id)
            set_attendance(file, present)
            publish(RcpFileChanged(file.pk, file.patient_id))
        record(verb="rcp.held", by=by, at=now, subject=str(locked))
    return locked


def set_attendance(file: RcpFile, present: Mapping[Professional, Presence]) -> bool:
    """Make the attendance of a file that list, its patient being locked; True when it changed."""
    wanted = {each.pk: presence for each, presence in present.items()}
    known = dict(file.attendance.values_list("professional_id", "presence"))
    if wanted == known:
        return False
    kept = [pk for pk, presence in known.items() if wanted.get(pk) == presence]
    file.attendance.exclude(professional_id__in=kept).delete()
    RcpAttendance.objects.bulk_create(
        RcpAttendance(file=file, professional_id=pk, presence=presence)
        for pk, presence in sorted(wanted.items())
        if pk not in kept
    )
    return True


def _check(plan: Plan, *, today: date) -> None:
    if plan.held_on < today:
        raise ValidationError(
            {"held_on": _("Ce jour est passé\u00a0: notez plutôt une RCP déjà tenue.")}
        )
    if not plan.place and not plan.video:
        raise ValidationError(
            {"place": _("Donnez un lieu, un lien de visioconférence, ou les deux.")}
        )
