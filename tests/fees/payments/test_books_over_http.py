"""The same stories as the machine of the books, through the pages that accountants use."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from fees.actions.batches import who_may_not_sign
from fees.enums import Account, BatchState, Kind, State, TransferState
from fees.models import Act, Batch, BookEntry, Transfer
from fees.transfers import next_bank_day
from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.fees import at, log, make_account, validate
from tests.factories.network import make_patient, make_professional, make_user, sign_in
from tests.fees.payments import test_books_machine as machine
from tests.proofs.payments import recounted
from tests.proofs.scale import histories

NOW = at(date(2026, 11, 16), 9)
WHY = {"reason": "Contrôle"}
AGAIN = {"validation-reason": "Mauvais dossier"}


class Desk:
    """An accountant at the portal: each gesture gives the status of its answer."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, sign_in(Client(), user)

    def post(self, name: str, *args: Any, **fields: str) -> int:
        return self.client.post(reverse(f"fees:{name}", args=args), fields).status_code

    def prepare(self) -> int:
        day = next_bank_day(clock.today())
        return self.post("batch_prepare", execute_on=f"{day:%d/%m/%Y}")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def held(account: Account) -> Decimal:
    return BookEntry.objects.balance(account)


@pytest.mark.django_db
def test_life_of_a_payment_over_http() -> None:
    """Validated twice, signed by a third person, executed, returned, paid again, reversed,
    recovered."""
    validator, clerk, signer = (Desk(make_user(Role.ACCOUNTANT)) for _ in range(3))
    physio = make_professional()
    make_account(physio)

    def validated(day: int) -> Act:
        act = log(make_patient(), physio, Kind.KINE_REMOB, date(2026, 11, day), now=NOW)
        return validate(act, by=validator.user, now=NOW)

    def paid(number: int) -> Transfer:
        assert clerk.prepare() == 302
        assert [each.post("batch_sign", number) for each in (validator, clerk)] == [422, 422]
        assert clerk.post("batch_file", number) == 422
        assert [signer.post("batch_sign", number) for _ in range(2)] == [302, 302]
        assert [clerk.post("batch_file", number) for _ in range(2)] == [200, 200]
        assert [clerk.post("batch_executed", number) for _ in range(2)] == [302, 302]
        assert recounted() == []
        return Transfer.objects.get(batch__number=number)

    first, second = validated(2), validated(3)
    assert clerk.post("reopen", second.pk) == 422
    assert [clerk.post("reopen", second.pk, **AGAIN) for _ in range(2)] == [302, 302]
    assert (held(Account.DUE), recounted()) == (Decimal(30), [])
    assert validator.post("validate", second.pk) == 302
    transfer = paid(1)
    assert (transfer.amount, held(Account.PAID)) == (Decimal(60), Decimal(60))
    assert clerk.post("transfer", transfer.pk, reason="") == 422
    assert [clerk.post("transfer", transfer.pk, **WHY) for _ in range(2)] == [302, 302]
    assert (held(Account.DUE), held(Account.PAID)) == (Decimal(60), Decimal(0))
    assert paid(2).amount == Decimal(60)
    assert clerk.post("undo", first.pk, reason="") == 422
    assert clerk.post("undo", first.pk, **WHY) == 302
    assert held(Account.TO_RECOVER) == Decimal(30)
    for day in (4, 5):
        validated(day)
    assert paid(3).amount == Decimal(30)
    assert (held(Account.TO_RECOVER), held(Account.PAID)) == (Decimal(0), Decimal(90))
    states = {act.pk: act.state for act in Act.objects.all()}
    assert (states[first.pk], states[second.pk]) == (State.REVERSED, State.PAID)
    assert recounted() == []


class OverHttp(machine.BooksMachine):
    """Every gesture of an accountant but the validation, which its own pages prove."""

    desks: list[Desk]

    @rule(by=machine.who)
    def prepare(self, by: int) -> None:
        self._answered(self.desks[by].prepare())

    @rule(by=machine.who)
    def sign(self, by: int) -> None:
        self._on_drafts(by, "batch_sign")

    @rule(by=machine.who)
    def drop(self, by: int) -> None:
        self._on_drafts(by, "batch_drop")

    @rule(which=machine.pick, by=machine.who)
    def take_out(self, which: int, by: int) -> None:
        prepared = Transfer.objects.filter(state=TransferState.PREPARED)
        self._on(which, prepared, lambda each: self._tell(by, "transfer", each.pk))

    @rule(which=machine.pick, by=machine.who)
    def execute(self, which: int, by: int) -> None:
        self._on(
            which, Batch.objects.all(), lambda each: self._tell(by, "batch_executed", each.number)
        )

    @rule(which=machine.pick, by=machine.who, move=st.just(None))
    def send_back(self, which: int, by: int, move: None) -> None:
        sent = Transfer.objects.filter(state__in=[TransferState.SENT, TransferState.EXECUTED])
        self._on(which, sent, lambda each: self._tell(by, "transfer", each.pk))

    @rule(which=machine.pick, by=machine.who)
    def cancel(self, which: int, by: int) -> None:
        self._on(which, Act.objects.all(), lambda act: self._tell(by, "undo", act.pk))

    @rule(which=machine.pick, by=machine.who)
    def reopen(self, which: int, by: int) -> None:
        self._on(
            which,
            Act.objects.all(),
            lambda act: self._answered(self.desks[by].post("reopen", act.pk, **AGAIN)),
        )

    @rule(which=machine.pick, by=machine.who)
    def reverse(self, which: int, by: int) -> None:
        paid = Act.objects.filter(state=State.PAID)
        self._on(which, paid, lambda act: self._tell(by, "undo", act.pk))

    @invariant()
    def another_person_signed(self) -> None:
        for batch in Batch.objects.filter(state=BatchState.SIGNED):
            assert batch.signed_by_id not in who_may_not_sign(batch)

    def _on_drafts(self, by: int, name: str) -> None:
        for batch in Batch.objects.filter(state=BatchState.DRAFT):
            self._tell(by, name, batch.number)

    def _tell(self, by: int, name: str, key: int) -> None:
        self._answered(self.desks[by].post(name, key, **WHY))

    def _answered(self, status: int) -> None:
        assert status in (302, 422)


@pytest.mark.prove
@pytest.mark.wide
@pytest.mark.django_db
def test_books_hold_over_http_whatever_the_order() -> None:
    machine.people = machine.People()
    OverHttp.desks = [Desk(each) for each in machine.people.accountants]
    run_state_machine_as_test(
        OverHttp,
        settings=settings(
            max_examples=histories(2, 200),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
