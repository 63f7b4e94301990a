"""The care plan: one draft, signed versions that stay, and the proof that fees ask for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from network.actions.plans import (
    Agreement,
    Page,
    Stale,
    drop_draft,
    record_agreement,
    save_draft,
    sign_plan,
)
from network.enums import ActionStatus, PathwayState, Proof, Role
from network.events import RcpFileChanged
from network.models import (
    JournalEntry,
    OutboxMessage,
    Patient,
    PlanAction,
    PlanAgreement,
    PlanObjective,
    PlanProblem,
    PlanVersion,
    Professional,
    RcpFile,
    User,
)
from network.rules.plan import Plan, Who
from network.selectors.plans import current_plan
from network.selectors.verify import cited_reviews
from portal.kit import clock, events
from tests.factories.fees import make_rcp_file
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.plans import make_action, make_plan, make_plan_draft, plan_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
TYPED: dict[str, Any] = {"rows": ["problem:p1"], "values": {"p1-words": "Douleur"}}


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def doctor() -> Professional:
    return make_professional()


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def keep(
    patient: Patient, by: User, *, revision: int = 0, token: str = "", **more: Any
) -> PlanVersion:
    values = {"p1-words": more.pop("words", "Douleur")}
    return save_draft(
        patient=patient,
        typed=TYPED | {"values": values},
        rcp_file=more.pop("rcp_file", None),
        page=Page(token=token, revision=revision, **more),
        by=by,
        now=NOW,
    )


def verbs(patient: Patient) -> list[str]:
    return sorted(JournalEntry.objects.filter(patient=patient).values_list("verb", flat=True))


# --- The draft


def test_draft_is_begun_once_and_kept_as_typed(patient: Patient, by: User) -> None:
    first = keep(patient, by)
    again = keep(patient, by, revision=first.revision)
    assert again.revision == first.revision  # the same text is not one more save
    later = keep(patient, by, revision=first.revision, words="Douleur au dos")
    assert (later.pk, later.number, later.revision) == (first.pk, 1, first.revision + 1)
    assert later.typed["values"] == {"p1-words": "Douleur au dos"}
    assert verbs(patient) == ["plan.begun"]


def test_nobody_writes_over_what_somebody_else_has_just_typed(patient: Patient, by: User) -> None:
    first = keep(patient, by)
    other = make_user(Role.COORDINATOR)
    keep(patient, other, revision=first.revision, words="Sommeil")
    with pytest.raises(Stale) as stale:
        keep(patient, by, revision=first.revision, words="Fatigue")
    assert stale.value.draft is not None
    assert stale.value.draft.changed_by == other
    assert PlanVersion.objects.get().typed["values"] == {"p1-words": "Sommeil"}


def test_button_wins_over_what_its_own_page_saved_meanwhile(patient: Patient, by: User) -> None:
    first = keep(patient, by, token="page", words="Dou", by_itself=True)
    late = keep(patient, by, token="page", revision=0, words="Douleur")
    assert late.revision == first.revision + 1
    with pytest.raises(Stale):  # what the page still saves by itself comes too late
        keep(patient, by, token="page", revision=first.revision, words="Dou", by_itself=True)
    with pytest.raises(Stale):  # nor has another page the right
        keep(patient, by, token="other", revision=first.revision, words="Dou")


def test_draft_signed_elsewhere_is_not_begun_again_by_an_old_page(
    patient: Patient, by: User, doctor: Professional
) -> None:
    draft = make_plan_draft(patient, plan_of(doctor), by=by)
    sign_plan(draft=draft, plan=plan_of(doctor), revision=draft.revision, by=by, now=NOW)
    with pytest.raises(Stale) as stale:
        keep(patient, by, revision=draft.revision)
    assert stale.value.draft is None


@pytest.mark.parametrize("state", [PathwayState.REQUESTED, PathwayState.ENDED])
def test_plan_is_written_during_the_follow_up(by: User, state: PathwayState) -> None:
    with pytest.raises(ValidationError):
        keep(make_patient(state=state), by)
    assert not PlanVersion.objects.exists()


def test_draft_given_up_leaves_the_signed_version(patient: Patient, by: User) -> None:
    signed = make_plan(patient)
    make_plan_draft(patient, signed.values)
    for _ in range(2):
        drop_draft(patient=patient, by=by, now=NOW)
    assert list(PlanVersion.objects.all()) == [signed]
    assert verbs(patient).count("plan.dropped") == 1


def test_database_holds_one_draft_for_each_patient(patient: Patient, by: User) -> None:
    keep(patient, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            patient=patient, number=7, started_at=NOW, changed_at=NOW, changed_by=by
        )


# --- The signature


def test_signed_plan_says_what_was_typed(patient: Patient, by: User, doctor: Professional) -> None:
    plan = plan_of(
        doctor,
        make_action("a1", who=Who(str(doctor), doctor.pk), due_on=date(2026, 12, 1)),
        make_action("a2", status=ActionStatus.DROPPED, why="Trop loin"),
        priorities="Remarcher",
    )
    version = make_plan(patient, plan, by=by, agreed=True)
    found = current_plan(patient)
    assert found is not None
    assert found.values == plan
    assert (found.number, found.signed_by, found.typed) == (1, by, {})
    assert found.agreed is not None
    assert found.agreed.given_on == TODAY
    assert verbs(patient) == ["plan.agreed", "plan.begun", "plan.signed"]
    assert version == found


def test_signing_twice_is_once(patient: Patient, by: User, doctor: Professional) -> None:
    plan = plan_of(doctor)
    draft = make_plan_draft(patient, plan, by=by)
    for _ in range(2):
        sign_plan(draft=draft, plan=plan, revision=draft.revision, by=by, now=NOW)
    assert PlanProblem.objects.count() == 1
    assert verbs(patient).count("plan.signed") == 1


def test_what_changed_since_it_was_read_again_is_not_signed(
    patient: Patient, by: User, doctor: Professional
) -> None:
    plan = plan_of(doctor)
    draft = make_plan_draft(patient, plan, by=by)
    make_plan_draft(patient, replace(plan, alert="Appeler"), by=by)
    with pytest.raises(Stale):
        sign_plan(draft=draft, plan=plan, revision=draft.revision, by=by, now=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"referent": Who("quelqu’un")},
        {"review_on": None},
        {"review_on": TODAY},
        {"problems": ()},
    ],
)
def test_plan_that_lacks_something_is_not_signed(
    patient: Patient, doctor: Professional, changed: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        make_plan(patient, replace(plan_of(doctor), **changed))
    assert not PlanVersion.objects.signed().exists()


def test_plan_that_changes_nothing_is_not_signed(patient: Patient, doctor: Professional) -> None:
    plan = plan_of(doctor)
    make_plan(patient, plan)
    with pytest.raises(ValidationError) as refusal:
        make_plan(patient, plan)
    assert refusal.value.messages == ["Rien n’a changé depuis la version 1."]


def test_patient_with_an_account_is_told_by_a_neutral_mail(doctor: Professional) -> None:
    patient = make_patient(user=make_user(Role.PATIENT))
    make_plan(patient, plan_of(doctor, priorities="Remarcher"))
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (
        patient.user and patient.user.email,
        "Un document vous attend dans votre espace",
    )
    assert f"/mon-plan/{patient.code}/" in mail.body
    assert not any(word in mail.body for word in ("Remarcher", "plan de", patient.birth_name))


# --- Signed: the database keeps it


def test_database_refuses_to_change_what_is_signed(patient: Patient) -> None:
    version = make_plan(patient, agreed=True)
    problem = PlanProblem.objects.get()
    objective = PlanObjective.objects.get()
    rows: list[tuple[type[Model], dict[str, Any]]] = [
        (PlanVersion, {"alert": "autre"}),
        (PlanProblem, {"words": "autre"}),
        (PlanObjective, {"words": "autre"}),
        (PlanAction, {"what": "autre"}),
        (PlanAgreement, {"how": "autre"}),
    ]
    for model, change in rows:
        for write in (
            lambda model=model, change=change: model._default_manager.update(**change),
            lambda model=model: model._base_manager.all()._raw_delete("default"),  # type: ignore[attr-defined]
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()
    for add in (
        lambda: PlanProblem.objects.create(version=version, key="x", position=9, words="x"),
        lambda: PlanObjective.objects.create(problem=problem, key="x", position=9, words="x"),
        lambda: PlanAction.objects.create(
            objective=objective, key="x", position=9, what="x", who="x", status="to_do"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            add()


def test_database_refuses_the_review_of_another_patient(patient: Patient, by: User) -> None:
    file = make_rcp_file(make_patient(), attendees=(make_professional(),))
    with pytest.raises(DatabaseError), transaction.atomic():
        keep(patient, by, rcp_file=file)


@pytest.mark.parametrize(
    "action",
    [
        {"status": ActionStatus.DROPPED},
        {"who": Who("")},
    ],
)
def test_action_says_who_and_why(
    patient: Patient, doctor: Professional, action: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        make_plan(patient, plan_of(doctor, make_action(**action)))


# --- The case review that caused it


def review(patient: Patient, held_on: date = date(2026, 11, 12)) -> RcpFile:
    file: RcpFile = make_rcp_file(
        patient, held_on=held_on, minutes=None, plan=None, attendees=(make_professional(),)
    )
    return file


def test_plan_changed_by_a_review_is_its_proof(
    patient: Patient,
    doctor: Professional,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    heard: list[object] = []
    monkeypatch.setitem(events._LISTENERS, RcpFileChanged, [heard.append])
    file = review(patient)
    assert Proof.PLAN in file.missing
    make_plan(patient, plan_of(doctor))
    with django_capture_on_commit_callbacks(execute=True):
        make_plan(patient, plan_of(doctor, make_action("a9")), rcp_file=file)
    file.refresh_from_db()
    assert file.plan_revised_on == TODAY
    assert Proof.PLAN not in file.missing
    assert heard == [RcpFileChanged(file.pk, patient.pk)]


def test_first_day_on_which_the_plan_changed_stays(patient: Patient, doctor: Professional) -> None:
    file = review(patient)
    make_plan(patient, plan_of(doctor), rcp_file=file)
    later = NOW + timedelta(days=3)
    make_plan(patient, plan_of(doctor, make_action("a9")), rcp_file=file, now=later)
    file.refresh_from_db()
    assert file.plan_revised_on == TODAY


@pytest.mark.parametrize("months", [0, 1])
def test_review_is_not_proved_by_a_plan_that_did_not_change(
    patient: Patient, doctor: Professional, months: int
) -> None:
    """Another date of review alone is no change of care."""
    plan: Plan = plan_of(doctor)
    make_plan(patient, plan)
    assert plan.review_on is not None
    file = review(patient)
    same = replace(plan, review_on=plan.review_on + timedelta(days=30 * months))
    with pytest.raises(ValidationError) as refusal:
        make_plan(patient, same, rcp_file=file)
    assert "Rien n’a changé depuis la version 1." in " ".join(refusal.value.messages)
    file.refresh_from_db()
    assert file.plan_revised_on is None


def test_recount_finds_a_cited_review_without_its_proof(
    patient: Patient, doctor: Professional
) -> None:
    file = review(patient)
    make_plan(patient, plan_of(doctor), rcp_file=file)
    checked: Counter[str] = Counter()
    assert list(cited_reviews(checked)) == []
    assert checked["RCP citées par un plan"] == 1
    RcpFile.objects.filter(pk=file.pk).update(plan_revised_on=None)
    (breach,) = cited_reviews(checked)
    assert (breach.found, breach.expected) == (None, TODAY)


def test_review_to_come_is_not_cited(patient: Patient, doctor: Professional) -> None:
    file = review(patient, held_on=date(2026, 11, 17))
    with pytest.raises(ValidationError):
        make_plan(patient, plan_of(doctor), rcp_file=file)


# --- The agreement


def test_agreement_is_to_the_version_in_force(
    patient: Patient, by: User, doctor: Professional
) -> None:
    first = make_plan(patient, plan_of(doctor))
    second = make_plan(patient, plan_of(doctor, make_action("a9")))
    given = Agreement(given_on=TODAY, how="au téléphone")
    with pytest.raises(ValidationError):
        record_agreement(version=first, agreement=given, by=by, now=NOW)
    for _ in range(2):
        record_agreement(version=second, agreement=given, by=by, now=NOW)
    assert PlanAgreement.objects.get().version == second
    with pytest.raises(ValidationError):
        record_agreement(
            version=make_plan(make_patient(), plan_of(doctor)),
            agreement=Agreement(given_on=TODAY + timedelta(days=1), how="x"),
            by=by,
            now=NOW,
        )


def test_plan_is_read_in_as_many_queries_whatever_its_rows(
    patient: Patient, doctor: Professional
) -> None:
    def queries(*actions: Any) -> int:
        make_plan(patient, plan_of(doctor, *actions))
        with CaptureQueriesContext(connection) as asked:
            found = current_plan(patient)
            assert found is not None
            assert len(found.values.actions) == len(actions)
        return len(asked)

    one = queries(make_action())
    assert queries(*(make_action(f"a{n}", who=Who("x", doctor.pk)) for n in range(6))) <= one + 1
