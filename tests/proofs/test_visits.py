"""Two coordinators and more on the same slots of consultation: real threads."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from network.actions.visits import book_visit, cancel_visit, move_visit
from network.enums import Role
from network.models import ConsultationSlot, OutboxMessage, Visit
from network.models.consultation import TAKEN
from tests.factories.follow_up import NOW, make_doctor, make_site, make_slot, make_visit
from tests.factories.network import make_patient, make_user
from tests.proofs.scale import scaled
from tests.proofs.threads import faults, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
CROWD = scaled(6, 24)


def holders() -> Counter[int]:
    return Counter(Visit.objects.filter(state__in=TAKEN).values_list("slot", flat=True))


def slots(count: int) -> list[ConsultationSlot]:
    site, doctor, by = make_site(), make_doctor(), make_user(Role.COORDINATOR)
    hours = (NOW + timedelta(days=10, hours=2 * each) for each in range(count))
    return [make_slot(site=site, doctor=doctor, starts_at=each, by=by) for each in hours]


def test_one_slot_wanted_by_many_goes_to_one() -> None:
    (slot,) = slots(1)
    coordinators = [make_user(Role.COORDINATOR) for _ in range(2)]
    people = [make_patient(email=f"p{n}@example.org") for n in range(CROWD)]
    answers = together(
        *(
            partial(book_visit, patient=each, slot=slot, by=coordinators[n % 2], now=NOW)
            for n, each in enumerate(people)
        )
    )
    assert faults(answers, ValidationError) == []
    assert Counter(type(each) for each in answers) == {Visit: 1, ValidationError: CROWD - 1}
    assert holders() == {slot.pk: 1}
    assert OutboxMessage.objects.count() == 1


def test_one_patient_booked_on_many_slots_has_one() -> None:
    patient, by = make_patient(), make_user(Role.COORDINATOR)
    answers = together(
        *(partial(book_visit, patient=patient, slot=each, by=by, now=NOW) for each in slots(CROWD))
    )
    assert faults(answers, ValidationError) == []
    assert sum(holders().values()) == 1


def test_moves_and_cancellations_cross_without_sharing_a_slot() -> None:
    there = slots(CROWD)
    by = make_user(Role.COORDINATOR)
    visits = [make_visit(make_patient()) for _ in range(CROWD)]
    answers = together(
        *(
            partial(move_visit, visit=each, slot=there[n // 2], by=by, now=NOW)
            for n, each in enumerate(visits)
        ),
        *(
            partial(cancel_visit, visit=each, reason="Empêchée", by=by, now=NOW)
            for each in visits[::3]
        ),
    )
    assert faults(answers, ValidationError) == []
    assert set(holders().values()) <= {1}
