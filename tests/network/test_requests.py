"""Requests before and at their decision: completed, joined, told apart, answered, recalled."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from network.actions.decisions import Answer, answer, ask_for_pieces
from network.actions.requests import ask_again, complete_file, join_files, tell_apart
from network.actions.stale import chase_stale
from network.enums import Addressee, Move, PathwayState, Profession, Reply, Role
from network.models import (
    CareLink,
    DistinctFiles,
    OutboxMessage,
    PathwayStep,
    Patient,
    RequestLetter,
    Structure,
    User,
)
from network.rules.requests import Overdue
from network.selectors.requests import (
    QueueSearch,
    missing_of,
    queue,
    request_of,
    state_of,
    totals,
    twins_of,
)
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_user, sign_in
from tests.factories.referral import make_attachment, make_referral, patient_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
LETTERS = {Addressee.DOCTOR: "Docteur,\n\nOui.", Addressee.PATIENT: "Madame,\n\nOui."}
INCOMPLETE, REQUESTED = PathwayState.INCOMPLETE, PathwayState.REQUESTED


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def coordinator() -> User:
    return make_user(Role.COORDINATOR)


def waiting(state: PathwayState = REQUESTED, **fields: Any) -> Patient:
    complete = TODAY - timedelta(days=5) if state == REQUESTED else None
    defaults: dict[str, Any] = {
        "requested_on": TODAY - timedelta(days=12),
        "completed_on": complete,
        "included_on": None,
    }
    return make_patient(state=state, **(defaults | fields))


def given_answer(outcome: Reply, **fields: Any) -> Answer:
    needed: dict[Reply, dict[str, Any]] = {
        Reply.INCLUDE: {},
        Reply.REDIRECT: {"reason": "Plus près.", "addresses": "Consultation, 01 99 00 00 01"},
        Reply.REFUSE: {"reason": "Douleur aiguë."},
        Reply.ASK: {"pieces": ["courrier médical"]},
    }
    said: dict[str, Any] = {"key": uuid4(), "outcome": outcome, "decided_on": TODAY}
    return Answer(**(said | needed[outcome] | fields))


def decide(patient: Patient, given: Answer, by: User) -> Patient:
    return answer(patient=patient, given=given, letters=LETTERS, by=by, now=NOW)


def moves(patient: Patient) -> list[str]:
    return list(PathwayStep.objects.filter(patient=patient).values_list("move", flat=True))


# --- Complete, and again


def test_file_completed_once_starts_the_clock(coordinator: User) -> None:
    patient = waiting(INCOMPLETE)
    day = TODAY - timedelta(days=2)
    for on in (day, TODAY):
        done = complete_file(patient=patient, on=on, by=coordinator, now=NOW)
        assert (done.state, done.completed_on) == (REQUESTED, day)
    assert moves(patient) == [Move.RECEIVED, Move.COMPLETED]


@pytest.mark.parametrize("state", [each for each in PathwayState if each != INCOMPLETE])
def test_file_that_waits_for_nothing_stays(coordinator: User, state: PathwayState) -> None:
    other = make_patient()
    joined: dict[str, Any] = {"joined_to": other} if state == PathwayState.JOINED else {}
    patient = make_patient(state=state, **joined)
    done = complete_file(patient=patient, on=TODAY, by=coordinator, now=NOW)
    assert (done.state, done.completed_on) == (state, patient.completed_on)


@pytest.mark.parametrize("days", [-1, 13])
def test_file_complete_neither_before_the_request_nor_tomorrow(
    coordinator: User, days: int
) -> None:
    patient = waiting(INCOMPLETE)
    with pytest.raises(ValidationError):
        complete_file(patient=patient, on=TODAY - timedelta(days=days), by=coordinator, now=NOW)
    patient.refresh_from_db()
    assert patient.state == INCOMPLETE


def test_archived_request_is_taken_up_with_new_clocks(coordinator: User) -> None:
    patient = waiting(PathwayState.ARCHIVED, completed_on=None)
    for _ in range(2):
        ask_again(patient=patient, by=coordinator, now=NOW)
    patient.refresh_from_db()
    assert (patient.state, patient.requested_on, patient.completed_on) == (INCOMPLETE, TODAY, None)
    assert moves(patient).count(Move.ASKED_AGAIN) == 1


def test_request_under_way_is_not_taken_up(coordinator: User) -> None:
    with pytest.raises(ValidationError):
        ask_again(patient=make_patient(), by=coordinator, now=NOW)


# --- The same person


@pytest.mark.parametrize(
    ("kept_state", "complete", "after"),
    [
        (PathwayState.ENDED, True, REQUESTED),
        (PathwayState.ENDED, False, INCOMPLETE),
        (PathwayState.REFUSED, True, REQUESTED),
        (PathwayState.ARCHIVED, False, INCOMPLETE),
        (PathwayState.REDIRECTED, True, REQUESTED),
        (PathwayState.FOLLOWED, True, PathwayState.FOLLOWED),
        (INCOMPLETE, True, REQUESTED),
        (INCOMPLETE, False, INCOMPLETE),
        (REQUESTED, False, REQUESTED),
    ],
)
def test_joined_request_carries_referral_and_clocks(
    coordinator: User, kept_state: PathwayState, complete: bool, after: PathwayState
) -> None:
    kept = make_patient(state=kept_state, email="")
    if kept_state in {INCOMPLETE, REQUESTED}:
        kept = waiting(kept_state)
    doctor = make_professional(profession=Profession.DOCTOR)
    referral = make_referral(who={"email": "ysee@example.org"}, treating_doctor=doctor)
    make_attachment(referral)
    new = patient_of(referral)
    if complete:
        complete_file(patient=new, on=TODAY, by=coordinator, now=NOW)
    for _ in range(2):
        join_files(request=new, kept=kept, by=coordinator, now=NOW)
    kept.refresh_from_db()
    new.refresh_from_db()
    assert (new.state, new.joined_to) == (PathwayState.JOINED, kept)
    assert kept.state == after
    assert list(kept.referrals.all()) == [referral]
    assert kept.email == "ysee@example.org"
    assert moves(new)[-1] == Move.JOINED
    assert not CareLink.objects.filter(patient=new, ends_on=None).exists()
    assert not CareLink.objects.filter(patient=kept, professional=doctor).exists()
    if kept_state not in {INCOMPLETE, REQUESTED, PathwayState.FOLLOWED}:
        expected = TODAY if complete else None
        assert (kept.requested_on, kept.completed_on) == (TODAY, expected)


def test_author_of_a_joined_request_reads_the_own_words_alone(
    coordinator: User, client: Client
) -> None:
    author = make_user(Role.CLINICIAN)
    kept = make_patient(state=PathwayState.ENDED, syndrome="Secret connu", work_status="retraite")
    referral = make_referral(author, syndrome="Lombalgie")
    join_files(request=patient_of(referral), kept=kept, by=coordinator, now=NOW)
    page = sign_in(client, author).get(reverse("network:my_request", args=[referral.key]))
    text = page.content.decode()
    assert "Lombalgie" in text
    assert "Secret connu" not in text
    assert "retraite" not in text
    assert client.get(reverse("network:patient", args=[kept.code])).status_code == 404


def test_decided_request_is_not_joined(coordinator: User) -> None:
    with pytest.raises(ValidationError):
        join_files(request=make_patient(), kept=make_patient(), by=coordinator, now=NOW)
    own = waiting()
    with pytest.raises(ValidationError):
        join_files(request=own, kept=own, by=coordinator, now=NOW)


def test_request_is_not_joined_to_a_joined_file(coordinator: User) -> None:
    joined = make_patient(state=PathwayState.JOINED, joined_to=make_patient())
    with pytest.raises(ValidationError):
        join_files(request=waiting(), kept=joined, by=coordinator, now=NOW)


def test_two_persons_told_apart_are_suggested_no_more(coordinator: User) -> None:
    one, other = (
        waiting(birth_name="Sorlin", first_names=names) for names in ("Ysée", "Ysée Marie")
    )
    assert twins_of([one]) == {one.pk: [other]}
    for first, second in ((one, other), (other, one)):
        tell_apart(one=first, other=second, by=coordinator, now=NOW)
    assert DistinctFiles.objects.count() == 1
    assert twins_of([one, other]) == {one.pk: [], other.pk: []}


# --- The answer


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Reply.INCLUDE, PathwayState.FOLLOWED),
        (Reply.REDIRECT, PathwayState.REDIRECTED),
        (Reply.REFUSE, PathwayState.REFUSED),
        (Reply.ASK, INCOMPLETE),
    ],
)
@pytest.mark.parametrize("before", [INCOMPLETE, REQUESTED])
def test_answer_given_twice_is_one(
    coordinator: User, before: PathwayState, outcome: Reply, state: PathwayState
) -> None:
    patient = waiting(before)
    given = given_answer(outcome)
    steps = len(moves(patient))
    for _ in range(2):
        assert decide(patient, given, coordinator).state == state
    assert len(moves(patient)) == steps + 1
    assert {each.to for each in RequestLetter.objects.filter(patient=patient)} == set(Addressee)
    assert RequestLetter.objects.count() == 2


@pytest.mark.parametrize("second", list(Reply))
@pytest.mark.parametrize("first", [Reply.INCLUDE, Reply.REDIRECT, Reply.REFUSE])
def test_decided_request_gets_no_other_answer(
    coordinator: User, first: Reply, second: Reply
) -> None:
    patient = waiting()
    decide(patient, given_answer(first), coordinator)
    with pytest.raises(ValidationError):
        decide(patient, given_answer(second), coordinator)
    assert RequestLetter.objects.count() == 2


def test_asking_stops_the_clock_until_it_is_complete_again(coordinator: User) -> None:
    patient = waiting()
    asked = decide(patient, given_answer(Reply.ASK, reason="Illisible."), coordinator)
    assert asked.completed_on is None
    assert missing_of(request_of(patient.code).get()) == "courrier médical\u00a0: Illisible."
    done = complete_file(patient=patient, on=TODAY, by=coordinator, now=NOW)
    assert done.completed_on == TODAY
    with pytest.raises(ValidationError):
        ask_for_pieces(patient=patient, missing="", by=coordinator, now=NOW)


def test_redirection_keeps_where_to(coordinator: User) -> None:
    structure = Structure.objects.create(name="Centre d’essai", kind="centre", department="75")
    patient = waiting()
    long = "x" * 180
    given = given_answer(Reply.REDIRECT, structures=[structure], reason=long, addresses="Un\nDeux")
    done = decide(patient, given, coordinator)
    step = PathwayStep.objects.filter(patient=patient).latest("pk")
    assert step.reason == f"Centre d’essai, Un, Deux\u00a0: {long}"
    assert done.exit_reason == step.reason[:120]


def test_person_included_again_begins_a_new_follow_up(coordinator: User) -> None:
    patient = make_patient(
        state=PathwayState.ENDED, left_on=date(2026, 6, 1), exit_reason="déménagement"
    )
    ask_again(patient=patient, by=coordinator, now=NOW)
    done = decide(patient, given_answer(Reply.INCLUDE), coordinator)
    assert (done.included_on, done.left_on, done.exit_reason) == (TODAY, None, "")


def test_letters_are_announced_without_name_to_accounts_alone(coordinator: User) -> None:
    author, doctor = make_user(Role.CLINICIAN), make_professional(profession=Profession.DOCTOR)
    patient = patient_of(make_referral(author, treating_doctor=doctor))
    reader = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=reader)
    OutboxMessage.objects.all().delete()
    decide(patient, given_answer(Reply.INCLUDE), coordinator)
    mails = list(OutboxMessage.objects.all())
    assert doctor.user is not None
    assert {each.to for each in mails} == {author.email, doctor.user.email, reader.email}
    assert len(mails) == 3
    for mail in mails:
        assert patient.birth_name not in mail.subject + mail.body
        assert "Oui." not in mail.body


def test_letters_are_read_by_those_they_are_written_to(coordinator: User) -> None:
    author, doctor = make_user(Role.CLINICIAN), make_professional(profession=Profession.DOCTOR)
    patient = patient_of(make_referral(author, treating_doctor=doctor))
    reader = make_user(Role.PATIENT)
    Patient.objects.filter(pk=patient.pk).update(user=reader)
    decide(patient, given_answer(Reply.INCLUDE), coordinator)
    both = set(Addressee)
    expected = {
        coordinator: both,
        make_user(Role.MEDICAL_DIRECTOR): both,
        author: {Addressee.DOCTOR},
        doctor.user: {Addressee.DOCTOR},
        reader: {Addressee.PATIENT},
        make_user(Role.CLINICIAN): set(),
        make_user(Role.PATIENT): set(),
        make_user(Role.ACCOUNTANT): set(),
        make_user(Role.EDITOR): set(),
        make_user(Role.ADMINISTRATOR): set(),
    }
    for user, letters in expected.items():
        seen = RequestLetter.objects.visible_to(user, TODAY)
        assert {each.to for each in seen} == letters


# --- Requests that wait too long


def chase(days: int) -> dict[Overdue, int]:
    done = chase_stale(now=NOW + timedelta(days=days))
    return {due: count for due, count in done.items() if count}


def test_stale_request_is_recalled_twice_then_archived() -> None:
    author = make_user(Role.CLINICIAN)
    patient = patient_of(make_referral(author))
    OutboxMessage.objects.all().delete()
    told = {day: chase(day) for day in (29, 30, 31, 45, 60, 61, 89, 90, 91, 200)}
    assert {day: found for day, found in told.items() if found} == {
        30: {Overdue.REMIND: 1},
        31: {Overdue.NOT_YET: 1},
        45: {Overdue.NOT_YET: 1},
        60: {Overdue.REMIND_AGAIN: 1},
        61: {Overdue.NOT_YET: 1},
        89: {Overdue.NOT_YET: 1},
        90: {Overdue.ARCHIVE: 1},
    }
    patient.refresh_from_db()
    assert patient.state == PathwayState.ARCHIVED
    assert OutboxMessage.objects.filter(to=author.email).count() == 3
    assert state_of(patient) == ("", "Archivée")


def test_worker_down_for_months_archives_at_once() -> None:
    patient = patient_of(make_referral())
    assert chase(100) == {Overdue.ARCHIVE: 1}
    assert moves(patient) == [Move.RECEIVED, Move.ARCHIVED]


def test_asked_piece_starts_the_delay_again(coordinator: User) -> None:
    patient = patient_of(make_referral())
    later = NOW + timedelta(days=28)
    ask_for_pieces(patient=patient, missing="courrier", by=coordinator, now=later)
    assert chase(30) == {}
    assert chase(58) == {Overdue.REMIND: 1}


def test_complete_request_is_never_recalled(coordinator: User) -> None:
    patient = patient_of(make_referral())
    complete_file(patient=patient, on=TODAY, by=coordinator, now=NOW)
    assert chase(400) == {}


# --- The queue


def test_queue_is_sorted_by_days_left_and_filtered() -> None:
    ages = {"late": 16, "today": 15, "soon": 12, "calm": 11, "new": 0}
    found = {
        name: waiting(completed_on=TODAY - timedelta(days=age), requested_on=date(2026, 10, 1))
        for name, age in reversed(ages.items())
    }
    waiting(INCOMPLETE)
    make_patient()
    names = {patient.pk: name for name, patient in found.items()}

    def shown(search: QueueSearch) -> list[str]:
        return [names.get(each.pk, "incomplete") for each in queue(search, TODAY)]

    assert shown(QueueSearch()) == list(ages)
    assert shown(QueueSearch(urgency="retard")) == ["late"]
    assert shown(QueueSearch(urgency="bientot")) == ["today", "soon"]
    assert shown(QueueSearch(text=found["calm"].code)) == ["calm"]
    assert shown(QueueSearch(incomplete=True)) == ["incomplete"]
    counted = totals(TODAY)
    assert (counted.complete, counted.late, counted.soon, counted.incomplete) == (5, 1, 2, 1)


def test_queue_filters_fast_tracks() -> None:
    plain, flagged = make_referral(), make_referral(fast_tracks=["cancer"])
    search = QueueSearch(fast_track=True, incomplete=True)
    assert [each.pk for each in queue(search, TODAY)] == [patient_of(flagged).pk]
    assert plain.fast_tracks == []


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(["complete", "ask", "again", "archive", "refuse", "include"]), max_size=8
    )
)
def test_any_course_ends_where_its_last_step_led(course: list[str]) -> None:
    by = make_user(Role.COORDINATOR)
    patient = waiting(INCOMPLETE)
    gestures: dict[str, Callable[[], object]] = {
        "complete": lambda: complete_file(patient=patient, on=TODAY, by=by, now=NOW),
        "ask": lambda: decide(patient, given_answer(Reply.ASK), by),
        "again": lambda: ask_again(patient=patient, by=by, now=NOW),
        "archive": lambda: chase_stale(now=NOW + timedelta(days=91)),
        "refuse": lambda: decide(patient, given_answer(Reply.REFUSE), by),
        "include": lambda: decide(patient, given_answer(Reply.INCLUDE), by),
    }
    for each in course:
        try:
            gestures[each]()
        except ValidationError:
            continue
    patient.refresh_from_db()
    assert patient.state == PathwayStep.objects.filter(patient=patient).latest("pk").state
    assert (patient.state == REQUESTED) <= (patient.completed_on is not None)
    assert (patient.state == INCOMPLETE) <= (patient.completed_on is None)


def test_author_reads_what_is_waited_for(coordinator: User) -> None:
    sent = make_referral()
    assert state_of(request_of(patient_of(sent).code).get()) == (
        "wait",
        "En attente du questionnaire",
    )
    ask_for_pieces(patient=patient_of(sent), missing="courrier", by=coordinator, now=NOW)
    assert state_of(request_of(patient_of(sent).code).get()) == ("wait", "Pièces demandées")
