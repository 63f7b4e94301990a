"""Inclusion again after an end, the date of an inclusion corrected: what is kept, what is shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from network.actions.inclusion import correct_inclusion
from network.actions.patients import include, leave
from network.actions.requests import ask_again, join_files
from network.enums import ExitReason, Move, PathwayState, Role
from network.models import FormerFollowUp, JournalEntry, PathwayStep, Patient, User
from portal.kit import clock
from tests.factories.fees import at
from tests.factories.follow_up import make_evaluation
from tests.factories.network import make_patient, make_user, sign_in

pytestmark = pytest.mark.django_db
D = date.fromisoformat
FIRST = (D("2026-01-05"), D("2026-06-01"))


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


def ended(by: User, **fields: Any) -> Patient:
    """Followed from 5 January 2026 to 1 June."""
    patient = make_patient(**fields)
    kind = ExitReason.BETTER
    now = at(D("2026-06-02"))
    return leave(patient=patient, left_on=FIRST[1], reason="", kind=kind, by=by, now=now)


def included_again(by: User, **fields: Any) -> Patient:
    patient = ended(by, **fields)
    ask_again(patient=patient, requested_on=D("2026-06-20"), by=by, now=at(D("2026-06-20")))
    return include(patient=patient, decided_on=D("2026-07-01"), by=by, now=at(D("2026-07-01")))


def spans(patient: Patient) -> list[tuple[date, date]]:
    return list(patient.former_follow_ups.values_list("included_on", "left_on"))


def test_first_follow_up_is_kept_once(by: User) -> None:
    patient = included_again(by)
    include(patient=patient, decided_on=D("2026-07-01"), by=by, now=at(D("2026-07-01")))
    former = FormerFollowUp.objects.get(patient=patient)
    assert (former.included_on, former.left_on) == FIRST
    assert former.exit_words == "amélioration, le suivi n’est plus utile"
    patient.refresh_from_db()
    assert (patient.included_on, patient.left_on) == (D("2026-07-01"), None)


def test_inclusion_precedes_no_former_end(by: User) -> None:
    patient = ended(by)
    ask_again(patient=patient, requested_on=FIRST[1], by=by, now=at(D("2026-06-20")))
    Patient.objects.filter(pk=patient.pk).update(requested_on=D("2026-05-01"))
    with pytest.raises(ValidationError, match="a fini le"):
        include(patient=patient, decided_on=D("2026-05-31"), by=by, now=at(D("2026-07-01")))
    assert spans(patient) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda each: each.former_follow_ups.create(
            included_on=D("2026-05-31"), left_on=D("2026-06-02")
        ),
        lambda each: each.former_follow_ups.create(
            included_on=D("2026-06-15"), left_on=D("2026-07-02")
        ),
        lambda each: each.former_follow_ups.create(
            included_on=D("2025-06-15"), left_on=D("2025-06-14")
        ),
        lambda each: each.former_follow_ups.update(left_on=D("2026-07-02")),
        lambda each: Patient.objects.filter(pk=each.pk).update(included_on=D("2026-05-31")),
    ],
)
def test_database_refuses_follow_ups_that_overlap(
    by: User, write: Callable[[Patient], object]
) -> None:
    patient = included_again(by)
    with pytest.raises(DatabaseError), transaction.atomic():
        write(patient)
    assert spans(patient) == [FIRST]
    patient.former_follow_ups.create(included_on=FIRST[1], left_on=D("2026-07-01"))  # side by side


def test_joined_file_brings_its_follow_ups(by: User) -> None:
    known = make_patient(included_on=D("2026-09-01"))
    again = ended(by, included_on=FIRST[0])
    ask_again(patient=again, by=by, now=at(D("2026-10-01")))
    join_files(request=again, kept=known, by=by, now=at(D("2026-10-02")))
    assert spans(known) == [FIRST]
    again.refresh_from_db()
    assert (again.state, again.included_on) == (PathwayState.JOINED, None)


def test_files_followed_on_the_same_days_are_not_joined(by: User) -> None:
    known = make_patient(included_on=D("2026-03-01"))
    again = ended(by)
    ask_again(patient=again, by=by, now=at(D("2026-10-01")))
    with pytest.raises(ValidationError, match="mêmes dates"):
        join_files(request=again, kept=known, by=by, now=at(D("2026-10-02")))
    assert (spans(known), Patient.objects.get(pk=again.pk).included_on) == ([], FIRST[0])


# --- The date corrected


def correct(patient: Patient, day: str, by: User, reason: str = "Saisie") -> Patient:
    now = at(D("2026-08-01"))
    return correct_inclusion(patient=patient, included_on=D(day), reason=reason, by=by, now=now)


def test_correction_is_a_step_and_a_line_of_the_journal(by: User) -> None:
    patient = included_again(by)
    for _ in range(2):
        correct(patient, "2026-07-05", by)
    step = PathwayStep.objects.get(patient=patient, move=Move.CORRECTED)
    assert (step.on, step.reason, step.by) == (D("2026-07-05"), "Saisie", by)
    line = JournalEntry.objects.get(verb="inclusion.corrected")
    assert (line.subject, line.reason) == ("2026-07-01 → 2026-07-05", "Saisie")
    assert Patient.objects.get(pk=patient.pk).included_on == D("2026-07-05")
    assert spans(patient) == [FIRST]


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        ("2026-07-05", " ", "reason"),
        ("2026-08-02", "Saisie", "included_on"),  # to come
        ("2026-06-19", "Saisie", "included_on"),  # before the request
        ("2026-07-21", "Saisie", "included_on"),  # after a signed sheet
    ],
)
def test_correction_is_refused(by: User, day: str, reason: str, field: str) -> None:
    patient = included_again(by)
    make_evaluation(patient, held_on=D("2026-07-20"))
    with pytest.raises(ValidationError) as refused:
        correct(patient, day, by, reason)
    assert set(refused.value.message_dict) == {field}
    assert Patient.objects.get(pk=patient.pk).included_on == D("2026-07-01")


def test_pages_show_both_follow_ups_and_correct_the_date(
    client: Client, monkeypatch: pytest.MonkeyPatch, by: User
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(D("2026-08-01")))
    owner = make_user(Role.PATIENT)
    patient = included_again(by, user=owner)
    sign_in(client, by)
    page = client.get(reverse("network:patient", args=[patient.code])).content.decode()
    told = client.get(reverse("network:pathway", args=[patient.code])).content.decode()
    assert "Suivis d’avant" in page
    for words in ("Inclusion décidée", "Fin du suivi"):
        assert words in told
    address = reverse("network:patient_inclusion", args=[patient.code])
    refused = client.post(address, {"included_on": "", "reason": ""}).content.decode()
    assert "Indiquez le jour de la décision." in refused
    typed = {
        "included_on_0": "3",
        "included_on_1": "7",
        "included_on_2": "2026",
        "included_on": "2026-07-03",
        "reason": "Décision du 3",
    }
    assert client.post(address, typed).status_code == 302
    assert Patient.objects.get(pk=patient.pk).included_on == D("2026-07-03")
    sign_in(client, owner)
    own = client.get(reverse("network:own_file_of", args=[patient.code])).content.decode()
    assert "Un premier accompagnement a duré" in own
