"""Batches through the actions: who signs, what is frozen, what the bank sends back."""

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from lxml import etree

from fees import transfers
from fees.actions import bank_answers
from fees.actions.admission import admit_all
from fees.actions.bank_answers import execute, send_back
from fees.actions.batches import (
    Refused,
    drop_batch,
    note_download,
    prepare_batch,
    sign_batch,
    take_out,
)
from fees.actions.books import grant_envelope
from fees.actions.course import cancel_act, reverse_act
from fees.actions.steps import Conflict
from fees.enums import Account, BatchState, Kind, Payment, State, TransferState
from fees.gateways.sepa import SepaGateway
from fees.models import Act, Batch, BookEntry, PaymentStep, Transfer
from fees.selectors.envelope import envelope_status
from fees.selectors.verify_books import recount_books
from fees.transfers import Fault, Found
from network.enums import BankState, Profession, Role
from network.models import BankDetails, JournalEntry, Patient, Professional, User
from tests.factories.fees import (
    at,
    log,
    make_account,
    make_iban,
    pay,
    physio_days,
    sign,
    validate,
)
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 7, 1))
FRIDAY = date(2026, 7, 3)
GATEWAY = SepaGateway()


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def physio() -> Professional:
    physio = make_professional()
    make_account(physio)
    return physio


@pytest.fixture
def accountants() -> list[User]:
    """Who validates, who prepares, who signs."""
    return [make_user(Role.ACCOUNTANT) for _ in range(3)]


@pytest.fixture
def acts(patient: Patient, physio: Professional, accountants: list[User]) -> list[Act]:
    """Three validated sessions of 30 euros."""
    made = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(3)]
    return [validate(act, by=accountants[0], now=NOW) for act in made]


@pytest.fixture
def draft(acts: list[Act], accountants: list[User]) -> Batch:
    return prepare_batch(execute_on=FRIDAY, by=accountants[1], now=NOW)


@pytest.fixture
def signed(draft: Batch, accountants: list[User]) -> Batch:
    return sign_batch(batch=draft, gateway=GATEWAY, by=accountants[2], now=NOW)


def states(acts: list[Act]) -> set[str]:
    return set(Act.objects.filter(pk__in=[act.pk for act in acts]).values_list("state", flat=True))


def held(account: Account) -> Decimal:
    return BookEntry.objects.balance(account)


def test_batch_pays_each_professional_once(
    acts: list[Act], patient: Patient, accountants: list[User]
) -> None:
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    session = log(patient, psychologist, Kind.PSY_SUIVI, date(2026, 3, 2))
    validate(session, by=accountants[0], now=NOW)
    batch = prepare_batch(execute_on=FRIDAY, by=accountants[1], now=NOW)
    amounts = dict(batch.transfers.values_list("professional", "amount"))
    assert amounts == {acts[0].professional_id: Decimal(90), psychologist.pk: Decimal(50)}
    assert (batch.total, batch.state, batch.code) == (Decimal(140), "draft", "AR-2026-0001")


def test_acts_stay_validated_until_the_signature(draft: Batch, acts: list[Act]) -> None:
    assert states(acts) == {State.VALIDATED}
    assert (held(Account.DUE), held(Account.IN_TRANSIT)) == (Decimal(90), Decimal(0))


def test_act_of_a_draft_is_cancelled_once_taken_out(
    draft: Batch, acts: list[Act], accountants: list[User]
) -> None:
    with pytest.raises(Conflict, match="lot à signer"):
        cancel_act(act=acts[0], by=accountants[0], now=NOW, reason="Erreur")
    drop_batch(batch=draft, reason="Erreur", by=accountants[1], now=NOW)
    assert cancel_act(act=acts[0], by=accountants[0], now=NOW, reason="Erreur").state == "cancelled"
    assert held(Account.DUE) == Decimal(60)


def test_nothing_to_pay(accountants: list[User]) -> None:
    with pytest.raises(Conflict, match="rien à payer"):
        prepare_batch(execute_on=FRIDAY, by=accountants[1], now=NOW)


