"""Facts of case reviews (RCP): meeting, file, attendees, minutes, revision of the plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_author, lock_patient
from network.events import RcpFileChanged
from network.models import (
    Patient,
    Professional,
    RcpAttendance,
    RcpFile,
    RcpMeeting,
    User,
)
from portal.kit.events import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What makes a file payable: who was present, minutes signed, plan revised."""

    attendees: Collection[Professional]
    minutes_signed_on: date | None = None
    plan_revised_on: date | None = None


def record_meeting(
    *,
    held_on: date,
    place: str,
    chair: Professional | None = None,
    by: User | None,
    now: datetime,
) -> RcpMeeting:
    """Note a meeting that was not planned here. The same day, place and author twice is one."""
    if held_on > timezone.localdate(now):
        raise ValidationError({"held_on": _("La réunion est datée dans l’avenir.")})
    with transaction.atomic():
        lock_author(by)
        meeting, created = RcpMeeting.objects.get_or_create(
            held_on=held_on, place=place, recorded_by=by, defaults={"chair": chair}
        )
        if created:
            record(verb="rcp.recorded", by=by, at=now, subject=str(meeting))
    return meeting


def record_file(
    *, meeting: RcpMeeting, patient: Patient, facts: FileFacts, by: User | None, now: datetime
) -> RcpFile:
    """Note a patient's file of a meeting. Raises when the patient is already on its agenda."""
    _check_facts(facts, meeting, today=timezone.localdate(now))
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if RcpFile.objects.filter(meeting=meeting, patient=locked).exists():
            raise ValidationError({"patient": _("Ce patient est déjà à l’ordre du jour.")})
        file = RcpFile.objects.create(
            meeting=meeting,
            patient=locked,
            minutes_signed_on=facts.minutes_signed_on,
            plan_revised_on=facts.plan_revised_on,
        )
        _set_attendees(file, facts.attendees)
        record(verb="rcp.file_recorded", by=by, at=now, patient=locked, subject=str(meeting))
        publish(RcpFileChanged(file.pk, locked.pk))
    return file


def update_file(*, file: RcpFile, facts: FileFacts, by: User | None, now: datetime) -> RcpFile:
    """Note what came since, or mend it: attendees, minutes signed, plan revised."""
    meeting = RcpMeeting.objects.get(pk=file.meeting_id)
    _check_facts(facts, meeting, today=timezone.localdate(now))
    with transaction.atomic():
        locked = lock_patient(file.patient_id)
        file = RcpFile.objects.select_related("meeting").get(pk=file.pk)
        before = (file.minutes_signed_on, file.plan_revised_on)
        file.minutes_signed_on = facts.minutes_signed_on
        file.plan_revised_on = facts.plan_revised_on
        changed = before != (file.minutes_signed_on, file.plan_revised_on)
        if changed:
            file.save(update_fields=["minutes_signed_on", "plan_revised_on"])
        if _set_attendees(file, facts.attendees) or changed:
            record(verb="rcp.file_changed", by=by, at=now, patient=locked, subject=str(meeting))
            publish(RcpFileChanged(file.pk, locked.pk))
    return file


def _set_attendees(file: RcpFile, attendees: Collection[Professional]) -> bool:
    """Make the attendance that list; True when something changed."""
    wanted = {each.pk for each in attendees}
    present = set(file.attendance.values_list("professional_id", flat=True))
    if wanted == present:
        return False
    file.attendance.filter(professional_id__in=present - wanted).delete()
    RcpAttendance.objects.bulk_create(
        RcpAttendance(file=file, professional_id=pk) for pk in sorted(wanted - present)
    )
    return True


def _check_facts(facts: FileFacts, meeting: RcpMeeting, *, today: date) -> None:
    dates = {
        "minutes_signed_on": facts.minutes_signed_on,
        "plan_revised_on": facts.plan_revised_on,
    }
    for field, day in dates.items():
        if day and day > today:
            raise ValidationError({field: _("Cette date est à venir.")})
        if day and day < meeting.held_on:
            raise ValidationError({field: _("Cette date précède la réunion.")})
