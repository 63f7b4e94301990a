"""Whatever happened: every paper says the same to the cent, and what is closed never changes.

The machine of the books, whose clock also jumps over months and which closes them. After each
gesture the ledger, the bank files, the transfers, the statements, the totals by payee, the journal
and the agency report are compared.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from fees.actions.closings import close_month, close_year
from fees.actions.steps import Conflict
from fees.chart import BANK, FEES, GRANTS, IN_TRANSIT, PAYEES
from fees.enums import Account, Entry, Payment, TransferState
from fees.models import BookEntry, Closing, Transfer
from fees.selectors.agency import activity
from fees.selectors.closings import next_month, next_year
from fees.selectors.declared import declared
from fees.selectors.envelope import envelope_status
from fees.selectors.journal import JournalLine, journal
from fees.selectors.paid import movements, years_paid
from fees.selectors.verify_closings import recount_closings
from network.models import Professional
from tests.fees.payments import test_books_machine as books
from tests.proofs.scale import histories, scaled

pytestmark = [pytest.mark.django_db, pytest.mark.prove]
ZERO = Decimal(0)


class PapersMachine(books.BooksMachine):
    """Everything that may happen to money, and months that go by and are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.handed_over: dict[int, tuple[object, ...]] = {}

    @property
    def years(self) -> range:
        """Up to the next one: what is signed now may be executed then."""
        return range(books.START.year, self.now.year + 2)

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(by=books.who, accept=st.booleans())
    def close(self, by: int, accept: bool) -> None:
        span = next_month()
        with suppress(Conflict):
            if span is not None:
                now = self._later()
                close_month(span=span, by=books.people.accountants[by], now=now, accept=accept)

    @rule(by=books.who)
    def close_the_year(self, by: int) -> None:
        span = next_year()
        with suppress(Conflict):
            if span is not None:
                now = self._later()
                close_year(year=span.year, by=books.people.accountants[by], now=now)
                self.handed_over[span.year] = papers_of(span.year)

    @rule(back=st.integers(1, 60))
    def write_in_the_past(self, back: int) -> None:
        """A gesture dated back is refused in a closed month, and nothing else happens."""
        was = self.now
        self.now = max(books.START, was - timedelta(days=back))
        self.validate(0, 2)
        self.now = was

    @invariant()
    def closed_periods_never_change(self) -> None:
        assert [str(each) for each in recount_closings(Counter())] == []
        for year, papers in self.handed_over.items():
            assert papers_of(year) == papers

    @invariant()
    def papers_agree_to_the_cent(self) -> None:
        lines = [line for year in self.years for line in journal(year)]
        paid_by_year = {year: said_paid(year, lines) for year in self.years}
        for ways in paid_by_year.values():
            assert len(set(ways.values())) == 1, ways
        paid = sum((ways["declared"] for ways in paid_by_year.values()), ZERO)
        executed = Transfer.objects.filter(state=TransferState.EXECUTED)
        advised = executed.aggregate(total=Sum("amount"))["total"] or ZERO
        held = {account: BookEntry.objects.balance(account) for account in Account}
        assert paid == advised == held[Account.PAID] + held[Account.TO_RECOVER]
        chart = general_ledger(lines)
        assert sum(chart.values(), ZERO) == 0
        assert -chart[BANK.number] == paid
        assert -chart[IN_TRANSIT.number] == held[Account.IN_TRANSIT]
        assert -chart[PAYEES.number] == held[Account.DUE] - held[Account.TO_RECOVER]
        assert -chart[GRANTS.number] == -held[Account.AGENCY]
        committed = sum(
            (status.committed for year in self.years if (status := envelope_status(year, TODAY))),
            ZERO,
        )
        assert chart[FEES.number] + held[Account.TO_RECOVER] == committed

    @invariant()
    def statements_tell_what_is_declared(self) -> None:
        for year in self.years:
            for each in declared(year):
                rows = movements(each.paid.professional, year)
                assert sum((row.recovered for row in rows), ZERO) == each.paid.recovered
                assert sum((row.gross - row.recovered - row.amount for row in rows), ZERO) == 0

    @invariant()
    def agency_reads_what_the_envelope_holds(self) -> None:
        found = activity(2026, TODAY)
        assert found is not None
        for rows in (found.by_kind.values(), found.by_month.values()):
            assert sum((each.committed for each in rows), ZERO) == found.status.committed
            assert sum((each.paid for each in rows), ZERO) == found.status.paid
            assert sum(each.acts for each in rows) == found.whole.acts


TODAY = books.START.date()


def said_paid(year: int, lines: list[JournalLine]) -> dict[str, Decimal]:
    """What each paper says was paid in a year; `lines`: the journals of all years."""
    by_transfer = ZERO
    for entry in BookEntry.objects.filter(kind=Entry.EXECUTED):
        if (entry.on.year if entry.mirrors_id else entry.year) == year:
            by_transfer += -entry.amount if entry.mirrors_id else entry.amount
    statements = (
        each.amount for payee in Professional.objects.all() for each in movements(payee, year)
    )
    on_bank = (
        line.credit - line.debit
        for line in lines
        if line.account == BANK and line.piece_on.year == year
    )
    return {
        "ledger": by_transfer,
        "statements": sum(statements, ZERO),
        "declared": sum((each.paid.total for each in declared(year)), ZERO),
        "journal": sum(on_bank, ZERO),
    }


def general_ledger(lines: list[JournalLine]) -> dict[str, Decimal]:
    """Debit less credit of each account of the chart."""
    held: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        held[line.account.number] += line.debit - line.credit
    return held


def papers_of(year: int) -> tuple[object, ...]:
    """Everything handed over for a year."""
    closings = Closing.objects.filter(year=year).order_by("month")
    return (
        declared(year),
        [each for payee in Professional.objects.all() for each in movements(payee, year)],
        list(journal(year)),
        list(closings.values_list("sha256", flat=True)),
    )


@pytest.mark.wide
def test_papers_agree_whatever_the_order() -> None:
    books.people = books.People()
    run_state_machine_as_test(
        PapersMachine,
        settings=settings(
            max_examples=histories(2, 300),
            stateful_step_count=scaled(12, 30),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.usefixtures("django_db_setup")
def test_story_over_a_year_end_agrees() -> None:
    """Paid, reversed, recovered, returned, closed: the machine's own path to every figure."""
    books.people = books.People()
    machine = PapersMachine()
    machine.log(patient=0, by=0, count=4)
    machine.validate(by=0, count=2)
    pay(machine)
    machine.reverse(which=0, by=0)
    machine.validate(by=0, count=2)
    machine.prepare(by=1)
    machine.recount_finds_nothing()
    pay(machine)
    machine.recount_finds_nothing()
    machine.send_back(which=1, by=0, move=Payment.RETURNED)
    machine.now = datetime(2027, 1, 15, 9, tzinfo=machine.now.tzinfo)
    for _ in range(4):
        machine.close(by=0, accept=True)
    machine.close_the_year(by=0)
    pay(machine)
    assert 2026 in machine.handed_over
    assert years_paid() == [2027, 2026]
    for check in (
        machine.closed_periods_never_change,
        machine.papers_agree_to_the_cent,
        machine.statements_tell_what_is_declared,
        machine.agency_reads_what_the_envelope_holds,
    ):
        check()
    machine.teardown()


def pay(machine: PapersMachine) -> None:
    machine.prepare(by=1)
    machine.sign(by=2)
    for transfer in Transfer.objects.filter(state=TransferState.SENT):
        rank = list(Transfer.objects.order_by("pk")).index(transfer)
        machine.execute(which=rank, by=1)
