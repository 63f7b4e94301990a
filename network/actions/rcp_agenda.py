"""The files of a case review (RCP): put on the agenda, prepared, attended, asked about later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_patient
from network.actions.rcp_meetings import lock_meeting, set_attendance
from network.enums import MeetingState, Presence, WorkStatus
from network.events import RcpFileChanged
from network.models import (
    PaperPlan,
    Patient,
    Professional,
    RcpFile,
    RcpMeeting,
    RcpMinutes,
    User,
)
from network.rules.review import follow_up_on
from portal.kit.events import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked about a patient, and by whom. `work`: at the day of the review."""

    question: str
    summary: str = ""
    presenter: Professional | None = None
    signatory: Professional | None = None
    work: WorkStatus | None = None


def put_on_agenda(
    *, meeting: RcpMeeting, patient: Patient, case: Case, by: User | None, now: datetime
) -> RcpFile:
    """Add a patient's file, last of the agenda. Raises when it is there already."""
    with transaction.atomic():
        locked = lock_meeting(meeting.pk)
        if locked.state == MeetingState.CALLED_OFF:
            raise ValidationError(_("Cette RCP est annulée."), code="not_allowed")
        person = lock_patient(patient.pk)
        files = RcpFile.objects.filter(meeting=locked)
        if files.filter(patient=person).exists():
            raise ValidationError({"patient": _("Ce patient est déjà à l’ordre du jour.")})
        last = files.aggregate(last=Max("rank"))["last"] or 0
        file = RcpFile(meeting=locked, patient=person, rank=last + 1)
        _write(file, case)
        file.save(force_insert=True)
        record(verb="rcp.file_recorded", by=by, at=now, patient=person, subject=str(locked))
    return file


def prepare_file(*, file: RcpFile, case: Case, by: User | None, now: datetime) -> RcpFile:
    """Change what is asked; refused once the minutes are signed, which hold it."""
    with transaction.atomic():
        lock_patient(file.patient_id)
        locked = RcpFile.objects.select_related("meeting", "patient").get(pk=file.pk)
        if is_locked(locked):
            raise ValidationError(locked_words(), code="signed")
        if _write(locked, case):
            locked.save()
            record(
                verb="rcp.file_changed",
                by=by,
                at=now,
                patient=locked.patient,
                subject=str(locked.meeting),
            )
    return locked


def move_file(*, file: RcpFile, up: bool, by: User | None, now: datetime) -> None:
    """Swap a file with the one before, or after, on the agenda."""
    with transaction.atomic():
        meeting = lock_meeting(file.meeting_id)
        files = list(RcpFile.objects.filter(meeting=meeting).order_by("rank", "pk"))
        here = next(index for index, each in enumerate(files) if each.pk == file.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(files):
            return
        files[here], files[there] = files[there], files[here]
        for rank, each in enumerate(files, 1):
            each.rank = rank
        RcpFile.objects.bulk_update(files, ["rank"])
        record(verb="rcp.changed", by=by, at=now, subject=str(meeting))


def remove_file(*, file: RcpFile, by: User | None, now: datetime) -> None:
    """Take a file off the agenda, as long as nothing was said about it."""
    with transaction.atomic():
        meeting = lock_meeting(file.meeting_id)
        person = lock_patient(file.patient_id)
        found = RcpFile.objects.filter(pk=file.pk).first()
        if found is None:
            return
        if (
            found.attendance.exists()
            or found.proposals.exists()
            or found.minutes.exists()
            or found.plan_revised_on
        ):
            raise ValidationError(
                _("Ce dossier a été discuté\u00a0: il reste dans la RCP."), code="discussed"
            )
        found.delete()
        record(verb="rcp.file_removed", by=by, at=now, patient=person, subject=str(meeting))


def note_attendance(
    *,
    file: RcpFile,
    present: Mapping[Professional, Presence],
    by: User | None,
    now: datetime,
) -> RcpFile:
    """Who was present for this file. Refused once minutes that name them are signed.

    An addendum that is being written opens it again: what it signs will name them.
    """
    with transaction.atomic():
        person = lock_patient(file.patient_id)
        locked = RcpFile.objects.select_related("meeting").get(pk=file.pk)
        if locked.meeting.state != MeetingState.HELD:
            raise ValidationError(_("Cette RCP n’a pas encore eu lieu."), code="to_come")
        if is_locked(locked):
            raise ValidationError(locked_words(), code="signed")
        if set_attendance(locked, present):
            record(
                verb="rcp.file_changed",
                by=by,
                at=now,
                patient=person,
                subject=str(locked.meeting),
            )
            publish(RcpFileChanged(locked.pk, person.pk))
    return locked


def note_plan(
    *, file: RcpFile, revised_on: date | None, reason: str, by: User, now: datetime
) -> RcpFile:
    """The day on which a version on paper cited this review; None takes it back.

    It opens payments without a signed plan: its author and `reason` are shown beside the day.
    """
    with transaction.atomic():
        person = lock_patient(file.patient_id)
        locked = RcpFile.objects.select_related("meeting").get(pk=file.pk)
        if locked.plan_revised_on == revised_on:
            return locked
        if not reason.strip():
            raise ValidationError({"reason": _("Dites d’après quel document.")})
        if revised_on and revised_on > timezone.localdate(now):
            raise ValidationError({"revised_on": _("Cette date est à venir.")})
        if revised_on and revised_on < locked.meeting.held_on:
            raise ValidationError({"revised_on": _("Cette date précède la réunion.")})
        locked.plan_revised_on = revised_on
        locked.save(update_fields=["plan_revised_on"])
        PaperPlan.objects.filter(file=locked).delete()
        if revised_on:
            PaperPlan.objects.create(file=locked, reason=reason.strip(), noted_at=now, noted_by=by)
        record(
            verb="rcp.paper_plan",
            by=by,
            at=now,
            patient=person,
            subject=str(locked.meeting),
            reason=reason.strip(),
        )
        publish(RcpFileChanged(locked.pk, person.pk))
    return locked


def note_work(*, file: RcpFile, status: WorkStatus, by: User | None, now: datetime) -> RcpFile:
    """The patient's work six months after the review, or later. Raises before that day."""
    today = timezone.localdate(now)
    with transaction.atomic():
        person = lock_patient(file.patient_id)
        locked = RcpFile.objects.select_related("meeting").get(pk=file.pk)
        if locked.meeting.state != MeetingState.HELD or follow_up_on(locked.held_on) > today:
            raise ValidationError(_("Les six mois ne sont pas encore passés."), code="too_early")
        if locked.work_later == status:
            return locked
        locked.work_later, locked.work_later_on = status, today
        locked.save(update_fields=["work_later", "work_later_on"])
        record(verb="rcp.work_noted", by=by, at=now, patient=person, subject=str(locked.meeting))
    return locked


def _write(file: RcpFile, case: Case) -> bool:
    """Put the case into the row; True when something changed."""
    fields = {
        "question": case.question.strip(),
        "summary": case.summary.strip(),
        "presenter": case.presenter,
        "signatory": case.signatory,
        "work_then": case.work or "",
    }
    changed = any(getattr(file, name) != value for name, value in fields.items())
    for name, value in fields.items():
        setattr(file, name, value)
    return changed


def is_locked(file: RcpFile) -> bool:
    """Signed minutes hold this file, and no addendum is being written."""
    versions = RcpMinutes.objects.filter(file=file).values_list("signed_at", flat=True)
    return any(versions) and all(versions)


def locked_words() -> str:
    return _("Le compte rendu est signé\u00a0: commencez un additif pour corriger ce dossier.")
