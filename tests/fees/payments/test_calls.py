"""Accounts changed lately: nothing is signed before each payee has been called back."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fees.actions.batches import Uncalled, prepare_batch, sign_batch, take_out
from fees.actions.steps import Conflict
from fees.enums import BatchState, Kind, Payment
from fees.gateways.sepa import SepaGateway
from fees.models import Batch, PaymentStep
from fees.selectors.payments import changes_of
from fees.transfers import RECENT, next_bank_day
from network.actions.bank import confirm_bank_details, propose_bank_details
from network.enums import Role
from network.models import BankDetails, JournalEntry, Professional, User
from portal.kit import clock
from tests.factories.fees import account, log, make_account, make_iban, validate
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
GATEWAY = SepaGateway()
CALLED = "Mme Fil, le 20 novembre à 10 h, au 01 99 00 12 34"


@pytest.fixture
def physio() -> Professional:
    physio = make_professional()
    make_account(physio)
    return physio


@pytest.fixture
def signer() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def draft(physio: Professional) -> Batch:
    """To be signed: one act of the physiotherapist, one of somebody else."""
    by, now, other = make_user(Role.ACCOUNTANT), clock.now(), make_professional()
    make_account(other)
    for payee in (physio, other):
        act = log(make_patient(), payee, Kind.KINE_REMOB, clock.today(), now=now)
        validate(act, by=by, now=now)
    return prepare_batch(execute_on=next_bank_day(timezone.localdate(now)), by=by, now=now)


def change_account(physio: Professional, number: int, *, now: datetime) -> BankDetails:
    """Proposed by its holder, confirmed by an accountant who called."""
    by = account(physio)
    change = propose_bank_details(
        professional=physio, iban=make_iban(number), holder="Cabinet Fil", by=by, now=now
    )
    other = make_user(Role.ACCOUNTANT)
    confirm_bank_details(details=change, note="Rappelé au 01 99 00 00 00", by=other, now=now)
    return change


def propose(physio: Professional, number: int) -> BankDetails:
    return propose_bank_details(
        professional=physio,
        iban=make_iban(number),
        holder="Cabinet Fil",
        by=account(physio),
        now=clock.now(),
    )


def refused(batch: Batch, by: User, calls: dict[int, str]) -> None:
    with pytest.raises(Uncalled, match="notez d’abord le rappel"):
        sign_batch(batch=batch, gateway=GATEWAY, by=by, now=clock.now(), calls=calls)
    batch.refresh_from_db()
    assert (batch.state, batch.file) == (BatchState.DRAFT, "")
    assert not PaymentStep.objects.filter(move__in=[Payment.CALLED, Payment.SIGNED]).exists()


def test_account_changed_lately_asks_for_a_call(
    draft: Batch, physio: Professional, signer: User
) -> None:
    change = change_account(physio, 700, now=clock.now())
    for calls in ({}, {change.pk: "  "}, {change.pk + 1: CALLED}):
        refused(draft, signer, calls)
    signed = sign_batch(
        batch=draft, gateway=GATEWAY, by=signer, now=clock.now(), calls={change.pk: CALLED}
    )
    assert make_iban(700) in signed.file
    step = PaymentStep.objects.get(move=Payment.CALLED)
    assert (step.by, step.note, step.transfer) == (
        signer,
        CALLED,
        signed.transfers.get(professional=physio),
    )
    assert JournalEntry.objects.get(verb="batch.called").reason == CALLED


def test_change_that_waits_asks_for_a_call(
    draft: Batch, physio: Professional, signer: User
) -> None:
    change = propose(physio, 700)
    refused(draft, signer, {})
    signed = sign_batch(
        batch=draft, gateway=GATEWAY, by=signer, now=clock.now(), calls={change.pk: CALLED}
    )
    assert make_iban(physio.pk) in signed.file  # that in force: the other waits
    assert make_iban(700) not in signed.file


def test_call_is_about_one_change(draft: Batch, physio: Professional, signer: User) -> None:
    """A change proposed after the call, even while the signer types, asks for another."""
    first = change_account(physio, 700, now=clock.now())
    second = propose(physio, 701)
    refused(draft, signer, {first.pk: CALLED})
    assert [each.pk for each in changes_of(draft, now=clock.now())] == [second.pk]


@pytest.mark.parametrize(("days", "asked"), [(29, 1), (31, 0)])
def test_change_is_recent_for_thirty_days(
    draft: Batch, physio: Professional, days: int, asked: int
) -> None:
    change_account(physio, 700, now=clock.now() - timedelta(days=days))
    assert timedelta(days=30) == RECENT
    assert len(changes_of(draft, now=clock.now())) == asked


def test_first_account_is_no_change(draft: Batch, physio: Professional) -> None:
    BankDetails.objects.filter(professional=physio).update(decided_at=clock.now())
    assert changes_of(draft, now=clock.now()) == []


def test_payee_taken_out_asks_for_no_call(draft: Batch, physio: Professional, signer: User) -> None:
    change_account(physio, 700, now=clock.now())
    out = draft.transfers.get(professional=physio)
    take_out(transfer=out, reason="Ne répond pas", by=signer, now=clock.now())
    signed = sign_batch(batch=draft, gateway=GATEWAY, by=signer, now=clock.now())
    assert make_iban(700) not in signed.file


def test_who_prepared_is_told_so_before_any_call(draft: Batch, physio: Professional) -> None:
    change_account(physio, 700, now=clock.now())
    with pytest.raises(Conflict, match="un autre signe"):
        sign_batch(batch=draft, gateway=GATEWAY, by=draft.prepared_by, now=clock.now())


# --- On the page


def test_signature_keeps_what_was_typed(draft: Batch, physio: Professional, signer: User) -> None:
    other = draft.transfers.exclude(professional=physio).get().professional
    mine, theirs = change_account(physio, 700, now=clock.now()), propose(other, 701)
    client = sign_in(Client(), signer)
    page = client.get(reverse("fees:batch", args=[draft.number])).text
    assert (page.count("Changé récemment"), page.count("Changement à confirmer")) == (1, 1)
    assert f"Rappel de {physio}, compte •••• {mine.last4}" in page
    address = reverse("fees:batch_sign", args=[draft.number])
    answer = client.post(address, {f"call_{mine.pk}": CALLED, f"call_{theirs.pk}": " "})
    assert answer.status_code == 422
    assert answer.text.count(f"Appelez {other}, puis notez qui a répondu et quand.") == 2
    assert f'value="{CALLED}"' in answer.text
    assert Batch.objects.get().state == BatchState.DRAFT
    answer = client.post(address, {f"call_{mine.pk}": CALLED, f"call_{theirs.pk}": "Joint"})
    assert answer.status_code == 302
    page = client.get(reverse("fees:batch", args=[draft.number])).text
    assert f"Rappel avant la signature, {physio}" in page
    assert CALLED in page


def test_who_prepared_is_refused_for_that_reason(draft: Batch, physio: Professional) -> None:
    change_account(physio, 700, now=clock.now())
    client = sign_in(Client(), draft.prepared_by)
    answer = client.post(reverse("fees:batch_sign", args=[draft.number]))
    assert answer.status_code == 422
    assert "un autre signe" in answer.text


def test_nothing_changed_asks_nothing(draft: Batch, signer: User) -> None:
    client = sign_in(Client(), signer)
    assert (
        "rappelez avant de signer"
        not in client.get(reverse("fees:batch", args=[draft.number])).text
    )
    assert client.post(reverse("fees:batch_sign", args=[draft.number])).status_code == 302


def test_change_needs_a_second_person_and_a_call(physio: Professional) -> None:
    """In the network's room: said here because the money depends on it."""
    from django.core.exceptions import PermissionDenied, ValidationError

    change = propose(physio, 700)
    with pytest.raises(PermissionDenied):
        confirm_bank_details(details=change, note=CALLED, by=account(physio), now=clock.now())
    with pytest.raises(ValidationError, match="Notez l’appel"):
        confirm_bank_details(
            details=change, note=" ", by=make_user(Role.ACCOUNTANT), now=clock.now()
        )
    change.refresh_from_db()
    assert change.state == "proposed"
