"""Sites and slots of consultation: kept, opened singly or as a series, withdrawn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.enums import Profession
from network.models import ConsultationSite, ConsultationSlot, Professional, User, Visit
from network.models.consultation import TAKEN
from network.rules.consultation import clash
from portal.kit.words import hour, plain_day

from .visits import local


def keep_site(*, site: ConsultationSite, by: User, now: datetime) -> ConsultationSite:
    """Write a new site, or what changed of one."""
    with transaction.atomic():
        site.save()
        record(verb="consultation_site.kept", by=by, at=now, subject=site.name)
    return site


def open_slots(
    *,
    site: ConsultationSite,
    doctor: Professional,
    starts: Sequence[datetime],
    minutes: int,
    by: User,
    now: datetime,
) -> list[ConsultationSlot]:
    """Open slots of a doctor at a site; those that stand already at these hours are kept as is.

    Raises ValidationError when one is past, or overlaps another slot of the doctor: none is opened.
    """
    if doctor.profession != Profession.DOCTOR:
        raise ValidationError({"doctor": _("Une CEO est menée par un médecin.")})
    if any(each <= now for each in starts):
        raise ValidationError(
            {"day": _("Un créneau s’ouvre à l’avance\u00a0: choisissez un jour à venir.")}
        )
    with transaction.atomic():
        Professional.objects.select_for_update(no_key=True).get(pk=doctor.pk)
        first, last = min(starts), max(starts)
        around = ConsultationSlot.objects.standing().filter(
            doctor=doctor,
            starts_at__gt=first - timedelta(days=1),
            starts_at__lt=last + timedelta(days=1),
        )
        standing = list(around.select_related("site"))
        same = {
            each.starts_at: each
            for each in standing
            if each.site_id == site.pk and each.minutes == minutes
        }
        others = [(each.starts_at, each.minutes) for each in standing]
        wanted = [each for each in starts if each not in same]
        for each in wanted:
            if clash(each, minutes, others):
                raise ValidationError({"hour": _taken(each)})
        opened = [
            ConsultationSlot.objects.create(
                site=site,
                doctor=doctor,
                starts_at=each,
                minutes=minutes,
                opened_at=now,
                opened_by=by,
            )
            for each in wanted
        ]
        if opened:
            record(verb="slots.opened", by=by, at=now, subject=f"{site.name} ({len(opened)})"[:80])
    return [same[each] for each in starts if each in same] + opened


def _taken(starts_at: datetime) -> str:
    at = local(starts_at)
    return _("Ce médecin consulte déjà le %(day)s à %(hour)s.") % {
        "day": plain_day(at.date()),
        "hour": hour(at.time()),
    }


def withdraw_slot(*, slot: ConsultationSlot, by: User, now: datetime) -> ConsultationSlot:
    """Take back a slot that nobody has taken. Twice is once."""
    with transaction.atomic():
        locked = ConsultationSlot.objects.select_for_update(no_key=True).get(pk=slot.pk)
        if locked.withdrawn_at:
            return locked
        if Visit.objects.filter(slot=locked, state__in=TAKEN).exists():
            raise ValidationError(
                _("Ce créneau est pris\u00a0: déplacez ou annulez d’abord le rendez-vous.")
            )
        locked.withdrawn_at, locked.withdrawn_by = now, by
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(verb="slot.withdrawn", by=by, at=now)
    return locked
