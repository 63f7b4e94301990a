"""Dated facts of care: treating doctor, team, long-term condition, under the patient's lock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_patient
from network.enums import AldKind, LinkRole, Profession
from network.events import AldChanged, TreatingDoctorChanged
from network.models import AldPeriod, CareLink, Patient, Professional, User
from network.rules.follow_up import overlap
from portal.kit.events import publish
from portal.kit.words import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Ald:
    """A long-term condition as its proof tells it; both ends inside, no end = open."""

    kind: AldKind
    starts_on: date
    ends_on: date | None = None
    proof: str = ""


def set_treating_doctor(
    *, patient: Patient, professional: Professional, on: date, by: User | None, now: datetime
) -> CareLink:
    """Name the treating doctor from that day; the former one's time ends the day before.

    On the former one's own first day it is a correction: that link changes its doctor.
    """
    if professional.profession != Profession.DOCTOR:
        raise ValidationError({"professional": _("Le médecin traitant est un médecin.")})
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        _not_before_birth(locked, on)
        links = CareLink.objects.filter(patient=locked, role=LinkRole.TREATING_DOCTOR)
        last = links.select_related("professional").order_by("-starts_on", "-pk").first()
        if last and _already(last, professional, on):
            return last
        if last and on < last.starts_on:
            raise ValidationError({"on": _too_early(last)})
        link = _succeed(last, locked, professional, on)
        record(
            verb="treating_doctor.set",
            by=by,
            at=now,
            patient=locked,
            subject=str(professional)[:80],
        )
        publish(TreatingDoctorChanged(locked.pk))
    return link


def _already(link: CareLink, professional: Professional, on: date) -> bool:
    return link.professional == professional and link.ends_on is None and link.starts_on <= on


def _too_early(last: CareLink) -> str:
    return _(
        "%(doctor)s est médecin traitant depuis le %(day)s\u00a0: choisissez ce jour "
        "ou un jour suivant."
    ) % {"doctor": last.professional, "day": plain_day(last.starts_on)}


def _succeed(
    last: CareLink | None, patient: Patient, professional: Professional, on: date
) -> CareLink:
    """Put the new doctor after the last one, or in the place of one named for that same day."""
    if last and last.starts_on == on:
        last.professional, last.ends_on = professional, None
        last.save(update_fields=["professional", "ends_on"])
        return last
    if last and (last.ends_on is None or last.ends_on >= on):
        last.ends_on = on - timedelta(days=1)
        last.save(update_fields=["ends_on"])
    return CareLink.objects.create(
        patient=patient, professional=professional, role=LinkRole.TREATING_DOCTOR, starts_on=on
    )


def add_to_team(
    *, patient: Patient, professional: Professional, on: date, by: User | None, now: datetime
) -> CareLink:
    """Add a professional to the care team from that day. The same entry twice is one."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        _not_before_birth(locked, on)
        links = CareLink.objects.filter(
            patient=locked, professional=professional, role=LinkRole.TEAM
        ).order_by("starts_on")
        for each in links:
            if each.starts_on == on and each.ends_on is None:
                return each
            if overlap(each.starts_on, each.ends_on, on, None):
                raise ValidationError(
                    {
                        "professional": _("%(person)s est déjà dans l’équipe depuis le %(day)s.")
                        % {"person": professional, "day": plain_day(each.starts_on)}
                    }
                )
        link = CareLink.objects.create(
            patient=locked, professional=professional, role=LinkRole.TEAM, starts_on=on
        )
        record(verb="team.joined", by=by, at=now, patient=locked, subject=str(professional)[:80])
    return link