def test_one_draft_at_a_time(draft: Batch, accountants: list[User]) -> None:
    with pytest.raises(Conflict, match="attend déjà"):
        prepare_batch(execute_on=FRIDAY, by=accountants[1], now=NOW)


@pytest.mark.parametrize("day", [date(2026, 7, 4), date(2026, 7, 1), date(2026, 6, 30)])
def test_day_without_transfers(acts: list[Act], accountants: list[User], day: date) -> None:
    with pytest.raises(Conflict, match="jour ouvré"):
        prepare_batch(execute_on=day, by=accountants[1], now=NOW)


def test_signature_freezes_the_file(signed: Batch, acts: list[Act]) -> None:
    signed.refresh_from_db()
    assert signed.sha256 == hashlib.sha256(signed.file.encode()).hexdigest()
    document = etree.fromstring(signed.file.encode())
    assert document.findtext(".//{*}GrpHdr/{*}CtrlSum") == "90.00"
    assert states(acts) == {State.IN_BATCH}
    assert (held(Account.DUE), held(Account.IN_TRANSIT)) == (Decimal(0), Decimal(90))
    transfer = signed.transfers.get()
    assert (transfer.state, transfer.last4) == (
        TransferState.SENT,
        make_iban(acts[0].professional_id)[-4:],
    )


