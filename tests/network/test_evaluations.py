"""The doctor's sheet: drafted, signed, locked, completed, compared; who reads it; its letter."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from network.actions.care import remove_from_team
from network.actions.evaluations import complete_evaluation, prepare_letter, send_letter
from network.enums import (
    Channel,
    Direction,
    EvaluationKind,
    LinkRole,
    Move,
    PathwayState,
    Role,
    VisitState,
)
from network.models import CareLink, Evaluation, JournalEntry, Orientation, PathwayStep, Patient
from network.selectors.evaluations import changes
from portal.kit import clock
from tests.factories.fees import account, at, make_treating_doctor
from tests.factories.follow_up import (
    NOW,
    follow,
    make_doctor,
    make_evaluation,
    make_visit,
)
from tests.factories.network import make_link, make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
HELD = date(2026, 3, 2)
AGAIN = date(2026, 9, 2)


@pytest.fixture
def patient() -> Patient:
    return make_patient(email="lou@example.org")


def moves(patient: Patient) -> list[str]:
    steps = PathwayStep.objects.filter(patient=patient, move__in=["evaluated", "reassessed"])
    return list(steps.values_list("move", flat=True))


def test_draft_then_signature_is_one_sheet_and_one_step(patient: Patient) -> None:
    doctor = follow(patient, make_doctor())
    draft = make_evaluation(patient, doctor, sign=False, pain="", orientations={})
    assert (draft.signed_at, moves(patient)) == (None, [])
    signed = make_evaluation(patient, doctor)
    assert signed.pk == draft.pk
    assert make_evaluation(patient, doctor).pk == draft.pk
    assert moves(patient) == [Move.EVALUATED]
    assert {each.direction for each in signed.orientations.all()} == {"workshops", "rcp"}


def test_signing_holds_the_appointment(patient: Patient) -> None:
    visit = make_visit(patient)
    on = visit.slot.starts_at
    sheet = make_evaluation(patient, visit.slot.doctor, held_on=on.date(), now=on)
    visit.refresh_from_db()
    assert (sheet.visit_id, visit.state) == (visit.pk, VisitState.HELD)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pain": " "}, "pain"),
        ({"priorities": ""}, "priorities"),
        ({"orientations": {}}, "directions"),
    ],
)
def test_too_little_is_not_signed(patient: Patient, fields: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_evaluation(patient, **fields)  # type: ignore[arg-type]
    assert set(refused.value.message_dict) == {field}
    assert not Evaluation.objects.exists()


def test_only_a_doctor_within_the_follow_up(patient: Patient) -> None:
    with pytest.raises(ValidationError, match="un médecin"):
        make_evaluation(patient, make_professional())
    with pytest.raises(ValidationError, match="précède l’inclusion"):
        make_evaluation(patient, held_on=date(2026, 1, 4))
    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        make_evaluation(patient, held_on=HELD, now=at(HELD - timedelta(days=1)))


@pytest.mark.parametrize("state", [PathwayState.REQUESTED, PathwayState.REFUSED])
def test_nothing_is_written_of_who_is_not_followed(state: PathwayState) -> None:
    patient = make_patient(state=state, included_on=None)
    with pytest.raises(ValidationError, match="patient suivi"):
        make_evaluation(patient, sign=False)


def test_signed_sheet_never_changes(patient: Patient) -> None:
    sheet = make_evaluation(patient)
    for change in (
        lambda: Evaluation.objects.filter(pk=sheet.pk).update(pain="Autre"),
        lambda: Evaluation.objects.filter(pk=sheet.pk).delete(),
        lambda: Orientation.objects.filter(evaluation=sheet).update(words="Autre"),
        lambda: Orientation.objects.create(evaluation=sheet, direction=Direction.DAC),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(ValidationError, match="déjà signée"):
        make_evaluation(patient, held_on=HELD + timedelta(days=1))


def test_addendum_is_added_by_its_doctor_alone(patient: Patient) -> None:
    sheet = make_evaluation(patient)
    by = account(sheet.doctor)
    first = complete_evaluation(evaluation=sheet, words="Allergie notée.", by=by, now=NOW)
    again = complete_evaluation(evaluation=sheet, words="Allergie notée.", by=by, now=NOW)
    assert first == again
    with pytest.raises(ValidationError, match="Seul le médecin"):
        other = account(make_doctor())
        complete_evaluation(evaluation=sheet, words="Non.", by=other, now=NOW)


def test_reassessment_says_what_changed(patient: Patient) -> None:
    with pytest.raises(ValidationError, match="il n’y en a pas"):
        make_evaluation(patient, kind=EvaluationKind.REASSESSMENT, held_on=AGAIN)
    ceo = make_evaluation(patient)
    sheet = make_evaluation(
        patient,
        ceo.doctor,
        kind=EvaluationKind.REASSESSMENT,
        held_on=AGAIN,
        intensity=5,
        treatments="Paracétamol, tramadol.",
        orientations={Direction.WORKSHOPS: "", Direction.CITY_DOCTOR: ""},
    )
    assert sheet.compared_with == ceo
    assert moves(patient) == [Move.EVALUATED, Move.REASSESSED]
    found = changes(ceo, sheet)
    assert list(found.sentences) == [
        "Intensité\u00a0: de 7 à 5 sur 10, 2 points de moins.",
        "Orientation ajoutée\u00a0: Médecin de la douleur en ville.",
        "Orientation qui n’est plus proposée\u00a0: RCP (réunion de concertation).",
    ]
    trends = {part.title: part.trend for part in found.parts}
    assert (trends["Douleur"], trends["Traitements"]) == ("inchangé", "modifié")


def test_letter_is_prepared_once_and_its_sending_noted(patient: Patient) -> None:
    treating = make_treating_doctor(patient)
    sheet = make_evaluation(patient)
    by = account(sheet.doctor)
    letter = prepare_letter(evaluation=sheet, by=by, now=NOW)
    assert prepare_letter(evaluation=sheet, by=by, now=NOW) == letter
    assert letter.to == treating
    sent_on = NOW.date()
    sent = send_letter(letter=letter, channel=Channel.POST, sent_on=sent_on, by=by, now=NOW)
    assert (sent.channel, sent.sent_on) == (Channel.POST, sent_on)
    with pytest.raises(ValidationError, match="déjà noté"):
        send_letter(letter=letter, channel=Channel.HAND, sent_on=sent_on, by=by, now=NOW)


# Who reads what: a sheet signed today by a doctor, asked by each relation.


@pytest.fixture
def sheet(patient: Patient) -> Evaluation:
    today = clock.today()
    found = make_evaluation(patient, held_on=today, now=clock.now())
    prepare_letter(evaluation=found, by=account(found.doctor), now=clock.now())
    return found


def opened(user: object, sheet: Evaluation) -> set[int]:
    client = sign_in(Client(), user)  # type: ignore[arg-type]
    args = [sheet.patient.code, sheet.pk]
    names = ("evaluation", "evaluation_pdf", "liaison_pdf")
    return {client.get(reverse(f"network:{name}", args=args)).status_code for name in names}


def test_sheet_is_read_by_care_and_coordination_alone(patient: Patient, sheet: Evaluation) -> None:
    today = clock.today()
    team = make_professional()
    make_link(patient=patient, professional=team, role=LinkRole.TEAM)
    past = make_professional()
    link = make_link(patient=patient, professional=past, starts_on=today - timedelta(days=30))
    by = make_user(Role.COORDINATOR)
    remove_from_team(link=link, last_day=today - timedelta(days=1), by=by, now=clock.now())
    own = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=own)
    readers = {
        "doctor": (account(sheet.doctor), 200),
        "treating doctor": (account(make_treating_doctor(patient)), 200),
        "team": (account(team), 200),
        "past team": (account(past), 404),
        "other clinician": (account(make_doctor()), 404),
        "coordinator": (by, 200),
        "medical director": (make_user(Role.MEDICAL_DIRECTOR), 200),
        "accountant": (make_user(Role.ACCOUNTANT), 403),
        "patient": (own, 403),
    }
    found = {who: opened(user, sheet) for who, (user, _) in readers.items()}
    assert found == {who: {status} for who, (_, status) in readers.items()}
    assert JournalEntry.objects.filter(verb="summary.read", actor=by, patient=patient).exists()


def test_draft_is_seen_by_its_doctor_alone(patient: Patient) -> None:
    doctor, colleague = follow(patient, make_doctor()), follow(patient, make_doctor())
    draft = make_evaluation(patient, doctor, sign=False, held_on=clock.today(), now=clock.now())
    on = clock.today()
    assert list(Evaluation.objects.visible_to(account(doctor), on)) == [draft]
    for other in (account(colleague), make_user(Role.COORDINATOR)):
        assert not Evaluation.objects.visible_to(other, on).exists()
    page = sign_in(Client(), account(colleague)).get(
        reverse("network:evaluation_write", args=[patient.code, "ceo"])
    )
    assert "Je n’ose plus bouger" not in page.content.decode()


def test_patient_reads_date_place_and_orientation(patient: Patient) -> None:
    own = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=own)
    make_evaluation(patient, held_on=clock.today(), now=clock.now())
    text = sign_in(Client(), own).get(reverse("network:own_file")).content.decode()
    assert "Ateliers du réseau" in text
    assert "Bouger avec la douleur" in text
    for words in ("Lombalgie", "Paracétamol", "Sommeil court", "plus bouger", "la marche"):
        assert words not in text


def test_doctor_writes_and_others_do_not(patient: Patient) -> None:
    doctor, physio = follow(patient, make_doctor()), make_professional()
    make_link(patient=patient, professional=physio)
    address = reverse("network:evaluation_write", args=[patient.code, "ceo"])
    answers = {
        who: sign_in(Client(), user).get(address).status_code
        for who, user in {
            "doctor": account(doctor),
            "physio": account(physio),
            "stranger": account(make_doctor()),
            "coordinator": make_user(Role.COORDINATOR),
        }.items()
    }
    assert answers == {"doctor": 200, "physio": 403, "stranger": 404, "coordinator": 403}
    assert CareLink.objects.filter(patient=patient).count() == 2


def test_page_keeps_signs_and_says_what_lacks(patient: Patient) -> None:
    doctor = follow(patient, make_doctor())
    client = sign_in(Client(), account(doctor))
    address = reverse("network:evaluation_write", args=[patient.code, "ceo"])
    typed = {"held_on": f"{clock.today():%Y-%m-%d}", "pain": "Genou", "intensity": "6"}
    assert client.post(address, typed | {"keep": "1"}).status_code == 302
    refused = client.post(address, typed | {"sign": "1"})
    assert refused.status_code == 422
    assert "Choisissez au moins une orientation" in refused.content.decode()
    full = {"priorities": "Dormir", "directions": ["dac"], "words_dac": "Aide au domicile"}
    done = client.post(address, typed | full | {"sign": "1"})
    sheet = Evaluation.objects.get()
    assert done["Location"] == reverse("network:evaluation", args=[patient.code, sheet.pk])
    assert (sheet.intensity, sheet.orientations.get().words) == (6, "Aide au domicile")
