"""Closing months and years: order, what is frozen, what a closed period refuses."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from fees.actions.bank_answers import execute, send_back
from fees.actions.books import grant_envelope, post
from fees.actions.closings import close_month, close_year
from fees.actions.course import reverse_act
from fees.actions.steps import Conflict
from fees.closing import Span
from fees.enums import Account, Entry, Kind, Payment
from fees.models import Act, BookEntry, ClosedAccount, ClosedKind, Closing
from fees.selectors.closings import frozen
from fees.selectors.journal import journal
from fees.selectors.verify_closings import recount_closings
from network.enums import Role
from network.models import JournalEntry, User
from tests.factories.fees import at, log, make_account, pay, physio_days, sign, validate
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
JULY, AUGUST, YEAR = Span(2026, 7), Span(2026, 8), Span(2026)
NOW = at(date(2026, 7, 1))
IN_AUGUST = at(date(2026, 8, 3))


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def acts(by: User) -> list[Act]:
    """Three sessions of 30 euros, not yet validated, under an envelope granted in July."""
    patient, physio = make_patient(), make_professional()
    make_account(physio)
    grant_envelope(year=2026, amount=Decimal(400), decision="2026-1", by=by, now=NOW)
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(3)]


def test_closing_freezes_what_july_moved(acts: list[Act], by: User) -> None:
    pay(*acts, now=NOW)
    made = close_month(span=JULY, by=by, now=IN_AUGUST)
    figures = frozen(made)
    assert figures.balances == {
        Account.AGENCY: Decimal(-400),
        Account.ENVELOPE: Decimal(310),
        Account.DUE: Decimal(0),
        Account.IN_TRANSIT: Decimal(0),
        Account.PAID: Decimal(90),
        Account.TO_RECOVER: Decimal(0),
    }
    counted = {each.kind: (each.entries, each.amount) for each in figures.kinds if each.entries}
    assert counted == {
        Entry.GRANTED: (1, Decimal(400)),
        Entry.VALIDATED: (3, Decimal(90)),
        Entry.SIGNED: (3, Decimal(90)),
        Entry.EXECUTED: (1, Decimal(90)),
    }
    last = BookEntry.objects.latest("pk").pk
    assert (made.entries, made.last_entry, made.by, made.unsettled) == (8, last, by, "")
    assert JournalEntry.objects.filter(verb="books.closed").count() == 1


def test_closing_twice_is_once(acts: list[Act], by: User) -> None:
    first = close_month(span=JULY, by=by, now=IN_AUGUST)
    assert close_month(span=JULY, by=make_user(Role.ACCOUNTANT), now=IN_AUGUST) == first
    assert Closing.objects.count() == 1


@pytest.mark.parametrize(
    ("span", "now", "words"),
    [
        (JULY, at(date(2026, 7, 31)), "Juillet 2026 n’est pas encore fini"),
        (AUGUST, at(date(2026, 9, 1)), "Août 2026 n’est pas la période à clore"),
        (Span(2026, 6), IN_AUGUST, "Juin 2026 n’est pas la période à clore"),
    ],
)
def test_month_closes_once_finished_and_in_its_turn(
    acts: list[Act], by: User, span: Span, now: datetime, words: str
) -> None:
    with pytest.raises(Conflict, match=words):
        close_month(span=span, by=by, now=now)
    assert not Closing.objects.exists()


def test_month_may_close_on_the_first_day_after_it(acts: list[Act], by: User) -> None:
    assert close_month(span=JULY, by=by, now=at(date(2026, 8, 1), 0)).until == date(2026, 7, 31)


def test_books_without_entry_have_nothing_to_close(by: User) -> None:
    with pytest.raises(Conflict, match="suivez leur ordre"):
        close_month(span=JULY, by=by, now=IN_AUGUST)


def test_unsettled_transfers_are_said_then_accepted(acts: list[Act], by: User) -> None:
    for act in acts:
        validate(act, by=by, now=NOW)
    batch = sign(NOW)
    with pytest.raises(Conflict, match="1 virement signé attend la réponse de la banque") as found:
        close_month(span=JULY, by=by, now=IN_AUGUST)
    assert batch.code in str(found.value)
    made = close_month(span=JULY, by=by, now=IN_AUGUST, accept=True)
    assert batch.code in made.unsettled
    assert frozen(made).balances[Account.IN_TRANSIT] == Decimal(90)


def test_batch_signed_after_the_month_does_not_hold_it(acts: list[Act], by: User) -> None:
    for act in acts:
        validate(act, by=by, now=NOW)
    sign(IN_AUGUST)
    assert close_month(span=JULY, by=by, now=IN_AUGUST).unsettled == ""


def test_closed_period_refuses_an_action_in_words(acts: list[Act], by: User) -> None:
    close_month(span=JULY, by=by, now=IN_AUGUST)
    with pytest.raises(Conflict, match="Les comptes de juillet 2026 sont clos"):
        validate(acts[0], by=by, now=NOW)
    with (
        pytest.raises(Conflict, match="Les comptes de mai 2026 sont clos"),
        transaction.atomic(),
    ):
        post(Entry.GRANTED, Decimal(1), year=2026, by=by, now=at(date(2026, 5, 1)))
    acts[0].refresh_from_db()
    assert acts[0].state == "submitted"
    assert validate(acts[0], by=by, now=IN_AUGUST).state == "validated"


def test_closed_period_refuses_a_row_written_by_anybody(acts: list[Act], by: User) -> None:
    close_month(span=JULY, by=by, now=IN_AUGUST)
    row = {
        "kind": Entry.GRANTED,
        "source": Account.AGENCY,
        "target": Account.ENVELOPE,
        "amount": Decimal(1),
        "at": IN_AUGUST,
        "year": 2026,
    }
    with pytest.raises(DatabaseError, match="period is closed"), transaction.atomic():
        BookEntry.objects.create(**row, on=date(2026, 7, 31))
    with pytest.raises(DatabaseError, match="period is closed"), transaction.atomic():
        BookEntry.objects.bulk_create([BookEntry(**row, on=date(2025, 1, 1))])
    assert BookEntry.objects.create(**row, on=date(2026, 8, 1)).pk


@pytest.mark.parametrize("model", [Closing, ClosedAccount, ClosedKind])
def test_closing_is_never_changed(acts: list[Act], by: User, model: type[Model]) -> None:
    close_month(span=JULY, by=by, now=IN_AUGUST)
    rows = model._default_manager.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(id=10_000)


def test_correction_of_a_closed_month_is_a_mirror_in_an_open_one(acts: list[Act], by: User) -> None:
    batch = pay(*acts, now=NOW)
    july = close_month(span=JULY, by=by, now=IN_AUGUST)
    transfer = batch.transfers.get()
    send_back(transfer=transfer, move=Payment.RETURNED, reason="Compte clos", by=by, now=IN_AUGUST)
    mirrors = BookEntry.objects.exclude(mirrors=None)
    assert {each.on for each in mirrors} == {date(2026, 8, 3)}
    assert list(recount_closings(Counter())) == []
    august = close_month(span=AUGUST, by=by, now=at(date(2026, 9, 1)))
    opened = {each.account: each.opening for each in frozen(august).accounts}
    assert opened == frozen(july).balances
    assert frozen(august).balances[Account.DUE] == Decimal(90)


def test_act_paid_in_a_closed_month_is_reversed_in_an_open_one(acts: list[Act], by: User) -> None:
    pay(*acts, now=NOW)
    close_month(span=JULY, by=by, now=IN_AUGUST)
    act = Act.objects.get(pk=acts[0].pk)
    reverse_act(act=act, reason="Erreur", by=by, now=IN_AUGUST)
    assert BookEntry.objects.balance(Account.TO_RECOVER) == Decimal(30)


def close_to_december(by: User) -> None:
    for month in range(7, 13):
        span = Span(2026, month)
        close_month(span=span, by=by, now=at(date(2027, 1, 11)), accept=True)


def test_year_adds_its_months_up(acts: list[Act], by: User) -> None:
    pay(*acts[:2], now=NOW)
    pay(acts[2], now=IN_AUGUST)
    close_to_december(by)
    made = close_year(year=2026, by=by, now=at(date(2027, 1, 11)))
    figures = frozen(made)
    assert figures.balances[Account.PAID] == Decimal(90)
    assert {each.kind: each.entries for each in figures.kinds}[Entry.EXECUTED] == 2
    assert made.entries == BookEntry.objects.count()
    tally: Counter[str] = Counter()
    assert list(recount_closings(tally)) == []
    assert tally["clôtures"] == 7


def test_year_waits_for_its_months(acts: list[Act], by: User) -> None:
    close_month(span=JULY, by=by, now=IN_AUGUST)
    with pytest.raises(Conflict, match="ne se clôt qu’après ses mois"):
        close_year(year=2026, by=by, now=at(date(2027, 1, 11)))
    with pytest.raises(Conflict, match="n’est pas encore fini"):
        close_year(year=2026, by=by, now=at(date(2026, 12, 31)))


def test_year_waits_for_the_answer_of_the_bank(acts: list[Act], by: User) -> None:
    for act in acts:
        validate(act, by=by, now=NOW)
    batch = sign(NOW)
    close_to_december(by)
    later = at(date(2027, 1, 11))
    with pytest.raises(Conflict, match="attend la réponse de la banque"):
        close_year(year=2026, by=by, now=later)
    execute(transfer=batch.transfers.get(), by=by, now=later)
    assert close_year(year=2026, by=by, now=later).month == 0


def test_verify_tells_what_changed_in_a_closed_month(acts: list[Act], by: User) -> None:
    close_month(span=JULY, by=by, now=IN_AUGUST)
    with connection.cursor() as cursor:
        for statement in lifted():
            cursor.execute(statement)
        cursor.execute("UPDATE fees_bookentry SET amount = 401")
    told = {str(each).split(" : ")[0] for each in recount_closings(Counter())}
    assert told == {
        "clôture juillet 2026, compte agency",
        "clôture juillet 2026, compte envelope",
        "clôture juillet 2026, écritures granted",
        "clôture juillet 2026, empreinte",
    }


def lifted() -> list[str]:
    """What takes the triggers of the books away, as somebody at the database could."""
    if connection.vendor == "postgresql":
        return [
            "SET CONSTRAINTS ALL IMMEDIATE",  # pending checks forbid to alter a table
            "ALTER TABLE fees_bookentry DISABLE TRIGGER USER",
        ]
    return [f"DROP TRIGGER fees_bookentry_no_{verb}" for verb in ("update", "delete")]


def test_fingerprint_and_journal_read_the_books_by_number_and_by_pages(
    acts: list[Act], by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of July alone, whose entries are written among others, in no order of days."""
    late = NOW + timedelta(days=9)
    for act, now in zip(acts, (late, IN_AUGUST, NOW), strict=True):
        validate(act, by=by, now=now)
    entries = BookEntry.objects.filter(on__month=7).order_by("pk")
    assert [each.on.day for each in entries] == [1, 10, 1]
    lines = [
        (
            f"{each.pk}\t{each.on}\t{each.kind}\t{each.source}\t{each.target}"
            f"\t{int(100 * each.amount)}\t{each.year}\t{each.act_id or ''}\t"
            f"\t{each.professional_id or ''}\t\t{each.by_id}\t{each.note}\n"
        )
        for each in entries
    ]
    whole = list(journal(2026))
    monkeypatch.setattr("fees.selectors.closings.AT_ONCE", 2)
    closed = close_month(span=JULY, by=by, now=IN_AUGUST)
    assert closed.sha256 == sha256("".join(lines).encode()).hexdigest()
    assert list(journal(2026)) == whole
    assert [line.number for line in whole] == [1, 1, 2, 2, 3, 3, 4, 4]