def test_signed_batch_is_never_written_again(signed: Batch) -> None:
    for change in ({"total": 1}, {"sha256": "x"}, {"state": "draft"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Batch.objects.filter(pk=signed.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(batch=signed).update(amount=1)
    for rows in (BookEntry.objects.all(), PaymentStep.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_same_signature_twice_is_once(signed: Batch, accountants: list[User]) -> None:
    again = sign_batch(batch=signed, gateway=GATEWAY, by=accountants[2], now=NOW + timedelta(1))
    assert (again.sha256, again.signed_at) == (signed.sha256, signed.signed_at)
    assert PaymentStep.objects.filter(move=Payment.SIGNED).count() == 1


@pytest.mark.parametrize("who", [0, 1])
def test_who_validated_or_prepared_never_signs(
    draft: Batch, accountants: list[User], who: int
) -> None:
    with pytest.raises(Conflict, match="un autre signe"):
        sign_batch(batch=draft, gateway=GATEWAY, by=accountants[who], now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.file) == (BatchState.DRAFT, "")


def test_professional_without_an_account_stops_the_batch(
    draft: Batch, acts: list[Act], accountants: list[User]
) -> None:
    BankDetails.objects.update(state=BankState.REJECTED)
    with pytest.raises(Refused) as refused:
        sign_batch(batch=draft, gateway=GATEWAY, by=accountants[2], now=NOW)
    end = draft.transfers.get().end_to_end
    assert refused.value.found == (Found(Fault.NAME, end), Found(Fault.IBAN, end))
    assert states(acts) == {State.VALIDATED}


def test_account_is_read_at_the_signature(
    draft: Batch, physio: Professional, accountants: list[User]
) -> None:
    make_account(physio, 777)
    long_since = NOW - timedelta(days=60)
    BankDetails.objects.filter(last4=make_iban(777)[-4:]).update(decided_at=long_since)
    batch = sign_batch(batch=draft, gateway=GATEWAY, by=accountants[2], now=NOW)
    assert make_iban(777) in batch.file
    assert batch.transfers.get().last4 == make_iban(777)[-4:]


def test_batch_that_changes_while_its_file_is_written_is_read_again(
    draft: Batch, physio: Professional, accountants: list[User]
) -> None:
    class Slow(SepaGateway):
        def write(self, batch: transfers.Batch, *, at: datetime) -> transfers.Written:
            make_account(physio, 777)
            return super().write(batch, at=at)

    with pytest.raises(Conflict, match="vient de changer"):
        sign_batch(batch=draft, gateway=Slow(), by=accountants[2], now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.file) == (BatchState.DRAFT, "")


def test_file_that_is_no_bank_file_is_not_signed(draft: Batch, accountants: list[User]) -> None:
    class Wrong(SepaGateway):
        def write(self, batch: transfers.Batch, *, at: datetime) -> transfers.Written:
            raise transfers.NotWritten("/Document")

    with pytest.raises(Conflict, match="rien n’est signé"):
        sign_batch(batch=draft, gateway=Wrong(), by=accountants[2], now=NOW)
    draft.refresh_from_db()
    assert draft.state == BatchState.DRAFT


def test_executed_transfer_pays_its_acts(
    signed: Batch, acts: list[Act], accountants: list[User]
) -> None:
    for _ in range(2):
        execute(transfer=signed.transfers.get(), by=accountants[0], now=NOW)
    assert states(acts) == {State.PAID}
    assert (held(Account.IN_TRANSIT), held(Account.PAID)) == (Decimal(0), Decimal(90))


@pytest.mark.parametrize("move", [Payment.REJECTED, Payment.RETURNED])
def test_transfer_sent_back_is_paid_by_another(
    signed: Batch, acts: list[Act], accountants: list[User], move: Payment
) -> None:
    transfer = signed.transfers.get()
    if move is Payment.RETURNED:
        execute(transfer=transfer, by=accountants[0], now=NOW)
    for _ in range(2):
        send_back(transfer=transfer, move=move, reason="Compte clos", by=accountants[0], now=NOW)
    assert states(acts) == {State.VALIDATED}
    assert (held(Account.DUE), held(Account.PAID)) == (Decimal(90), Decimal(0))
    again = sign(NOW)
    assert (again.total, again.code) == (Decimal(90), "AR-2026-0002")
    assert Transfer.objects.values("end_to_end").distinct().count() == 2


def test_recount_sees_entries_that_are_not_undone(
    signed: Batch, accountants: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of what the machine of histories asks after each gesture."""
    transfer = signed.transfers.get()
    monkeypatch.setattr(bank_answers, "mirror", lambda *_, **__: None)
    by, move = accountants[0], Payment.REJECTED
    send_back(transfer=transfer, move=move, reason="Compte clos", by=by, now=NOW)
    assert "compte due" in {each.subject for each in recount_books(Counter())}


def test_return_without_reason(signed: Batch, accountants: list[User]) -> None:
    with pytest.raises(Conflict, match="motif"):
        send_back(
            transfer=signed.transfers.get(),
            move=Payment.REJECTED,
            reason=" ",
            by=accountants[0],
            now=NOW,
        )


def test_reversed_act_is_recovered_on_the_next_batch(
    patient: Patient, physio: Professional, accountants: list[User]
) -> None:
    first, *others = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(3)]
    pay(first, now=NOW)
    reverse_act(act=first, by=accountants[0], now=NOW, reason="Séance non faite")
    assert held(Account.TO_RECOVER) == Decimal(30)
    for act in others:
        validate(act, by=accountants[0], now=NOW)
    batch = sign(NOW)
    assert batch.total == Decimal(30)
    assert (held(Account.TO_RECOVER), held(Account.IN_TRANSIT)) == (Decimal(0), Decimal(30))


def test_recovery_waits_for_enough_to_pay(
    patient: Patient, physio: Professional, accountants: list[User]
) -> None:
    """A transfer of nothing cannot be sent."""
    first, second = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(2)]
    pay(first, now=NOW)
    reverse_act(act=first, by=accountants[0], now=NOW, reason="Séance non faite")
    validate(second, by=accountants[0], now=NOW)
    assert sign(NOW).total == Decimal(30)
    assert held(Account.TO_RECOVER) == Decimal(30)


def test_part_of_a_batch(acts: list[Act], patient: Patient, accountants: list[User]) -> None:
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    session = log(patient, psychologist, Kind.PSY_SUIVI, date(2026, 3, 2))
    validate(session, by=accountants[0], now=NOW)
    batch = prepare_batch(execute_on=FRIDAY, by=accountants[1], now=NOW)
    out = batch.transfers.get(professional=psychologist)
    take_out(transfer=out, reason="RIB attendu", by=accountants[1], now=NOW)
    batch = sign_batch(batch=batch, gateway=GATEWAY, by=accountants[2], now=NOW)
    assert batch.total == Decimal(90)
    assert states([session]) == {State.VALIDATED}
    with pytest.raises(Conflict, match="n’est plus possible"):
        take_out(
            transfer=batch.transfers.get(state=TransferState.SENT),
            reason="Trop tard",
            by=accountants[1],
            now=NOW,
        )


def test_last_transfer_is_not_taken_out(draft: Batch, accountants: list[User]) -> None:
    with pytest.raises(Conflict, match="abandonnez"):
        take_out(transfer=draft.transfers.get(), reason="Non", by=accountants[1], now=NOW)


def test_each_download_is_noted(signed: Batch, accountants: list[User]) -> None:
    for _ in range(2):
        assert note_download(batch=signed, by=accountants[1], now=NOW) == signed.file
    assert PaymentStep.objects.filter(move=Payment.DOWNLOADED).count() == 2
    assert JournalEntry.objects.filter(verb="batch.downloaded").count() == 2


def test_draft_has_no_file(draft: Batch, accountants: list[User]) -> None:
    with pytest.raises(Conflict, match="pas de fichier"):
        note_download(batch=draft, by=accountants[1], now=NOW)


def test_envelope_holds_what_it_cannot_pay(
    patient: Patient, physio: Professional, accountants: list[User]
) -> None:
    by = accountants[0]
    for _ in range(2):
        grant_envelope(year=2026, amount=Decimal(70), decision="2026-1", by=by, now=NOW)
    first, second, third = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(3)]
    for act in (first, second):
        validate(act, by=by, now=NOW)
    assert validate(third, by=by, now=NOW).state == State.SUBMITTED
    cancel_act(act=first, by=by, now=NOW, reason="Erreur")
    assert admit_all(now=NOW) == 1
    third.refresh_from_db()
    assert third.state == State.VALIDATED


def test_envelope_says_where_it_stands(
    patient: Patient, physio: Professional, accountants: list[User]
) -> None:
    grant_envelope(year=2026, amount=Decimal(100), decision="2026-1", by=None, now=NOW)
    acts = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(4)]
    pay(*acts[:2], now=NOW)
    validate(acts[2], by=accountants[0], now=NOW)
    found = envelope_status(2026, date(2026, 7, 1))
    assert found is not None
    assert (found.committed, found.paid, found.left) == (Decimal(90), Decimal(60), Decimal(10))
    assert (found.waiting, found.beyond, found.percent) == (
        Decimal(30),
        Decimal(20),
        Decimal("90.0"),
    )
    assert (found.percent, found.alert) == (Decimal("90.0"), 80)
    assert found.forecast == Decimal("180.49")


def test_same_decision_for_another_amount(accountants: list[User]) -> None:
    by = accountants[0]
    grant_envelope(year=2026, amount=Decimal(70), decision="2026-1", by=by, now=NOW)
    with pytest.raises(Conflict, match="déjà notée"):
        grant_envelope(year=2026, amount=Decimal(30), decision="2026-1", by=by, now=NOW)
    grant_envelope(year=2026, amount=Decimal(30), decision="2026-2", by=by, now=NOW)
    assert held(Account.ENVELOPE) == Decimal(100)


class Unfaithful:
    """A gateway whose file the official schema refuses."""

    def write(self, batch: transfers.Batch, *, at: datetime) -> transfers.Written:
        raise transfers.NotWritten(batch.message)


def test_file_that_the_schema_refuses_signs_nothing(
    draft: Batch, acts: list[Act], accountants: list[User]
) -> None:
    with pytest.raises(Conflict, match="rien n’est signé"):
        sign_batch(batch=draft, gateway=Unfaithful(), by=accountants[2], now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.sha256) == (BatchState.DRAFT, "")
    assert states(acts) == {State.VALIDATED}


def test_year_without_envelope(acts: list[Act]) -> None:
    assert envelope_status(2026, date(2026, 7, 1)) is None
    assert held(Account.DUE) == Decimal(90)
