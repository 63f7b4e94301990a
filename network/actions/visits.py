"""Appointments of evaluation (CEO): booked, moved, cancelled, missed. One slot, one patient.

The patient's row is locked first, then the slot's; the database holds the same rules.
"""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network import notices
from network.actions.care import add_to_team, remove_from_team
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.patients import lock_patient
from network.enums import EvaluationKind, LinkRole, PathwayState, VisitState
from network.models import CareLink, ConsultationSlot, Evaluation, Patient, User, Visit
from network.models.consultation import TAKEN
from network.selectors.recipients import addresses_of
from portal.kit.calendar import Appointment, Method, calendar_text
from portal.kit.links import absolute
from portal.kit.words import capitalise, hour, long_day, plain_day


def book_visit(*, patient: Patient, slot: ConsultationSlot, by: User, now: datetime) -> Visit:
    """Book the patient's CEO on a free slot. The same slot again for the same patient is one.

    The doctor joins the care team, to prepare it. Raises ValidationError when the slot is taken
    or past, when the patient is not followed, or already has one to come.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        standing = Visit.objects.filter(patient=locked, state=VisitState.BOOKED).first()
        if standing and standing.slot_id == slot.pk:
            return standing
        if standing:
            raise ValidationError(_("Ce patient a déjà un rendez-vous\u00a0: déplacez-le."))
        if locked.state != PathwayState.FOLLOWED:
            raise ValidationError(_("Une CEO se prend pour un patient suivi."))
        if _evaluated(locked):
            raise ValidationError(_("La CEO de ce patient est déjà faite et signée."))
        taken = _take(slot, now)
        visit = Visit.objects.create(
            patient=locked,
            slot=taken,
            booked_at=now,
            booked_by=by,
            care_link=_welcome(locked, taken, by, now),
        )
        _note("visit.booked", visit, by, now)
        tell(visit, notices.VISIT_BOOKED, now=now)
    return visit


def move_visit(*, visit: Visit, slot: ConsultationSlot, by: User, now: datetime) -> Visit:
    """Give the appointment another slot; the first one is free again. Twice is once."""
    with transaction.atomic():
        found = _locked(visit)
        if found.slot_id == slot.pk and found.state == VisitState.BOOKED:
            return found
        _check_booked(found)
        taken = _take(slot, now)
        if taken.doctor_id != found.slot.doctor_id:
            _part(found, by, now)
            found.care_link = _welcome(found.patient, taken, by, now)
        found.slot, found.sequence = taken, found.sequence + 1
        found.save(update_fields=["slot", "sequence", "care_link"])
        _note("visit.moved", found, by, now)
        tell(found, notices.VISIT_MOVED, now=now)
    return found


def cancel_visit(*, visit: Visit, reason: str, by: User, now: datetime) -> Visit:
    """Call the appointment off: its slot is free again. Twice is once."""
    with transaction.atomic():
        found = _locked(visit)
        if found.state == VisitState.CANCELLED:
            return found
        _check_booked(found)
        _part(found, by, now)
        found.care_link, found.sequence = None, found.sequence + 1
        _close(found, VisitState.CANCELLED, reason, by, now)
        _note("visit.cancelled", found, by, now)
        if found.slot.starts_at > now:
            tell(found, notices.VISIT_CANCELLED, now=now)
    return found


def miss_visit(*, visit: Visit, reason: str = "", by: User, now: datetime) -> Visit:
    """Note that the patient did not come: another appointment can be booked. Twice is once."""
    with transaction.atomic():
        found = _locked(visit)
        if found.state == VisitState.MISSED:
            return found
        _check_booked(found)
        if found.slot.starts_at > now:
            raise ValidationError(_("Ce rendez-vous n’a pas encore eu lieu."))
        if Evaluation.objects.filter(visit=found).exists():
            raise ValidationError(_("Une synthèse est commencée pour ce rendez-vous."))
        _close(found, VisitState.MISSED, reason, by, now)
        _note("visit.missed", found, by, now)
    return found


def hold_visit(visit: Visit, *, by: User, now: datetime) -> None:
    """The summary is signed: the appointment took place. The caller holds the patient's lock."""
    if visit.state == VisitState.BOOKED:
        _close(visit, VisitState.HELD, "", by, now)


def local(instant: datetime) -> datetime:
    return timezone.localtime(instant)


def _evaluated(patient: Patient) -> bool:
    """Whether a CEO is signed since the inclusion."""
    signed = Evaluation.objects.signed().filter(patient=patient, kind=EvaluationKind.CEO)
    return signed.filter(held_on__gte=patient.included_on).exists()


