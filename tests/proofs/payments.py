"""A batch to be signed, and what must be true of one whatever happened to those who signed it."""

import hashlib
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.test import Client
from lxml import etree

from fees.actions.batches import prepare_batch
from fees.enums import Entry, Kind, Move, Payment, State, TransferState
from fees.models import Act, ActStep, Batch, BookEntry, PaymentStep, Transfer
from fees.selectors.verify_books import recount_books
from fees.transfers import next_bank_day
from network.enums import Role
from network.models import JournalEntry, Professional, User
from portal.kit import clock
from tests.doors import sign_in
from tests.factories.fees import log, make_account, validate
from tests.factories.network import make_patient, make_professional, make_user

ACTS = 2
"""Acts of each payee."""


class Office:
    """Payees with accounts, one accountant who validates and prepares, two who may sign."""

    def __init__(self, payees: int) -> None:
        self.payees = [make_professional() for _ in range(payees)]
        for each in self.payees:
            make_account(each)
        self.clerk, *self.signers = (make_user(Role.ACCOUNTANT) for _ in range(3))

    def validated(self, payee: Professional) -> list[Act]:
        since = clock.today() - timedelta(days=60)
        patient = make_patient(included_on=since, requested_on=since, completed_on=since)
        days = (clock.today() - timedelta(days=back) for back in range(1, ACTS + 1))
        acts = [log(patient, payee, Kind.KINE_REMOB, day) for day in days]
        return [validate(act, by=self.clerk, now=clock.now()) for act in acts]

    def draft(self) -> Batch:
        for payee in self.payees:
            self.validated(payee)
        day = next_bank_day(next_bank_day(clock.today()))
        return prepare_batch(execute_on=day, by=self.clerk, now=clock.now())


def session_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def acts_of(batch: Batch) -> list[int]:
    return list(
        Act.objects.filter(payment_lines__transfer__batch=batch).values_list("pk", flat=True)
    )


def is_whole(batch: Batch) -> bool:
    """Signed with all that goes with it, or as it was; fails for anything between."""
    batch.refresh_from_db()
    transfers, acts = Transfer.objects.filter(batch=batch), acts_of(batch)
    found = {
        "transfers": Counter(transfers.values_list("state", flat=True)),
        "acts": Counter(Act.objects.filter(pk__in=acts).values_list("state", flat=True)),
        "steps of acts": ActStep.objects.filter(act__in=acts, move=Move.BATCHED).count(),
        "entries": BookEntry.objects.filter(transfer__batch=batch, kind=Entry.SIGNED).count(),
        "steps": PaymentStep.objects.filter(batch=batch, move=Payment.SIGNED).count(),
        "journal": JournalEntry.objects.filter(verb="batch.signed", subject=batch.code).count(),
    }
    signed = batch.state == "signed"
    people, many = transfers.count(), len(acts)
    assert found == {
        "transfers": {TransferState.SENT if signed else TransferState.PREPARED: people},
        "acts": {State.IN_BATCH if signed else State.VALIDATED: many},
        "steps of acts": many * signed,
        "entries": many * signed,
        "steps": int(signed),
        "journal": int(signed),
    }
    assert bool(batch.file) is signed
    if signed:
        assert_file_is_of(batch)
    assert recounted() == []
    return signed


def assert_file_is_of(batch: Batch) -> None:
    """One set of identifiers, to the cent, under the digest that was signed."""
    document = etree.fromstring(batch.file.encode())
    assert hashlib.sha256(batch.file.encode()).hexdigest() == batch.sha256
    ends = [each.text for each in document.iterfind(".//{*}EndToEndId")]
    transfers = Transfer.objects.filter(batch=batch).order_by("end_to_end")
    assert sorted(ends) == list(transfers.values_list("end_to_end", flat=True))
    assert document.findtext(".//{*}GrpHdr/{*}CtrlSum") == f"{batch.total:.2f}"


def recounted() -> list[str]:
    return [str(each) for each in recount_books(Counter())]
