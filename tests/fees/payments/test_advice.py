"""The mail that says an advice waits: after the commit, once, with nothing in it but a link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fees.actions import advice
from fees.actions.advice import tell_payee, tell_payees
from fees.actions.bank_answers import execute, send_back
from fees.enums import Kind, Payment, TransferState
from fees.models import Transfer
from network.enums import Role
from network.models import OutboxMessage, Professional, User
from portal.kit import clock
from tests.factories.fees import account, log, make_account, make_iban, sign, validate
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
Commit = Callable[..., object]


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def physio() -> Professional:
    physio = make_professional()
    make_account(physio)
    return physio


@pytest.fixture
def transfer(physio: Professional, by: User) -> Transfer:
    act = log(make_patient(birth_name="Brumelune"), physio, Kind.KINE_REMOB, clock.today())
    validate(act, by=by, now=clock.now())
    return sign(clock.now()).transfers.get()


def mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(key__startswith="advice-"))


def test_execution_is_told_once_after_the_commit(
    transfer: Transfer, by: User, physio: Professional, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        execute(transfer=transfer, by=by, now=clock.now())
        assert mails() == []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        execute(transfer=transfer, by=by, now=clock.now())
        tell_payees(now=clock.now())
    (mail,) = mails()
    assert mail.to == account(physio).email
    address = reverse("fees:my_payment", args=[transfer.pk])
    assert address in mail.body
    assert sign_in(Client(), account(physio)).get(address).status_code == 200


def test_mail_says_neither_amount_nor_account_nor_patient(
    transfer: Transfer, by: User, physio: Professional
) -> None:
    executed = execute(transfer=transfer, by=by, now=clock.now())
    tell_payee(transfer_id=executed.pk, executed_at=clock.now(), now=clock.now())
    (mail,) = mails()
    text = f"{mail.subject} {mail.body}"
    number = make_iban(physio.pk)
    for secret in (number, number[-4:], "30,00", "€", "Brumelune", "remobilisation"):
        assert secret not in text


def test_failed_mail_does_not_break_the_execution(
    transfer: Transfer,
    by: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    def broken(**_mail: object) -> None:
        raise RuntimeError("the outbox is full")

    with monkeypatch.context() as patched:
        patched.setattr(advice, "queue_mail", broken)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            done = execute(transfer=transfer, by=by, now=clock.now())
    assert (done.state, mails()) == (TransferState.EXECUTED, [])
    tell_payees(now=clock.now())
    assert len(mails()) == 1


def test_late_or_returned_execution_is_not_told(transfer: Transfer, by: User) -> None:
    now = clock.now()
    execute(transfer=transfer, by=by, now=now)
    tell_payees(now=now + timedelta(days=8))
    send_back(transfer=transfer, move=Payment.RETURNED, reason="Clos", by=by, now=now)
    tell_payees(now=now)
    assert mails() == []


def test_professional_without_account_is_not_told(transfer: Transfer, by: User) -> None:
    execute(transfer=transfer, by=by, now=clock.now())
    Professional.objects.update(user=None)
    tell_payee(transfer_id=transfer.pk, executed_at=clock.now(), now=clock.now())
    assert mails() == []