def remove_from_team(*, link: CareLink, last_day: date, by: User | None, now: datetime) -> CareLink:
    """End a place in the care team; `last_day` is the last one inside. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(link.patient_id)
        link = CareLink.objects.select_related("professional").get(pk=link.pk, role=LinkRole.TEAM)
        if link.ends_on == last_day:
            return link
        if link.ends_on is not None:
            raise ValidationError(_("Cette personne a déjà quitté l’équipe."))
        if last_day < link.starts_on:
            raise ValidationError(
                {
                    "last_day": _("La fin précède le début, le %(day)s.")
                    % {"day": plain_day(link.starts_on)}
                }
            )
        link.ends_on = last_day
        link.save(update_fields=["ends_on"])
        record(verb="team.left", by=by, at=now, patient=locked, subject=str(link.professional)[:80])
    return link


def record_ald(*, patient: Patient, ald: Ald, by: User | None, now: datetime) -> AldPeriod:
    """Note a long-term condition with its proof. The same period twice is one."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        same = AldPeriod.objects.filter(
            patient=locked, kind=ald.kind, starts_on=ald.starts_on, ends_on=ald.ends_on
        ).first()
        if same:
            return same
        _check_ald(locked, ald)
        period = AldPeriod.objects.create(
            patient=locked,
            kind=ald.kind,
            starts_on=ald.starts_on,
            ends_on=ald.ends_on,
            proof=ald.proof,
            recorded_by=by,
        )
        record(verb="ald.recorded", by=by, at=now, patient=locked)
        publish(AldChanged(locked.pk))
    return period


def correct_ald(*, period: AldPeriod, ald: Ald, by: User | None, now: datetime) -> AldPeriod:
    """Mend what was noted of a long-term condition; acts already accepted keep their slot."""
    with transaction.atomic():
        locked = lock_patient(period.patient_id)
        period = AldPeriod.objects.get(pk=period.pk)
        before = Ald(
            kind=AldKind(period.kind),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            proof=period.proof,
        )
        if before == ald:
            return period
        _check_ald(locked, ald, besides=period)
        period.kind, period.starts_on = ald.kind, ald.starts_on
        period.ends_on, period.proof = ald.ends_on, ald.proof
        period.save()
        record(verb="ald.corrected", by=by, at=now, patient=locked, reason=_was(before))
        publish(AldChanged(locked.pk))
    return period


def end_ald(*, period: AldPeriod, last_day: date, by: User | None, now: datetime) -> AldPeriod:
    """Note the last day of a long-term condition. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(period.patient_id)
        period = AldPeriod.objects.get(pk=period.pk)
        if period.ends_on == last_day:
            return period
        if last_day < period.starts_on:
            raise ValidationError({"last_day": _("La fin de l’ALD précède son début.")})
        if period.ends_on is not None and last_day > period.ends_on:
            raise ValidationError(
                {
                    "last_day": _(
                        "Cette ALD est déjà terminée\u00a0: corrigez la période pour la prolonger."
                    )
                }
            )
        period.ends_on = last_day
        period.save(update_fields=["ends_on"])
        record(verb="ald.ended", by=by, at=now, patient=locked)
        publish(AldChanged(locked.pk))
    return period


def _check_ald(patient: Patient, ald: Ald, besides: AldPeriod | None = None) -> None:
    if ald.starts_on < patient.birth_date:
        raise ValidationError({"starts_on": _("Cette date précède la naissance du patient.")})
    if ald.ends_on and ald.ends_on < ald.starts_on:
        raise ValidationError({"ends_on": _("La fin de l’ALD précède son début.")})
    others = AldPeriod.objects.filter(patient=patient, kind=ald.kind)
    for each in others.exclude(pk=besides.pk) if besides else others:
        if overlap(each.starts_on, each.ends_on, ald.starts_on, ald.ends_on):
            raise ValidationError(
                {
                    "starts_on": _(
                        "Une ALD de ce type est déjà notée sur ces dates, depuis le %(day)s."
                    )
                    % {"day": plain_day(each.starts_on)}
                }
            )


def _not_before_birth(patient: Patient, on: date) -> None:
    if on < patient.birth_date:
        raise ValidationError({"on": _("Cette date précède la naissance du patient.")})


def _was(ald: Ald) -> str:
    """The former dates, for the journal: no kind and no proof, which tell about health."""
    return (
        f"{ald.starts_on:%d/%m/%Y} – {ald.ends_on:%d/%m/%Y}"
        if ald.ends_on
        else (f"{ald.starts_on:%d/%m/%Y} –")
    )
