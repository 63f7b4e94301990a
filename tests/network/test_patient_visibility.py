"""Who may open which patient's file, as a table; and the pages that must agree with it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from network.access import Perm
from network.enums import LinkRole, Profession, Role
from network.models import Patient, Representative, User
from portal.kit import clock
from tests.factories.network import make_link, make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 16)
BEFORE, AFTER = date(2026, 11, 15), date(2026, 11, 17)


def clinician(patient: Patient, **link: object) -> User:
    professional = make_professional(profession=Profession.DOCTOR)
    if link:
        make_link(patient=patient, professional=professional, **link)
    assert professional.user is not None
    return professional.user


def represents(patient: Patient) -> User:
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=patient, user=parent, relation="mère")
    return parent


def owner(patient: Patient) -> User:
    user = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=user)
    return user


def withdrawn(patient: Patient) -> User:
    user = clinician(patient, starts_on=BEFORE)
    user.grants.update(ended_at="2026-11-01T00:00:00Z")
    return User.objects.get(pk=user.pk)


MINOR, ADULT = date(2012, 6, 1), date(1973, 5, 2)
Make = Callable[[Patient], User]
WHO: list[tuple[str, Make, date, bool, bool]] = [
    # who, how, the patient's birth, opens the clinical page, sees the row at all
    (
        "treating doctor",
        lambda p: clinician(p, role=LinkRole.TREATING_DOCTOR, starts_on=BEFORE),
        ADULT,
        True,
        True,
    ),
    ("team", lambda p: clinician(p, starts_on=BEFORE), ADULT, True, True),
    (
        "team on its last day",
        lambda p: clinician(p, starts_on=BEFORE, ends_on=ON),
        ADULT,
        True,
        True,
    ),
    ("team from today", lambda p: clinician(p, starts_on=ON), ADULT, True, True),
    ("past team", lambda p: clinician(p, starts_on=BEFORE, ends_on=BEFORE), ADULT, False, False),
    ("future link", lambda p: clinician(p, starts_on=AFTER), ADULT, False, False),
    ("other clinician", clinician, ADULT, False, False),
    ("role withdrawn", withdrawn, ADULT, False, False),
    ("coordinator", lambda p: make_user(Role.COORDINATOR), ADULT, True, True),
    ("medical director", lambda p: make_user(Role.MEDICAL_DIRECTOR), ADULT, True, True),
    ("accountant", lambda p: make_user(Role.ACCOUNTANT), ADULT, False, False),
    ("editor", lambda p: make_user(Role.EDITOR), ADULT, False, False),
    ("administrator", lambda p: make_user(Role.ADMINISTRATOR), ADULT, False, False),
    ("patient self", owner, ADULT, False, True),
    ("other patient", lambda p: make_user(Role.PATIENT), ADULT, False, False),
    ("representative of a minor", represents, MINOR, False, True),
    ("representative once adult", represents, ADULT, False, False),
    ("no role", lambda p: make_user(), ADULT, False, False),
]


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: ON)


@pytest.mark.parametrize(
    ("make", "birth_date", "clinical", "visible"),
    [row[1:] for row in WHO],
    ids=[row[0] for row in WHO],
)
def test_file_opens_to_those_of_the_table_alone(
    make: Make,
    birth_date: date,
    clinical: bool,
    visible: bool,
    signed_in: Callable[[User], Client],
) -> None:
    patient = make_patient(birth_date=birth_date)
    make_patient()  # somebody else's
    user = make(patient)
    found = Patient.objects.filter(pk=patient.pk)
    assert list(found.visible_to(user, ON)) == ([patient] if visible else [])
    assert list(found.in_care_of(user, ON)) == ([patient] if clinical else [])
    assert user.has_perm(Perm.SEE_PATIENT, patient) is clinical
    page = signed_in(user).get(reverse("network:patient", args=[patient.code]))
    refused = 404 if user.has_perm(Perm.SEE_PATIENTS) else 403
    assert page.status_code == (200 if clinical else refused)
    own = signed_in(user).get(reverse("network:own_file_of", args=[patient.code]))
    closed = 404 if user.has_perm(Perm.SEE_OWN_FILE) else 403
    assert own.status_code == (200 if visible and not clinical else closed)


def test_clinician_who_is_also_a_patient_keeps_both_doors_apart() -> None:
    mine, followed = make_patient(), make_patient()
    user = clinician(followed, starts_on=BEFORE)
    Patient.objects.filter(pk=mine.pk).update(user=user)
    user.grants.create(role=Role.PATIENT)
    user = User.objects.get(pk=user.pk)
    assert set(Patient.objects.visible_to(user, ON)) == {mine, followed}
    assert list(Patient.objects.in_care_of(user, ON)) == [followed]
    assert list(Patient.objects.own_of(user, ON)) == [mine]
