"""Slots opened once, taken once; appointments moved, cancelled, missed; mails that tell little."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network.actions.consultations import open_slots, withdraw_slot
from network.actions.visits import book_visit, cancel_visit, miss_visit, move_visit
from network.enums import PathwayState, Role, VisitState
from network.models import CareLink, ConsultationSlot, OutboxMessage, Patient, Visit
from network.selectors.consultations import proposals, to_book, waits
from network.selectors.verify_follow_up import consultations
from portal.kit.recurrence import weekly
from tests.factories.fees import at
from tests.factories.follow_up import (
    NOW,
    make_doctor,
    make_evaluation,
    make_site,
    make_slot,
    make_visit,
)
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(days=10)


@pytest.fixture
def patient() -> Patient:
    return make_patient(email="lou@example.org", postcode="59100")


def test_series_is_opened_once_and_never_overlaps() -> None:
    by, site, doctor = make_user(Role.COORDINATOR), make_site(), make_doctor()
    starts = [at(day, 9) for day in weekly(date(2026, 6, 8), until=date(2026, 6, 29))]
    asked: dict[str, Any] = {"site": site, "doctor": doctor, "minutes": 60, "by": by, "now": NOW}
    first = open_slots(starts=starts, **asked)
    again = open_slots(starts=starts, **asked)
    assert [each.pk for each in again] == [each.pk for each in first]
    assert ConsultationSlot.objects.count() == 4
    late = [starts[2] + timedelta(minutes=30)]
    with pytest.raises(ValidationError, match="consulte déjà"):
        open_slots(starts=late, **asked)
    with pytest.raises(ValidationError, match="à l’avance"):
        open_slots(starts=[NOW], **asked)


def test_booking_opens_the_team_and_tells_a_date_and_a_place(patient: Patient) -> None:
    visit = make_visit(patient)
    assert CareLink.objects.filter(patient=patient, professional=visit.slot.doctor).exists()
    mail = OutboxMessage.objects.get()
    assert mail.to == "lou@example.org"
    assert "Rendez-vous réseau" in mail.calendar
    assert f"UID:{visit.uid}@ariane" in mail.calendar
    told = (mail.subject + mail.body + mail.calendar).lower()
    for word in ("ceo", "évaluation", "douleur", "dédale", patient.code.lower()):
        assert word not in told


def test_same_booking_twice_is_one(patient: Patient) -> None:
    visit = make_visit(patient)
    again = book_visit(patient=patient, slot=visit.slot, by=visit.booked_by, now=NOW)
    assert again == visit
    assert OutboxMessage.objects.count() == 1


def test_taken_slot_is_refused_by_action_and_by_database(patient: Patient) -> None:
    visit, other = make_visit(patient), make_patient()
    with pytest.raises(ValidationError, match="vient d’être pris"):
        book_visit(patient=other, slot=visit.slot, by=visit.booked_by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(
            patient=other, slot=visit.slot, booked_at=NOW, booked_by=visit.booked_by
        )


@pytest.mark.parametrize(
    "state", [state for state in PathwayState if state not in ("followed", "joined")]
)
def test_only_followed_patients_are_booked(state: PathwayState) -> None:
    slot = make_slot()
    with pytest.raises(ValidationError, match="patient suivi"):
        book_visit(patient=make_patient(state=state), slot=slot, by=slot.opened_by, now=NOW)


def test_moving_frees_the_first_slot_and_changes_the_doctor(patient: Patient) -> None:
    visit = make_visit(patient)
    first = visit.slot
    there = make_slot(starts_at=AHEAD + timedelta(days=3))
    moved = move_visit(visit=visit, slot=there, by=visit.booked_by, now=NOW)
    assert (moved.pk, moved.slot, moved.sequence) == (visit.pk, there, 1)
    assert list(ConsultationSlot.objects.free(NOW)) == [first]
    doctors = CareLink.objects.filter(patient=patient, ends_on=None)
    assert [each.professional for each in doctors] == [there.doctor]
    assert "SEQUENCE:1" in OutboxMessage.objects.first().calendar  # type: ignore[union-attr]
    assert move_visit(visit=visit, slot=there, by=visit.booked_by, now=NOW).sequence == 1


def test_cancelled_slot_is_free_again_and_its_doctor_leaves(patient: Patient) -> None:
    visit = make_visit(patient)
    gone = cancel_visit(visit=visit, reason="Empêchée", by=visit.booked_by, now=NOW)
    assert gone.state == VisitState.CANCELLED
    assert list(ConsultationSlot.objects.free(NOW)) == [visit.slot]
    assert not CareLink.objects.filter(patient=patient, ends_on=None).exists()
    assert "METHOD:CANCEL" in OutboxMessage.objects.first().calendar  # type: ignore[union-attr]
    again = book_visit(patient=patient, slot=visit.slot, by=visit.booked_by, now=NOW)
    assert again.care_link == gone.slot.doctor.links.get(patient=patient, ends_on=None)


def test_absence_is_noted_after_the_hour_and_opens_another(patient: Patient) -> None:
    visit = make_visit(patient)
    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        miss_visit(visit=visit, by=visit.booked_by, now=NOW)
    later = AHEAD + timedelta(hours=2)
    assert miss_visit(visit=visit, by=visit.booked_by, now=later).state == VisitState.MISSED
    again = make_visit(patient, starts_at=later + timedelta(days=2), now=later)
    assert again.state == VisitState.BOOKED


def test_slot_is_withdrawn_only_while_free(patient: Patient) -> None:
    visit, free = make_visit(patient), make_slot(starts_at=AHEAD + timedelta(days=1))
    with pytest.raises(ValidationError, match="est pris"):
        withdraw_slot(slot=visit.slot, by=visit.booked_by, now=NOW)
    assert withdraw_slot(slot=free, by=visit.booked_by, now=NOW).withdrawn_at == NOW
    with pytest.raises(ValidationError, match="plus ouvert"):
        book_visit(patient=make_patient(), slot=free, by=visit.booked_by, now=NOW)


def test_nearest_and_soonest_are_both_proposed(patient: Patient) -> None:
    soon = make_slot(site=make_site(postcode="62000"))
    near = make_slot(site=make_site(postcode="59000"), starts_at=AHEAD + timedelta(days=5))
    found = proposals(patient, NOW)
    assert (found.nearest, found.soonest) == (near, soon)
    assert list(proposals(patient, NOW, site=near.site_id).slots) == [near]
    unknown = proposals(make_patient(), NOW)
    assert (unknown.nearest, unknown.soonest) == (None, soon)


def test_who_has_no_appointment_is_to_book(patient: Patient) -> None:
    coordinator, today = make_user(Role.COORDINATOR), NOW.date()
    assert list(to_book(coordinator, today)) == [patient]
    visit = make_visit(patient)
    assert list(to_book(coordinator, today)) == []
    cancel_visit(visit=visit, reason="Empêchée", by=coordinator, now=NOW)
    assert list(to_book(coordinator, today)) == [patient]
    make_evaluation(patient)
    assert list(to_book(coordinator, today)) == []


def test_wait_of_a_site_is_known(patient: Patient) -> None:
    visit = make_visit(patient)
    held = AHEAD.date()
    make_evaluation(patient, visit.slot.doctor, held_on=held, now=AHEAD + timedelta(hours=8))
    make_slot(site=visit.slot.site, starts_at=AHEAD + timedelta(days=9))
    found = waits(held, AHEAD + timedelta(hours=8))[visit.slot.site_id]
    expected = (held - patient.included_on).days  # type: ignore[operator]
    assert (found.next_days, found.median_days, found.count) == (9, expected, 1)


def test_recount_sees_what_does_not_agree(patient: Patient) -> None:
    visit = make_visit(patient)
    make_evaluation(patient, visit.slot.doctor, held_on=AHEAD.date(), now=AHEAD)
    assert list(consultations(Counter())) == []
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.MISSED)
    make_slot(doctor=visit.slot.doctor, starts_at=AHEAD + timedelta(hours=1))
    later = ConsultationSlot.objects.last()
    assert later is not None
    ConsultationSlot.objects.filter(pk=later.pk).update(starts_at=AHEAD + timedelta(minutes=5))
    Patient.objects.filter(pk=patient.pk).update(renewed_to=date(2026, 12, 1))
    subjects = [each.subject for each in consultations(Counter())]
    assert subjects == [
        f"créneau {later.pk}",
        f"rendez-vous {visit.pk}",
        f"dossier {patient.code}",
        f"dossier {patient.code}",
    ]
