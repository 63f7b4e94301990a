"""Whatever the order of gestures: entries sum to zero, no act is paid twice, no euro is lost.

A machine makes random gestures on the acts of two professionals through the real actions. After
each, the recount finds nothing, and what the bank files order is what the books say.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from lxml import etree

from fees.actions.bank_answers import execute, send_back
from fees.actions.batches import drop_batch, prepare_batch, sign_batch, take_out
from fees.actions.books import grant_envelope
from fees.actions.claims import ask_again, return_line, send_claim
from fees.actions.course import cancel_act, reopen_act, reverse_act
from fees.actions.log import log_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_act
from fees.enums import (
    CLAIMED,
    Account,
    BatchState,
    Decision,
    Entry,
    Kind,
    LineState,
    Payment,
    State,
    TransferState,
)
from fees.gateways.sepa import SepaGateway
from fees.ledger import Moved, balances
from fees.models import Act, Batch, BookEntry, ClaimLine, Transfer
from fees.selectors.claims import claimable_acts
from fees.selectors.verify_books import recount_books
from fees.selectors.verify_claims import recount_claims
from fees.transfers import next_bank_day
from network.enums import Profession, Role
from tests.factories.fees import account, at, declare, make_account, validate
from tests.factories.network import make_patient, make_professional, make_user
from tests.proofs.scale import histories

pytestmark = [pytest.mark.django_db, pytest.mark.prove, pytest.mark.wide]
START = at(date(2026, 11, 16), 9)
FIRST = date(2026, 9, 1)
GRANTED = Decimal(400)


class People:
    """Made once; what a history writes is rolled back."""

    def __init__(self) -> None:
        self.patients = [make_patient() for _ in range(3)]
        self.physios = [make_professional(profession=Profession.PHYSIO) for _ in range(2)]
        self.doctor = make_professional(profession=Profession.DOCTOR)
        for each in (*self.physios, self.doctor):
            make_account(each)
        self.accountants = [make_user(Role.ACCOUNTANT) for _ in range(3)]
        grant_envelope(year=2026, amount=GRANTED, decision="2026-1", by=None, now=START)


people: People
pick = st.integers(0, 1000)
who = st.integers(0, 2)


class BooksMachine(RuleBasedStateMachine):
    """Three accountants in any order; a Conflict is an answer, anything else is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.day = FIRST
        self.sent: set[int] = set()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @rule(patient=who, by=who, count=st.integers(1, 4))
    def log(self, patient: int, by: int, count: int) -> None:
        professional = (*people.physios, people.doctor)[by]
        kind = Kind.MED_BILAN if professional == people.doctor else Kind.KINE_REMOB
        for _ in range(count):
            self.day += timedelta(days=1)
            request = declare(people.patients[patient], professional, kind, self.day)
            with suppress(Conflict):
                log_act(**request, by=account(professional), now=self.now)

    @rule(by=who, month=st.sampled_from([date(2026, 9, 1), date(2026, 10, 1)]))
    def send(self, by: int, month: date) -> None:
        professional = (*people.physios, people.doctor)[by]
        with suppress(Conflict):
            send_claim(
                professional=professional,
                month=month,
                request_id=uuid4(),
                by=account(professional),
                now=self._later(),
            )

    @rule(which=pick, by=who)
    def give_back(self, which: int, by: int) -> None:
        self._on(
            which, ClaimLine.objects.all(), lambda line: return_line(line=line, **self._why(by))
        )

    @rule(which=pick)
    def ask_again(self, which: int) -> None:
        def ask(line: ClaimLine) -> None:
            by = account(line.claim.professional)
            ask_again(line=line, note="Exact", request_id=uuid4(), by=by, now=self._later())

        self._on(which, ClaimLine.objects.all(), ask)

    @rule(which=pick, by=who)
    def validate_claimed(self, which: int, by: int) -> None:
        def control(line: ClaimLine) -> None:
            validate_act(act=line.act, by=people.accountants[by], now=self._later())

        self._on(which, ClaimLine.objects.all(), control)

    @rule(by=who, count=st.integers(1, 6))
    def validate(self, by: int, count: int) -> None:
        for act in Act.objects.filter(state=State.SUBMITTED).order_by("pk")[:count]:
            with suppress(Conflict):
                validate(act, by=people.accountants[by], now=self._later())

    @rule(which=pick, by=who)
    def cancel(self, which: int, by: int) -> None:
        self._on(which, Act.objects.all(), lambda act: cancel_act(act=act, **self._why(by)))

    @rule(which=pick, by=who)
    def reopen(self, which: int, by: int) -> None:
        self._on(which, Act.objects.all(), lambda act: reopen_act(act=act, **self._why(by)))

    @rule(which=pick, by=who)
    def reverse(self, which: int, by: int) -> None:
        paid = Act.objects.filter(state=State.PAID)
        self._on(which, paid, lambda act: reverse_act(act=act, **self._why(by)))

    @rule(by=who)
    def prepare(self, by: int) -> None:
        with suppress(Conflict):
            prepare_batch(
                execute_on=next_bank_day(self.now.date()),
                by=people.accountants[by],
                now=self._later(),
            )

    @rule(by=who)
    def drop(self, by: int) -> None:
        for batch in Batch.objects.filter(state=BatchState.DRAFT):
            drop_batch(batch=batch, **self._why(by))

    @rule(which=pick, by=who)
    def take_out(self, which: int, by: int) -> None:
        prepared = Transfer.objects.filter(state=TransferState.PREPARED)
        self._on(which, prepared, lambda each: take_out(transfer=each, **self._why(by)))

    @rule(by=who)
    def sign(self, by: int) -> None:
        for batch in Batch.objects.filter(state=BatchState.DRAFT):
            with suppress(Conflict):
                sign_batch(
                    batch=batch,
                    gateway=SepaGateway(),
                    by=people.accountants[by],
                    now=self._later(),
                )

    @rule(which=pick, by=who)
    def execute(self, which: int, by: int) -> None:
        def paid(transfer: Transfer) -> None:
            execute(transfer=transfer, by=people.accountants[by], now=self._later())

        self._on(which, Transfer.objects.all(), paid)

    @rule(which=pick, by=who, move=st.sampled_from([Payment.REJECTED, Payment.RETURNED]))
    def send_back(self, which: int, by: int, move: Payment) -> None:
        self._on(
            which,
            Transfer.objects.exclude(state=TransferState.DROPPED),
            lambda transfer: send_back(transfer=transfer, move=move, **self._why(by)),
        )

    @invariant()
    def recount_finds_nothing(self) -> None:
        assert [str(each) for each in recount_books(Counter())] == []

    @invariant()
    def no_claim_is_lost(self) -> None:
        """An accepted act is to be asked for, asked for, or back with its professional: one."""
        assert [str(each) for each in recount_claims(Counter())] == []
        sent = set(ClaimLine.objects.values_list("pk", flat=True))
        assert self.sent <= sent
        self.sent = sent
        standing = Counter(
            ClaimLine.objects.filter(state__in=CLAIMED).values_list("act", flat=True)
        )
        for act in Act.objects.filter(state=State.SUBMITTED, decision=Decision.ACCEPTED):
            to_ask = claimable_acts(act.professional, act.done_on).filter(pk=act.pk).count()
            back = act.claim_lines.filter(state=LineState.RETURNED).exists()
            assert to_ask + standing[act.pk] + (back and not standing[act.pk]) == 1

    @invariant()
    def books_sum_to_zero_and_owe_nothing_to_nobody(self) -> None:
        rows = BookEntry.objects.values_list("kind", "amount", "mirrors")
        held = balances(
            Moved(Entry(kind), amount, mirrors is not None) for kind, amount, mirrors in rows
        )
        assert sum(held.values()) == 0
        least = min(held[each] for each in Account if each is not Account.AGENCY)
        assert least >= 0

    @invariant()
    def bank_files_order_what_was_signed(self) -> None:
        signed = Batch.objects.filter(state=BatchState.SIGNED)
        ordered = sum((_control_sum(batch) for batch in signed), Decimal(0))
        transfers = Transfer.objects.filter(batch__in=signed).exclude(state=TransferState.DROPPED)
        assert ordered == (transfers.aggregate(total=Sum("amount"))["total"] or 0)

    def _on(self, which: int, rows: Any, do: Callable[[Any], object]) -> None:
        keys = list(rows.order_by("pk"))
        if keys:
            with suppress(Conflict):
                do(keys[which % len(keys)])

    def _why(self, by: int) -> dict[str, Any]:
        return {"reason": "Contrôle", "by": people.accountants[by], "now": self._later()}

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def _control_sum(batch: Batch) -> Decimal:
    document = etree.fromstring(batch.file.encode())
    return Decimal(document.findtext(".//{*}GrpHdr/{*}CtrlSum"))


def test_books_hold_whatever_the_order() -> None:
    global people  # noqa: PLW0603 - a machine is built without arguments
    people = People()
    run_state_machine_as_test(
        BooksMachine,
        settings=settings(
            max_examples=histories(2, 600),
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
