"""A request joined to a kept file gives it all that came with it, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from network.actions.links import enter_by_link
from network.actions.requests import join_files
from network.enums import AldKind, AnsweredAs, Circle, PathwayState, Role
from network.models import (
    AldPeriod,
    Invitation,
    Patient,
    PersonalLink,
    Questionnaire,
    Representative,
    SharingConsent,
    User,
)
from network.selectors.questionnaires import answered_for
from network.tokens import token_hash
from portal.kit import clock
from tests.factories.follow_up import make_visit
from tests.factories.network import make_patient, make_user
from tests.factories.questionnaires import ask, make_sent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def kept() -> Patient:
    return make_patient(email="kept@example.org")


def request(**fields: Any) -> Patient:
    on = NOW.date() - timedelta(days=3)
    dates = {"requested_on": on, "completed_on": None, "included_on": None}
    options = {"state": PathwayState.INCOMPLETE, "email": "new@example.org"} | dates | fields
    return make_patient(**options)  # type: ignore[arg-type]


def join(new: Patient, kept: Patient, by: User) -> None:
    join_files(request=new, kept=kept, by=by, now=NOW)
    new.refresh_from_db()
    kept.refresh_from_db()


def test_answers_go_to_the_kept_file_and_stay_as_they_were_sent(kept: Patient, by: User) -> None:
    new = request()
    sheet = make_sent(new)
    join(new, kept, by)
    assert answered_for(kept).get() == sheet
    assert answered_for(new).count() == 0


def test_sent_answers_go_to_no_other_file(kept: Patient) -> None:
    sheet = make_sent(request())
    with pytest.raises(DatabaseError), transaction.atomic():
        Questionnaire.objects.filter(pk=sheet.pk).update(patient=kept)
    with pytest.raises(DatabaseError), transaction.atomic():
        Questionnaire.objects.filter(pk=sheet.pk).update(reminder="x")


@pytest.mark.parametrize("begun", ["request", "kept", "neither"])
def test_of_two_that_wait_the_one_begun_goes_on(kept: Patient, by: User, begun: str) -> None:
    new = request()
    asked = {"request": ask(new), "kept": ask(kept)}
    if begun in asked:
        Questionnaire.objects.filter(pk=asked[begun].pk).update(answered_as=AnsweredAs.PATIENT)
    join(new, kept, by)
    going_on = Questionnaire.objects.to_answer().get()
    assert going_on.patient == kept
    assert going_on == asked.get(begun, asked["kept"])


def test_link_of_the_mail_opens_the_kept_file(kept: Patient, by: User) -> None:
    new = request()
    PersonalLink.objects.create(
        patient=new, token_hash=token_hash("s"), made_at=NOW, expires_at=NOW + timedelta(days=9)
    )
    join(new, kept, by)
    assert enter_by_link(secret="s", birth_date=kept.birth_date, now=NOW).patient == kept


def test_account_representative_and_invitation_go_along(kept: Patient, by: User) -> None:
    new = request(user=make_user(Role.PATIENT))
    parent = make_user(Role.PATIENT)
    Representative.objects.create(patient=new, user=parent, relation="mère")
    Invitation.objects.create(
        email="new@example.org",
        role=Role.PATIENT,
        patient=new,
        token_hash="h",
        invited_by=by,
        created_at=NOW,
        expires_at=NOW,
    )
    account = new.user
    join(new, kept, by)
    assert (kept.user, new.user) == (account, None)
    assert kept.representatives.get().user == parent
    assert Invitation.objects.get().patient == kept


def test_consents_and_conditions_are_kept_once(kept: Patient, by: User) -> None:
    new = request()
    for patient, circles in ((new, (Circle.REVIEW, Circle.INSURANCE)), (kept, (Circle.REVIEW,))):
        for circle in circles:
            SharingConsent.objects.create(
                patient=patient, circle=circle, given_on=NOW, recorded_at=NOW, recorded_by=by
            )
    for patient, year in ((new, 2020), (new, 2024), (kept, 2024)):
        AldPeriod.objects.create(
            patient=patient,
            kind=AldKind.ALD_30,
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )
    join(new, kept, by)
    given = kept.sharing_consents.values_list("circle", flat=True)
    assert sorted(given) == sorted([Circle.REVIEW, Circle.INSURANCE])
    assert [each.starts_on.year for each in kept.alds.all()] == [2020, 2024]


def test_no_chain_of_joined_files_is_left(kept: Patient, by: User) -> None:
    middle, first = request(), request()
    join(first, middle, by)
    join(middle, kept, by)
    first.refresh_from_db()
    assert (first.joined_to, middle.joined_to) == (kept, kept)


def test_file_with_a_life_of_its_own_is_not_joined(kept: Patient, by: User) -> None:
    new = make_patient()
    make_visit(new, now=NOW, starts_at=NOW + timedelta(days=3))
    Patient.objects.filter(pk=new.pk).update(state=PathwayState.INCOMPLETE)
    with pytest.raises(ValidationError) as refusal:
        join(new, kept, by)
    assert refusal.value.code == "lives"
    new.refresh_from_db()
    assert (new.state, new.joined_to) == (PathwayState.INCOMPLETE, None)
