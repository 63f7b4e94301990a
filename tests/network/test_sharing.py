"""Consents to share, exceptional access, and the list of those who read the file."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.demo_data.wipe import wipe_demo
from network.access import Perm
from network.actions.break_glass import TRIES, AlreadyOpen, break_glass, check_glass
from network.actions.patients import note_reading
from network.actions.sharing import give_consent, withdraw_consent
from network.dashboard.plans import exceptional_accesses
from network.enums import Circle, Glass, LinkRole, Profession, Role
from network.models import (
    BreakGlass,
    JournalEntry,
    OutboxMessage,
    Patient,
    PlanVersion,
    Representative,
    SharingConsent,
    User,
)
from network.selectors.readings import reading_page
from network.selectors.sharing import sharing_of, standing_circles
from portal.kit import clock
from portal.kit.dashboard import told
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.plans import make_plan

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
WHY = "Remplacement du médecin traitant aujourd’hui"


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", now.date)

    move(NOW)
    return move


def clinician(**fields: Any) -> User:
    user = make_professional(**fields).user
    assert user is not None
    return user


# --- Consents


def test_consent_is_given_once_and_withdrawn_once() -> None:
    patient, by = make_patient(), make_user(Role.COORDINATOR)
    for _ in range(2):
        give_consent(
            patient=patient, circle=Circle.REVIEW, given_on=TODAY, how="écrit", by=by, now=NOW
        )
    assert standing_circles(patient) == {Circle.REVIEW}
    for _ in range(2):
        withdraw_consent(patient=patient, circle=Circle.REVIEW, by=by, now=NOW)
    assert standing_circles(patient) == frozenset()
    give_consent(patient=patient, circle=Circle.REVIEW, given_on=TODAY, how="écrit", by=by, now=NOW)
    assert standing_circles(patient) == {Circle.REVIEW}
    assert [len(each.former) for each in sharing_of(patient)] == [1, 0, 0, 0]
    verbs = JournalEntry.objects.filter(patient=patient).values_list("verb", flat=True)
    assert sorted(verbs) == ["sharing.given", "sharing.given", "sharing.withdrawn"]


def test_consent_is_not_dated_in_the_future() -> None:
    with pytest.raises(ValidationError):
        give_consent(
            patient=make_patient(),
            circle=Circle.INSURANCE,
            given_on=TODAY + timedelta(days=1),
            how="",
            by=make_user(Role.COORDINATOR),
            now=NOW,
        )


def test_patient_gives_and_withdraws_in_two_taps(signed_in: Callable[[User], Client]) -> None:
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user)
    client = signed_in(user)
    page = reverse("network:own_sharing", args=[patient.code])
    assert "Vous ne partagez pas" in client.get(page).content.decode()
    client.post(page, {"donner": Circle.OCCUPATIONAL})
    consent = SharingConsent.objects.get()
    assert (consent.recorded_by, consent.how) == (user, "depuis son espace")
    client.post(page, {"retirer": Circle.OCCUPATIONAL})
    assert standing_circles(patient) == frozenset()
    client.post(page, {"donner": "anybody"})
    assert standing_circles(patient) == frozenset()


def test_team_records_what_the_patient_says(signed_in: Callable[[User], Client]) -> None:
    professional = make_professional()
    patient = make_patient(followed_by=professional)
    assert professional.user is not None
    client = signed_in(professional.user)
    give = reverse("network:sharing_give", args=[patient.code, Circle.DISABILITY])
    assert client.post(give, {"given_on": "17/11/2026", "how": "écrit"}).status_code == 422
    client.post(give, {"given_on": "15/11/2026", "how": "écrit"})
    assert standing_circles(patient) == {Circle.DISABILITY}
    client.post(reverse("network:sharing_withdraw", args=[patient.code, Circle.DISABILITY]))
    assert standing_circles(patient) == frozenset()
    assert client.get(give.replace("disability", "anybody")).status_code == 404


# --- Exceptional access


def open_file(patient: Patient, by: User, now: datetime = NOW, **fields: Any) -> BreakGlass:
    options: dict[str, Any] = {"code": patient.code, "birth_date": patient.birth_date, "words": WHY}
    return break_glass(**(options | fields), reason=Glass.ON_CALL, by=by, now=now)


def test_file_opens_for_four_hours_and_closes_by_itself(
    that_day: Callable[[datetime], None], signed_in: Callable[[User], Client]
) -> None:
    patient, user = make_patient(), clinician()
    client = signed_in(user)
    page = reverse("network:patient", args=[patient.code])
    assert client.get(page).status_code == 404
    answer = client.post(
        reverse("network:glass"),
        {
            "code": patient.code.lower(),
            "birth_date": f"{patient.birth_date:%d/%m/%Y}",
            "reason": Glass.ON_CALL,
            "words": WHY,
        },
    )
    assert answer["Location"] == page
    shown = client.get(page).content.decode()
    assert "Accès exceptionnel jusqu’au" in shown
    assert user.has_perm(Perm.SEE_PATIENT, patient)
    assert not user.has_perm(Perm.WRITE_PLAN, patient)
    assert client.get(reverse("network:plan", args=[patient.code])).status_code == 200
    assert client.get(reverse("network:plan_edit", args=[patient.code])).status_code == 404
    that_day(NOW + timedelta(hours=4) - timedelta(seconds=1))
    assert client.get(page).status_code == 200
    that_day(NOW + timedelta(hours=4))
    assert client.get(page).status_code == 404
    assert not user.has_perm(Perm.SEE_PATIENT, patient)


def test_access_is_the_reader_s_and_that_file_s_alone() -> None:
    patient, user = make_patient(), clinician()
    open_file(patient, user)
    assert list(Patient.objects.in_care_of(user, TODAY)) == [patient]
    assert list(Patient.objects.in_care_of(clinician(), TODAY)) == []
    assert list(Patient.objects.all().followed_by(user, TODAY)) == []


def test_coordination_is_told_at_once_without_a_name() -> None:
    patient, user = make_patient(), clinician()
    first, second = make_user(Role.COORDINATOR), make_user(Role.COORDINATOR)
    for _ in range(2):  # a double click opens once and tells once
        glass = open_file(patient, user)
    mails = list(OutboxMessage.objects.order_by("pk"))
    assert [mail.to for mail in mails] == [first.email, second.email]
    text = f"{mails[0].subject} {mails[0].body}"
    assert not any(word in text for word in (patient.birth_name, patient.code, user.last_name))
    (todo,) = told(exceptional_accesses(first, TODAY))
    assert todo.href == reverse("network:glasses")
    for _ in range(2):
        check_glass(glass=glass, by=first, now=NOW)
    assert told(exceptional_accesses(first, TODAY)) == []
    verbs = list(JournalEntry.objects.filter(patient=patient).values_list("verb", flat=True))
    assert sorted(verbs) == ["glass.broken", "glass.checked"]


def test_reason_is_written_in_a_sentence() -> None:
    with pytest.raises(ValidationError) as refusal:
        open_file(make_patient(), clinician(), words="urgence")
    assert list(refusal.value.message_dict) == ["words"]
    assert not BreakGlass.objects.exists()


def test_file_is_found_by_its_number_and_birth_date_together() -> None:
    patient, user = make_patient(), clinician()
    for wrong in ({"code": "P9"}, {"birth_date": date(1980, 3, 1)}):
        with pytest.raises(ValidationError) as refusal:
            open_file(patient, user, **wrong)
        assert refusal.value.messages == [
            "Aucun dossier n’a ce numéro et cette date de naissance. Vérifiez les deux."
        ]
    assert JournalEntry.objects.filter(verb="glass.refused", actor=user).count() == 2


def test_tries_are_counted() -> None:
    patient, user = make_patient(), clinician()
    for _ in range(TRIES):
        with pytest.raises(ValidationError):
            open_file(patient, user, code="P9")
    with pytest.raises(ValidationError) as refusal:
        open_file(patient, user)
    assert "Trop d’essais" in refusal.value.messages[0]
    assert open_file(patient, user, now=NOW + timedelta(hours=1, seconds=1)).patient == patient


def test_whoever_follows_the_patient_has_nothing_to_break() -> None:
    professional = make_professional()
    patient = make_patient(followed_by=professional)
    assert professional.user is not None
    with pytest.raises(AlreadyOpen):
        open_file(patient, professional.user)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CLINICIAN, False),  # without a professional's sheet
        (Role.ACCOUNTANT, False),
        (Role.EDITOR, False),
        (Role.PATIENT, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_access_is_for_professionals_of_care(role: Role, may: bool) -> None:
    assert make_user(role).has_perm(Perm.BREAK_GLASS) is may


def test_access_is_not_for_those_who_come_from_outside_of_care() -> None:
    assert clinician().has_perm(Perm.BREAK_GLASS)
    assert not clinician(circle=Circle.INSURANCE).has_perm(Perm.BREAK_GLASS)


# --- Who read the file


def test_every_reader_is_told_with_capacity_of_that_day() -> None:
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user, birth_date=date(2012, 5, 1))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=patient, user=parent, relation="mère")
    doctor = make_professional(profession=Profession.DOCTOR, speciality="médecine générale")
    make_link(patient=patient, professional=doctor, role=LinkRole.TREATING_DOCTOR)
    physio = make_professional()
    make_link(patient=patient, professional=physio, ends_on=TODAY)
    passer_by = clinician()
    open_file(patient, passer_by)
    readers = [doctor.user, physio.user, passer_by, make_user(Role.COORDINATOR), user, parent]
    for minutes, each in enumerate(readers):
        assert each is not None
        note_reading(patient=patient, by=each, now=NOW + timedelta(minutes=minutes))
    assert physio.user is not None
    note_reading(patient=patient, by=physio.user, now=NOW + timedelta(days=1))
    lines = reading_page(patient, 1).lines
    assert [each.capacity for each in reversed(lines)] == [
        "médecin traitant",
        "équipe de soins, kinésithérapeute",
        "accès exceptionnel\u00a0: garde ou remplacement",
        "coordination du réseau",
        "le dossier est le sien",
        "mère",
        "réunion de professionnels (RCP)",  # no longer of the team
    ]
    assert [each.exceptional for each in reversed(lines)].index(True) == 2


def test_reads_are_all_there_page_after_page_in_as_many_queries() -> None:
    patient = make_patient()
    people = [clinician() for _ in range(3)]
    for hours in range(65):
        note_reading(patient=patient, by=people[hours % 3], now=NOW + timedelta(hours=hours))
    pages = [reading_page(patient, number) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [30, 30, 5]
    assert [page.has_next for page in pages] == [True, True, False]
    with CaptureQueriesContext(connection) as asked:
        reading_page(patient, 1)
    assert len(asked) == 5


def test_demo_forgets_plans_and_accesses(settings: LazySettings) -> None:
    settings.DEMO = True
    patient = make_patient()
    make_plan(patient, agreed=True)
    open_file(patient, clinician())
    wipe_demo()
    assert not PlanVersion.objects.exists()
    assert not BreakGlass.objects.exists()
