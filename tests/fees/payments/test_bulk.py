"""Many acts at once: what is owed, in which order, and by how many statements."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fees.actions.books import commit_acts, grant_envelope
from fees.actions.moves import make_all
from fees.actions.steps import Conflict
from fees.enums import Account, Entry, Kind, Move, State
from fees.models import Act, ActStep, BookEntry
from network.enums import Profession, Role
from network.models import JournalEntry, User
from tests.factories.fees import at, log, physio_days
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


def sessions(count: int) -> list[Act]:
    """Submitted, of 30 euros each, ten at most for each patient."""
    acts: list[Act] = []
    physio = make_professional()
    while len(acts) < count:
        patient = make_patient()
        days = physio_days(min(10, count - len(acts)))
        acts += [log(patient, physio, Kind.KINE_REMOB, day) for day in days]
    return acts


def grant(amount: int, by: User) -> None:
    grant_envelope(year=2026, amount=Decimal(amount), decision="2026-1", by=by, now=NOW)


def owed(acts: list[Act], by: User) -> list[int]:
    with transaction.atomic():
        return [act.pk for act in commit_acts(acts, by=by, now=NOW)]


def test_acts_are_owed_as_far_as_the_envelope_goes(by: User) -> None:
    acts = sessions(4)
    grant(100, by)
    assert owed(acts, by) == [act.pk for act in acts[:3]]
    assert BookEntry.objects.balance(Account.DUE) == Decimal(90)
    assert BookEntry.objects.in_envelope() == Decimal(10)


def test_nothing_smaller_overtakes_what_waits(by: User) -> None:
    patient, doctor = make_patient(), make_professional(profession=Profession.DOCTOR)
    costly = log(patient, doctor, Kind.MED_BILAN, date(2026, 3, 1))
    cheap = sessions(1)[0]
    grant(40, by)
    assert costly.amount > 40 >= cheap.amount
    assert owed([costly, cheap], by) == []
    assert owed([cheap, costly], by) == [cheap.pk]


def test_year_without_envelope_has_no_limit(by: User) -> None:
    acts = sessions(2)
    assert owed(acts, by) == [act.pk for act in acts]


def test_envelope_of_a_year_stops_no_other(by: User) -> None:
    early = date(2025, 12, 2)
    patient = make_patient(included_on=early, requested_on=early, completed_on=early)
    physio = make_professional()
    before = log(patient, physio, Kind.KINE_REMOB, early + timedelta(days=6))
    after = log(patient, physio, Kind.KINE_REMOB, date(2026, 1, 5))
    grant_envelope(year=2025, amount=Decimal(10), decision="2025-1", by=by, now=NOW)
    grant(30, by)
    assert owed([before, after], by) == [after.pk]


def test_validation_of_many_leaves_a_step_and_an_entry_each(by: User) -> None:
    acts = sessions(3)
    grant(70, by)
    with transaction.atomic():
        moved = make_all([act.pk for act in acts], Move.VALIDATED, by=by, now=NOW)
    assert [act.pk for act in moved] == [act.pk for act in acts[:2]]
    states = Act.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.VALIDATED, State.VALIDATED, State.SUBMITTED]
    steps = ActStep.objects.filter(move=Move.VALIDATED).order_by("pk")
    assert [(step.act_id, step.state, step.amount, step.by) for step in steps] == [
        (act.pk, State.VALIDATED, Decimal(30), by) for act in moved
    ]
    assert JournalEntry.objects.filter(verb="act.validated", actor=by).count() == 2
    assert BookEntry.objects.filter(kind=Entry.VALIDATED).count() == 2


def test_what_has_moved_already_is_left_alone(by: User) -> None:
    acts = sessions(2)
    keys = [act.pk for act in acts]
    with transaction.atomic():
        make_all(keys[:1], Move.VALIDATED, by=by, now=NOW)
        assert [act.pk for act in make_all(keys, Move.VALIDATED, by=by, now=NOW)] == keys[1:]
    assert ActStep.objects.filter(move=Move.VALIDATED).count() == 2


def test_one_that_may_not_move_stops_them_all(by: User) -> None:
    acts = sessions(2)
    with transaction.atomic():
        make_all([acts[0].pk], Move.VALIDATED, by=by, now=NOW)
    with pytest.raises(Conflict, match="n’est plus possible"), transaction.atomic():
        make_all([act.pk for act in acts], Move.BATCHED, by=by, now=NOW)
    assert not ActStep.objects.filter(move=Move.BATCHED).exists()


def test_move_that_frees_a_slot_is_made_one_by_one(by: User) -> None:
    with pytest.raises(ValueError, match="cancelled"):
        make_all([sessions(1)[0].pk], Move.CANCELLED, by=by, now=NOW)


def test_many_acts_ask_as_many_statements_as_few(by: User) -> None:
    acts = sessions(33)
    grant(10_000, by)
    counts = []
    for some in (acts[:3], acts[3:]):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            make_all([act.pk for act in some], Move.VALIDATED, by=by, now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
