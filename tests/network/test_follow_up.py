"""The follow-up's end: announced, prolonged by exception, noted with its reason, asked again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from network.actions.follow_up import note_contact, renew
from network.actions.patients import include, leave
from network.actions.requests import ask_again
from network.enums import ContactWay, EvaluationKind, ExitReason, Move, PathwayState, Role
from network.models import PathwayStep, Patient, User
from network.selectors.evaluations import ending, over, to_reassess
from network.selectors.patients import standing
from portal.kit import clock, dashboard
from tests.factories.fees import at
from tests.factories.follow_up import make_evaluation, make_slot, make_visit
from tests.factories.network import make_patient, make_user, sign_in

pytestmark = pytest.mark.django_db
END = date(2027, 4, 4)  # the last day of who was included on 5 January 2026


@pytest.fixture
def coordinator() -> User:
    return make_user(Role.COORDINATOR)


def prolong(patient: Patient, by: User, last_day: date, reason: str = "Chirurgie") -> Patient:
    now = at(date(2027, 3, 1))
    return renew(patient=patient, last_day=last_day, reason=reason, by=by, now=now)


@pytest.mark.parametrize(
    ("left", "ends", "is_over"),
    [(61, False, False), (60, True, False), (0, True, False), (-1, False, True)],
)
def test_end_is_announced_then_over(
    coordinator: User, left: int, ends: bool, is_over: bool
) -> None:
    patient, today = make_patient(), END - timedelta(days=left)
    assert (patient in ending(coordinator, today)) is ends
    assert (patient in over(coordinator, today)) is is_over


def test_renewed_end_is_the_one_announced(coordinator: User) -> None:
    patient = prolong(make_patient(), coordinator, date(2027, 6, 30))
    assert standing(patient, END + timedelta(days=1)).last_day == date(2027, 6, 30)
    assert patient not in over(coordinator, END + timedelta(days=1))
    assert patient not in ending(coordinator, END - timedelta(days=10))
    assert patient in ending(coordinator, date(2027, 6, 1))
    assert patient in over(coordinator, date(2027, 7, 1))


def test_renewal_is_a_step_with_its_reason(coordinator: User) -> None:
    patient = make_patient()
    for _ in range(2):
        prolong(patient, coordinator, date(2027, 6, 30))
    step = PathwayStep.objects.get(patient=patient, move=Move.RENEWED)
    assert (step.reason, step.by) == ("Chirurgie", coordinator)


@pytest.mark.parametrize(
    ("last_day", "reason", "field"),
    [
        (END, "Chirurgie", "last_day"),
        (date(2028, 4, 5), "Chirurgie", "last_day"),
        (date(2027, 6, 30), "  ", "reason"),
    ],
)
def test_renewal_is_refused(coordinator: User, last_day: date, reason: str, field: str) -> None:
    patient = make_patient()
    with pytest.raises(ValidationError) as refused:
        prolong(patient, coordinator, last_day, reason)
    assert set(refused.value.message_dict) == {field}
    patient.refresh_from_db()
    assert patient.renewed_to is None


def test_renewal_only_while_followed(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="pas suivi"):
        prolong(make_patient(state=PathwayState.REQUESTED), coordinator, date(2027, 6, 30))


def leaving(patient: Patient, by: User, kind: ExitReason, reason: str = "") -> Patient:
    left_on = date(2026, 6, 1)
    return leave(patient=patient, left_on=left_on, kind=kind, reason=reason, by=by, now=at(left_on))


@pytest.mark.parametrize("kind", [kind for kind in ExitReason if kind != ExitReason.LOST])
def test_exit_keeps_its_reason(coordinator: User, kind: ExitReason) -> None:
    patient = leaving(make_patient(), coordinator, kind, "Relais au CETD")
    assert (patient.state, patient.exit_kind) == (PathwayState.ENDED, kind)
    assert patient.exit_words.endswith("— Relais au CETD")


def test_other_exit_needs_words(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="quelques mots"):
        leaving(make_patient(), coordinator, ExitReason.OTHER)


def test_broken_pathway_needs_two_attempts(coordinator: User) -> None:
    patient = make_patient()
    for number, way in enumerate([ContactWay.PHONE, ContactWay.PHONE, ContactWay.DOCTOR]):
        on = date(2026, 5, 1 + number // 2)
        attempt = {"on": on, "way": way, "outcome": "Pas de réponse"}
        if number == 2:
            with pytest.raises(ValidationError, match="il y en a 1"):
                leaving(patient, coordinator, ExitReason.LOST)
        note_contact(patient=patient, **attempt, by=coordinator, now=at(on))  # type: ignore[arg-type]
    assert leaving(patient, coordinator, ExitReason.LOST).exit_kind == ExitReason.LOST


def test_return_is_a_new_request_then_a_new_follow_up(coordinator: User) -> None:
    patient = leaving(make_patient(), coordinator, ExitReason.MOVED)
    with pytest.raises(ValidationError, match="précède la fin"):
        now = at(date(2026, 9, 1))
        ask_again(patient=patient, requested_on=date(2026, 5, 1), by=coordinator, now=now)
    back = date(2026, 9, 1)
    for _ in range(2):
        ask_again(patient=patient, requested_on=back, by=coordinator, now=at(back))
    patient.refresh_from_db()
    assert (patient.state, patient.requested_on) == (PathwayState.INCOMPLETE, back)
    again = include(patient=patient, decided_on=back, by=coordinator, now=at(back))
    assert (again.included_on, again.left_on, again.exit_words) == (back, None, "")
    assert standing(again, back).running
    moves = list(PathwayStep.objects.filter(patient=patient).values_list("move", flat=True))
    assert moves[-3:] == [Move.ENDED, Move.ASKED_AGAIN, Move.INCLUDED]


def test_reassessment_is_due_once_near_the_end(coordinator: User) -> None:
    patient, near = make_patient(), END - timedelta(days=90)
    assert not to_reassess(coordinator, near).exists()  # nothing to compare with
    ceo = make_evaluation(patient)
    assert list(to_reassess(coordinator, near)) == [patient]
    assert not to_reassess(coordinator, near - timedelta(days=1)).exists()
    kind, held_on = EvaluationKind.REASSESSMENT, near - timedelta(days=30)
    make_evaluation(patient, ceo.doctor, kind=kind, held_on=held_on)
    assert not to_reassess(coordinator, near).exists()


def titles(user: User) -> set[str]:
    with dashboard.gathering():
        answers = dashboard.todos.answers(user, clock.today())
        return {str(todo.title) for todos in answers for todo in todos}


def test_homes_say_what_waits(coordinator: User) -> None:
    today = clock.today()
    included = today - timedelta(days=440)
    near = make_patient(requested_on=included, completed_on=included, included_on=included)
    sheet = make_evaluation(near, held_on=included + timedelta(days=10))
    late = today - timedelta(days=600)
    make_patient(requested_on=late, completed_on=late, included_on=late)
    assert {
        "Prendre les CEO",
        "Prévoir les réévaluations",
        "Préparer les fins de suivi",
        "Noter les fins de suivi passées",
    } <= titles(coordinator)
    assert sheet.doctor.user is not None
    assert "Prendre les CEO" not in titles(sheet.doctor.user)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "name", ["ceo_queue", "visits", "consultation_slots", "consultation_sites", "endings"]
)
def test_lists_ask_a_constant_number_of_queries(
    client: Client, coordinator: User, django_assert_max_num_queries: object, name: str, count: int
) -> None:
    now = clock.now()
    for number in range(count):
        ahead = now + timedelta(days=5 + number)
        make_visit(make_patient(), starts_at=ahead, now=now)
        make_slot(starts_at=ahead + timedelta(hours=5), now=now)
        make_patient(included_on=clock.today() - timedelta(days=440))
    sign_in(client, coordinator)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert client.get(reverse(f"network:{name}")).status_code == 200
