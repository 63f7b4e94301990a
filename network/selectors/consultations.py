"""Reads of consultations: sites and their wait, free slots, who has no appointment yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from network.enums import EvaluationKind, PathwayState, VisitState
from network.models import (
    ConsultationSite,
    ConsultationSlot,
    Evaluation,
    Patient,
    Professional,
    User,
    Visit,
)
from network.rules import consultation as rules
from network.rules.consultation import WAIT_DAYS, Free, Wait

MOST_FREE = 500
"""Free slots read to make a proposal: months of consultations."""


def sites() -> QuerySet[ConsultationSite]:
    return ConsultationSite.objects.select_related("structure")


def waits(on: date, now: datetime) -> dict[int, Wait]:
    """The wait at each site: to its next free slot, and the median of the last three months."""
    first_free: dict[int, date] = {}
    free = ConsultationSlot.objects.free(now).values_list("site", "starts_at")
    for site, starts_at in free:
        first_free.setdefault(site, timezone.localdate(starts_at))
    held = Visit.objects.filter(
        state=VisitState.HELD,
        slot__starts_at__gte=now - timedelta(days=WAIT_DAYS),
        patient__included_on__isnull=False,
    ).values_list("slot__site", "patient__included_on", "slot__starts_at")
    waited: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for site, included_on, starts_at in held:
        day = timezone.localdate(starts_at)
        if included_on and included_on <= day:
            waited[site].append((included_on, day))
    return {
        pk: rules.wait(on, first_free.get(pk), waited[pk])
        for pk in ConsultationSite.objects.values_list("pk", flat=True)
    }


@dataclass(frozen=True, slots=True)
class Proposed:
    """The slots to choose from. `nearest` is None when the patient's postcode is not known."""

    nearest: ConsultationSlot | None
    nearness: rules.Nearness
    soonest: ConsultationSlot | None
    slots: Sequence[ConsultationSlot]


def proposals(patient: Patient, now: datetime, *, site: int | None = None) -> Proposed:
    """The nearest free slot, the soonest, and all of them, at one site when it is given."""
    rows = ConsultationSlot.objects.free(now).select_related("site", "doctor")
    slots = list(rows[:MOST_FREE])
    free = [Free(each.pk, each.starts_at, each.site.postcode) for each in slots]
    by_key = {each.pk: each for each in slots}
    near, soon = rules.nearest(free, patient.postcode), rules.soonest(free)
    return Proposed(
        nearest=by_key[near.slot] if near else None,
        nearness=rules.nearness(patient.postcode, near.postcode if near else ""),
        soonest=by_key[soon.slot] if soon else None,
        slots=[each for each in slots if site in (None, each.site_id)],
    )


def signed_ceo() -> Exists:
    """Whether a patient's CEO is signed since the inclusion."""
    return Exists(
        Evaluation.objects.signed().filter(
            patient=OuterRef("pk"),
            kind=EvaluationKind.CEO,
            held_on__gte=OuterRef("included_on"),
        )
    )


def without_ceo() -> tuple[Any, Any]:
    """Conditions on a patient: no CEO to come, none signed since the inclusion."""
    to_come = Visit.objects.filter(patient=OuterRef("pk"), state=VisitState.BOOKED)
    return ~Exists(to_come), ~signed_ceo()


def to_book(user: User, on: date) -> QuerySet[Patient]:
    """Patients followed without a CEO signed or to come, the oldest inclusion first."""
    followed = Patient.objects.in_care_of(user, on).filter(state=PathwayState.FOLLOWED)
    return followed.filter(*without_ceo()).order_by("included_on", "pk")


def visits() -> QuerySet[Visit]:
    return Visit.objects.select_related("patient", "slot__site", "slot__doctor")


def to_come(now: datetime) -> QuerySet[Visit]:
    found = visits().filter(state=VisitState.BOOKED, slot__starts_at__gt=now)
    return found.order_by("slot__starts_at", "pk")


def unsigned(now: datetime) -> QuerySet[Visit]:
    """Appointments that have begun, and whose summary is not signed; the oldest first."""
    found = visits().filter(state=VisitState.BOOKED, slot__starts_at__lte=now)
    return found.order_by("slot__starts_at", "pk")


def of_doctor(user: User, now: datetime) -> QuerySet[Visit]:
    """The appointments of this doctor that are to come, or wait for their summary."""
    found = visits().filter(slot__doctor__user=user, state=VisitState.BOOKED)
    return found.select_related("evaluation").order_by("slot__starts_at", "pk")


def visit_of(patient: Patient) -> Visit | None:
    """The appointment to come or last held of a patient's present follow-up."""
    found = visits().filter(patient=patient, state__in=[VisitState.BOOKED, VisitState.HELD])
    if patient.included_on:
        found = found.filter(
            Q(state=VisitState.BOOKED) | Q(slot__starts_at__date__gte=patient.included_on)
        )
    return found.order_by("-slot__starts_at").first()


def slot_list(now: datetime, *, site: int | None = None) -> QuerySet[ConsultationSlot]:
    """Standing slots to come, each with `patient_code` when it is taken."""
    rows = ConsultationSlot.objects.standing().filter(starts_at__gt=now)
    if site:
        rows = rows.filter(site=site)
    taken = Visit.objects.filter(slot=OuterRef("pk"), state=VisitState.BOOKED)
    return (
        rows.select_related("site", "doctor")
        .annotate(taken=Exists(taken))
        .order_by("starts_at", "pk")
    )


def consulting() -> QuerySet[Professional]:
    return Professional.objects.filter(profession="doctor").order_by("last_name", "first_name")


def drafts_of(user: User) -> QuerySet[Evaluation]:
    """Sheets that this doctor has begun and not signed."""
    rows = Evaluation.objects.filter(doctor__user=user, signed_at=None)
    return rows.select_related("patient").order_by("held_on", "pk")


def included_since(patient: Patient, on: date) -> int:
    return (on - patient.included_on).days if patient.included_on else 0