def _locked(visit: Visit) -> Visit:
    lock_patient(visit.patient_id)
    related = Visit.objects.select_related("patient", "slot__site", "slot__doctor", "care_link")
    return related.get(pk=visit.pk)


def _check_booked(visit: Visit) -> None:
    if visit.state != VisitState.BOOKED:
        raise ValidationError(_("Ce rendez-vous n’est plus à venir."))


def _take(slot: ConsultationSlot, now: datetime) -> ConsultationSlot:
    """The slot, locked and free. Raises ValidationError when somebody else has it."""
    rows = ConsultationSlot.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("site", "doctor").get(pk=slot.pk)
    if found.withdrawn_at:
        raise ValidationError(
            {"slot": _("Ce créneau n’est plus ouvert\u00a0: choisissez-en un autre.")}
        )
    if found.starts_at <= now:
        raise ValidationError({"slot": _("Ce créneau est passé\u00a0: choisissez-en un autre.")})
    if Visit.objects.filter(slot=found, state__in=TAKEN).exists():
        raise ValidationError(
            {"slot": _("Ce créneau vient d’être pris\u00a0: choisissez-en un autre.")}
        )
    return found


def _welcome(patient: Patient, slot: ConsultationSlot, by: User, now: datetime) -> CareLink | None:
    """Open the team to the doctor who will consult; None when linked until then anyway.

    A place that was closed today, by an appointment moved or called off, is opened again.
    """
    on, until = timezone.localdate(now), timezone.localdate(slot.starts_at)
    links = CareLink.objects.on(on).filter(patient=patient, professional=slot.doctor)
    if links.filter(Q(ends_on=None) | Q(ends_on__gte=until)).exists():
        return None
    closing = links.filter(role=LinkRole.TEAM).order_by("-starts_on").first()
    if closing:
        closing.ends_on = None
        closing.save(update_fields=["ends_on"])
        subject = str(slot.doctor)[:80]
        record(verb="team.joined", by=by, at=now, patient=patient, subject=subject)
        return closing
    return add_to_team(patient=patient, professional=slot.doctor, on=on, by=by, now=now)


def _part(visit: Visit, by: User, now: datetime) -> None:
    """The doctor will not consult: the place that the booking had opened is closed."""
    link = visit.care_link
    if link and link.ends_on is None and not Evaluation.objects.filter(visit=visit).exists():
        remove_from_team(link=link, last_day=timezone.localdate(now), by=by, now=now)


def _close(visit: Visit, state: VisitState, reason: str, by: User, now: datetime) -> None:
    visit.state, visit.reason = state, reason
    visit.closed_at, visit.closed_by = now, by
    visit.save(update_fields=["state", "reason", "closed_at", "closed_by", "care_link", "sequence"])


def _note(verb: str, visit: Visit, by: User, now: datetime) -> None:
    day = plain_day(local(visit.slot.starts_at).date())
    record(
        verb=verb, by=by, at=now, patient=visit.patient, subject=f"{day}, {visit.slot.site}"[:80]
    )


def tell(visit: Visit, notice: notices.VisitNotice, *, now: datetime) -> None:
    """Mail the appointment under neutral words, with its calendar file."""
    slot = visit.slot
    starts, ends = local(slot.starts_at), local(slot.ends_at)
    gone = visit.state == VisitState.CANCELLED
    where = f"{slot.site.name}, {slot.site.full_address}"
    text = {
        "notice": notice,
        "when": _("%(day)s, de %(start)s à %(end)s")
        % {
            "day": capitalise(long_day(starts.date())),
            "start": hour(starts.time()),
            "end": hour(ends.time()),
        },
        "where": where,
        "access": slot.site.access,
        "phone": settings.SECRETARIAT_PHONE,
    }
    event = Appointment(
        uid=visit.uid,
        title=str(notices.APPOINTMENT),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        where=where,
        link=absolute(reverse("network:own_file")),
        sequence=visit.sequence,
        changed_at=now,
        cancelled=gone,
    )
    calendar = calendar_text(
        [event],
        name=str(notices.APPOINTMENT),
        method=Method.CANCEL if gone else Method.PUBLISH,
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    )
    for address in addresses_of(visit.patient, on=timezone.localdate(now)):
        queue_mail(
            to=address,
            subject=str(notice.subject) % {"day": long_day(starts.date())},
            body=render_to_string("network/follow_up/mail.txt", text).strip(),
            calendar=calendar,
            now=now,
        )
