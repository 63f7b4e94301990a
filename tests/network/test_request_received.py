"""What a request brings with it: the patient is asked, the answers and the papers are shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from network.actions.requests import ask_again
from network.enums import PathwayState, Profession, Role
from network.events import RequestReceived
from network.listeners import ask_the_patient
from network.models import OutboxMessage, Questionnaire, User
from portal.kit import clock
from tests.factories.follow_up import make_visit
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.questionnaires import make_sent
from tests.factories.referral import make_referral, patient_of

pytestmark = pytest.mark.django_db
type Committed = Callable[..., AbstractContextManager[object]]
type SignedIn = Callable[[User], Client]


def test_sent_referral_asks_the_patient_at_once(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        patient = patient_of(make_referral(who={"email": "patiente@example.org"}))
    assert Questionnaire.objects.to_answer().get().patient == patient
    mail = OutboxMessage.objects.get(to="patiente@example.org")
    assert "/acces/" in mail.body
    assert patient.birth_name not in mail.subject + mail.body


def test_request_taken_up_asks_the_patient_again(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    patient = make_patient(
        state=PathwayState.REFUSED, included_on=None, email="patiente@example.org"
    )
    with django_capture_on_commit_callbacks(execute=True):
        ask_again(patient=patient, by=make_user(Role.COORDINATOR), now=clock.now())
    assert Questionnaire.objects.to_answer().get().patient == patient


def test_request_heard_of_twice_asks_once(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        patient = patient_of(make_referral(who={"email": "patiente@example.org"}))
    OutboxMessage.objects.all().delete()
    ask_the_patient(RequestReceived(patient.pk))
    assert Questionnaire.objects.count() == 1
    assert OutboxMessage.objects.count() == 0


def test_answers_are_on_the_page_of_the_answer(signed_in: SignedIn) -> None:
    patient = patient_of(make_referral())
    page = reverse("network:request", args=[patient.code])
    desk = signed_in(make_user(Role.COORDINATOR))
    assert "PHQ-9" not in desk.get(page).text
    make_sent(patient)
    assert "PHQ-9" in desk.get(page).text


def test_questionnaire_and_appointment_are_on_the_pathway(signed_in: SignedIn) -> None:
    patient = make_patient(email="patiente@example.org")
    make_sent(patient)
    now = clock.now()
    make_visit(patient, now=now, starts_at=now + timedelta(days=3))
    told = signed_in(make_user(Role.COORDINATOR)).get(
        reverse("network:pathway", args=[patient.code])
    )
    assert "Questionnaire rempli" in told.text
    assert "Rendez-vous de CEO" in told.text


def test_doctor_finds_own_consultations_on_the_list_of_patients(signed_in: SignedIn) -> None:
    doctor, physio = (
        make_professional(profession=each).user for each in (Profession.DOCTOR, Profession.PHYSIO)
    )
    assert doctor is not None
    assert physio is not None
    link = f'href="{reverse("network:my_visits")}"'
    assert link in signed_in(doctor).get(reverse("network:patients")).text
    assert link not in signed_in(physio).get(reverse("network:patients")).text
