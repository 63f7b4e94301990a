"""A bank file from its bytes to the payments: paid, come back, asked about; each once."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from fees.actions.bank_files import close_bank_file, confirm_bank_file, drop_bank_file
from fees.actions.bank_lines import assign_line, decide_line, note_line, undo_line
from fees.actions.differences import Overtaken
from fees.actions.steps import Conflict
from fees.enums import Account, BankMethod, FileState, Kind, State, TransferState
from fees.enums import BankVerdict as Verdict
from fees.enums import DifferenceMove as Move
from fees.enums import DifferenceState as Stands
from fees.imports.bank_kept import import_kept, read_kept
from fees.models import Act, BankFile, BankLine, BankMatch, BankStatement, Batch, BookEntry
from fees.selectors.bank import bank_shares, bank_tally, batch_choices_of, choices_of, plan_of
from fees.selectors.verify_bank import recount_bank
from fees.selectors.verify_books import recount_books
from network.enums import Role
from network.models import JournalEntry, User
from portal.kit.grids.grid import Refused
from tests.factories.bank import back, debit, imported, received
from tests.factories.bank_files import Line, camt, statement
from tests.factories.fees import at, log, make_account, physio_days, sign, validate
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))
LATER = at(date(2026, 7, 10))
FRIDAY = date(2026, 7, 3)
FEES = Line(-1_250, FRIDAY, text="FRAIS DE TENUE DE COMPTE")


@pytest.fixture
def clerk() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def batch(clerk: User) -> Batch:
    """Three transfers of 30, 60 and 90 euros, signed for Friday."""
    for rank in (1, 2, 3):
        payee = make_professional()
        make_account(payee)
        patient = make_patient()
        for day in physio_days(rank):
            validate(log(patient, payee, Kind.KINE_REMOB, day), by=clerk, now=NOW)
    return sign(NOW, execute_on=FRIDAY)


def of(file: BankFile) -> dict[str, BankMatch]:
    return {each.verdict: each for each in file.matches.select_related("file").order_by("state")}


def states(batch: Batch) -> list[str]:
    return list(batch.transfers.order_by("amount").values_list("state", flat=True))


def accept(match: BankMatch, by: User, version: int = 1) -> BankMatch:
    return decide_line(match=match, move=Move.ACCEPTED, version=version, by=by, now=LATER)


def assert_books_hold() -> None:
    assert list(recount_books(Counter())) == []
    assert list(recount_bank(Counter())) == []


def test_identified_debits_are_paid_by_the_import_and_the_rest_waits(
    batch: Batch, clerk: User
) -> None:
    small, middle, big = batch.transfers.order_by("amount")
    lines = [
        debit(small),
        debit(middle, end_to_end=""),
        back(small, day=FRIDAY + timedelta(days=3)),
        FEES,
        Line(500_000, FRIDAY, "AGENCE", "ENVELOPPE"),
        debit(small, day=FRIDAY + timedelta(days=4)),
    ]
    file = imported(camt(statement(lines)), by=clerk, now=LATER)
    assert {v: each.state for v, each in of(file).items()} == {
        Verdict.PAID: Stands.OPEN,  # the one without identifier; the other agrees
        Verdict.RETURNED: Stands.OPEN,
        Verdict.UNKNOWN_DEBIT: Stands.OPEN,
        Verdict.UNKNOWN_CREDIT: Stands.OPEN,
        Verdict.PAID_TWICE: Stands.OPEN,
        Verdict.NOT_SEEN: Stands.OPEN,
    }
    assert states(batch) == [TransferState.EXECUTED, TransferState.SENT, TransferState.SENT]
    tally = bank_tally(file.matches.all())
    assert (tally.lines, tally.settled, tally.waiting) == (6, 1, 6)
    assert (tally.debits, tally.credits) == (Decimal("-132.50"), Decimal(5030))
    shares = sum(each.amount for each in bank_shares(file.matches.all()))
    assert shares == tally.debits + tally.credits
    accept(of(file)[Verdict.PAID], clerk)
    assert states(batch)[1] == TransferState.EXECUTED
    unseen = of(file)[Verdict.NOT_SEEN]
    assert unseen.transfer == big
    assert_books_hold()


def test_returned_transfer_reopens_its_acts_once_accepted(batch: Batch, clerk: User) -> None:
    big = batch.transfers.order_by("amount")[2]
    lines = [debit(big), back(big, day=FRIDAY + timedelta(days=2))]
    match = of(imported(camt(statement(lines)), by=clerk, now=LATER))[Verdict.RETURNED]
    accept(match, clerk)
    accept(match, clerk)  # twice is once
    assert states(batch)[2] == TransferState.RETURNED
    acts = Act.objects.filter(professional=big.professional)
    assert set(acts.values_list("state", flat=True)) == {State.VALIDATED}
    assert BookEntry.objects.balance(Account.DUE) == Decimal(90)
    note = big.steps.last()
    assert note is not None
    assert "compte clos (AC04)" in note.note
    match.refresh_from_db()
    with pytest.raises(Conflict, match="a suivi la banque"):
        undo_line(match=match, version=match.version, by=clerk, now=LATER)
    assert JournalEntry.objects.filter(verb="bank_line.accepted").count() == 1
    assert_books_hold()


def test_return_before_its_debit_was_accepted_pays_then_takes_back(
    batch: Batch, clerk: User
) -> None:
    big = batch.transfers.order_by("amount")[2]
    file = imported(camt(statement([back(big)])), by=clerk, now=LATER)
    accept(of(file)[Verdict.RETURNED], clerk)
    assert states(batch)[2] == TransferState.RETURNED
    assert_books_hold()


def test_grouped_debit_pays_the_whole_batch_at_import(batch: Batch, clerk: User) -> None:
    whole = Line(-18_000, FRIDAY, text="VIREMENTS", group=batch.code, count=3)
    file = imported(camt(statement([whole])), by=clerk, now=LATER)
    assert {v: each.state for v, each in of(file).items()} == {Verdict.GROUPED: Stands.AGREED}
    assert states(batch) == [TransferState.EXECUTED] * 3
    again = Line(-18_000, FRIDAY, text="ENCORE", group=batch.code, count=3)
    second = statement([again], number=2, opening=982_000)
    file = imported(camt(second), by=clerk, now=LATER)
    assert set(of(file)) == {Verdict.PAID_TWICE}
    assert_books_hold()


def test_person_chooses_the_transfer_of_a_bare_line_and_may_undo(batch: Batch, clerk: User) -> None:
    small = batch.transfers.order_by("amount")[0]
    whole = Line(-18_000, FRIDAY, text="VIR GROUPE")
    content = camt(statement([Line(-3_000, FRIDAY, text="VIR"), whole, FEES]))
    file = imported(content, by=clerk, now=LATER)
    bare = file.matches.get(amount=-30)
    assert choices_of(bare) == [small]
    assert batch_choices_of(file.matches.get(amount=-180)) == [batch]
    wrong = batch.transfers.order_by("amount")[1]
    for chosen, why in ((wrong, "montants"), (None, "Rien à accepter")):
        with pytest.raises(Conflict, match=why):
            decide_line(
                match=bare, move=Move.ACCEPTED, version=1, by=clerk, now=LATER, chosen=chosen
            )
    decide_line(match=bare, move=Move.ACCEPTED, version=1, by=clerk, now=LATER, chosen=small)
    bare.refresh_from_db()
    assert (bare.verdict, bare.method, bare.moved) == (Verdict.PAID, BankMethod.PERSON, True)
    assert states(batch)[0] == TransferState.EXECUTED
    with pytest.raises(Conflict, match="Une autre ligne"):
        accept_whole = file.matches.get(amount=-180)
        decide_line(
            match=accept_whole, move=Move.ACCEPTED, version=1, by=clerk, now=LATER, chosen=batch
        )


def test_line_is_classified_with_a_reason_noted_given_and_undone(clerk: User) -> None:
    match = imported(camt(statement([FEES])), by=clerk, now=LATER).matches.get()
    with pytest.raises(Conflict, match="motif"):
        decide_line(match=match, move=Move.REFUSED, version=1, by=clerk, now=LATER)
    colleague = make_user(Role.ACCOUNTANT)
    note_line(match=match, note="Voir le contrat", by=colleague, now=LATER)
    with pytest.raises(Overtaken, match="a changé cette ligne"):
        decide_line(match=match, move=Move.REFUSED, version=1, by=clerk, now=LATER, note="Frais")
    assign_line(match=match, to=colleague, by=clerk, now=LATER)
    done = decide_line(match=match, move=Move.REFUSED, version=3, by=clerk, now=LATER, note="Frais")
    assert (done.state, done.version, done.moved) == (Stands.REFUSED, 4, False)
    undone = undo_line(match=match, version=4, by=clerk, now=LATER)
    assert undone.state == Stands.OPEN
    with pytest.raises(Conflict, match="Il reste"):
        close_bank_file(file=match.file, by=clerk, now=LATER)
    decide_line(match=match, move=Move.REFUSED, version=5, by=clerk, now=LATER, note="Frais")
    for _ in range(2):
        assert close_bank_file(file=match.file, by=clerk, now=LATER).state == FileState.CLOSED
    with pytest.raises(Conflict, match="plus à rapprocher"):
        undo_line(match=match, version=6, by=clerk, now=LATER)


def test_what_was_not_seen_is_settled_by_a_later_file(batch: Batch, clerk: User) -> None:
    small = batch.transfers.order_by("amount")[0]
    wide = (FRIDAY, FRIDAY + timedelta(days=6))
    first = imported(camt(statement([FEES], days=wide)), by=clerk, now=LATER)
    assert first.matches.filter(verdict=Verdict.NOT_SEEN).count() == 3
    late = debit(small, day=FRIDAY + timedelta(days=7))
    second = statement([late], number=2, opening=998_750)
    imported(camt(second), by=clerk, now=LATER)
    waiting = BankMatch.objects.filter(verdict=Verdict.NOT_SEEN, state=Stands.OPEN)
    assert waiting.count() == 2
    assert BankMatch.objects.filter(verdict=Verdict.NOT_SEEN).count() == 3


def test_same_file_same_lines_and_gaps_are_recognised(clerk: User) -> None:
    content = camt(statement([FEES]))
    first = imported(content, by=clerk, now=NOW)
    assert received(content, by=clerk, now=LATER) == first
    again = received(content + b"\n", by=clerk, now=LATER)
    day = FRIDAY + timedelta(days=1)
    for file, why in (
        (again, "déjà importées"),
        (camt(statement([FEES, replace(FEES, cents=-1)])), "la banque l’a changé"),
        (camt(statement([replace(FEES, day=day)], number=3, opening=5)), "Il manque un relevé"),
        (camt(statement([FEES], account="FR7699999000010000000004286")), "compte •••• 4286"),
    ):
        kept = file if isinstance(file, BankFile) else received(file, by=clerk, now=LATER)
        with pytest.raises(Refused, match=why):
            plan_of(read_kept(kept), kept)
    confirmed = confirm_bank_file(file=again, by=clerk, now=LATER)
    with pytest.raises(Refused):
        import_kept(BankFile.objects.get(pk=confirmed.pk), now=LATER)
    again.refresh_from_db()
    assert again.state == FileState.RECEIVED
    assert BankLine.objects.count() == 1
    for _ in range(2):
        assert drop_bank_file(file=again, by=clerk, now=LATER).state == FileState.DROPPED
    with pytest.raises(Conflict, match="déjà importé"):
        drop_bank_file(file=first, by=clerk, now=LATER)


def test_tables_that_overlap_add_only_their_new_lines(clerk: User) -> None:
    head = "Date;Libellé;Montant\n"
    rows = [f"{day:02d}/07/2026;FRAIS;-1,50\n" for day in (3, 4, 6)]
    imported((head + rows[0] + rows[0] + rows[1]).encode(), by=clerk, now=NOW)
    file = imported((head + rows[0] + rows[0] + rows[1] + rows[2]).encode(), by=clerk, now=LATER)
    assert (file.matches.count(), BankLine.objects.count()) == (1, 4)


def test_database_refuses_a_wrong_balance_and_two_answers(batch: Batch, clerk: User) -> None:
    small = batch.transfers.order_by("amount")[0]
    file = imported(camt(statement([debit(small), FEES])), by=clerk, now=LATER)
    other = file.matches.get(verdict=Verdict.UNKNOWN_DEBIT)
    for wrong in (
        lambda: BankStatement.objects.update(closing=Decimal(1)),
        lambda: BankMatch.objects.filter(pk=other.pk).update(
            state=Stands.ACCEPTED, verdict=Verdict.PAID, transfer=small
        ),
        lambda: BankMatch.objects.filter(pk=other.pk).update(line=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
