"""A validation undone: back to the queue, euros given back, validated again under a new entry."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from fees.actions.batches import prepare_batch
from fees.actions.books import grant_envelope
from fees.actions.course import reopen_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_act, validate_lines
from fees.enums import Account, Entry, Kind, LineState, Remark, State
from fees.models import Act, BookEntry
from fees.selectors.held import rank_of
from fees.selectors.verify import recount_acts
from fees.selectors.verify_books import recount_books
from fees.selectors.verify_claims import recount_claims
from fees.selectors.verify_held import recount_held
from fees.transfers import next_bank_day
from network.enums import Role
from network.models import JournalEntry, User
from portal.kit import clock
from tests.factories.fees import at, log, make_account, pay, validate
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)
NOW = at(date(2026, 7, 1))


class Committed(Protocol):
    def __call__(self, *, execute: bool) -> AbstractContextManager[object]: ...


@pytest.fixture
def by() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def act(by: User) -> Act:
    """Validated, of 30 euros, in an envelope of 40."""
    grant_envelope(year=2026, amount=Decimal(40), decision="2026-1", by=None, now=NOW)
    made = log(make_patient(), make_professional(), Kind.KINE_REMOB, DAY)
    return validate(made, by=by, now=NOW)


def reopen(act: Act, by: User, reason: str = "Mauvais dossier") -> Act:
    return reopen_act(act=act, by=by, now=NOW, reason=reason)


def breaches() -> list[str]:
    recounts = (recount_acts, recount_books, recount_claims, recount_held)
    return [str(each) for recount in recounts for each in recount(Counter())]


def test_act_goes_back_to_the_queue_and_is_validated_again(act: Act, by: User) -> None:
    for times in (1, 2):
        undone = reopen(act, by)
        assert (undone.state, undone.ordinal) == (State.SUBMITTED, 1)
        line = act.claim_lines.get()
        assert (line.state, line.remark_codes) == (LineState.SENT, (Remark.REOPENED,))
        assert BookEntry.objects.balance(Account.DUE) == 0
        assert BookEntry.objects.filter(year=2026).in_envelope() == 40
        assert JournalEntry.objects.filter(verb="act.reopened").count() == times
        assert breaches() == []
        swept = validate_lines(lines=[line], by=by, now=NOW)
        assert [each.remarks for each in swept.left] == [(Remark.REOPENED,)]
        assert validate_act(act=act, by=by, now=NOW).state == State.VALIDATED
        assert BookEntry.objects.balance(Account.DUE) == 30
        assert breaches() == []
    entries = list(act.entries.order_by("pk"))
    assert [bool(each.mirrors_id) for each in entries] == [False, True, False, True, False]
    assert [each.follows_id for each in entries] == [
        None,
        None,
        entries[1].pk,
        None,
        entries[3].pk,
    ]
    make_account(act.professional)
    pay(act, now=NOW)
    assert breaches() == []


def test_undone_twice_is_once(act: Act, by: User) -> None:
    reopen(act, by)
    reopen(act, by)
    assert act.entries.filter(mirrors__isnull=False).count() == 1


def prepared(act: Act, by: User) -> None:
    make_account(act.professional)
    prepare_batch(execute_on=next_bank_day(NOW.date()), by=by, now=NOW)


def paid(act: Act, by: User) -> None:
    make_account(act.professional)
    pay(act, now=NOW)


REFUSED: dict[Callable[[Act, User], None], str] = {
    prepared: "dans un lot à signer",
    paid: "« Payé »",
}


@pytest.mark.parametrize("before", REFUSED, ids=lambda each: each.__name__)
def test_validation_is_not_undone_once_in_a_batch(
    act: Act, by: User, before: Callable[[Act, User], None]
) -> None:
    before(act, by)
    with pytest.raises(Conflict, match=REFUSED[before]):
        reopen(act, by)
    with pytest.raises(Conflict, match="Écrivez le motif"):
        reopen(act, by, reason=" ")


def test_who_waits_takes_the_euros_and_the_act_comes_after(
    act: Act, by: User, django_capture_on_commit_callbacks: Committed
) -> None:
    waiting = log(make_patient(), make_professional(), Kind.KINE_REMOB, DAY)
    assert validate(waiting, by=by, now=NOW).state == State.SUBMITTED
    with django_capture_on_commit_callbacks(execute=True):
        reopen(act, by)
    waiting.refresh_from_db()
    assert waiting.state == State.VALIDATED
    assert validate_act(act=act, by=by, now=NOW).state == State.SUBMITTED
    assert rank_of(act) == 1
    assert breaches() == []


def test_database_owes_an_act_once_whatever_is_written(act: Act, by: User) -> None:
    """Twice without a mirror, twice after one mirror, after the mirror of another act."""
    other = log(make_patient(), act.professional, Kind.KINE_REMOB, DAY - timedelta(days=1))
    reopen(act, by)
    mirror = act.entries.get(mirrors__isnull=False)
    validate_act(act=act, by=by, now=NOW)
    tries: list[dict[str, Any]] = [
        {"act": act},
        {"act": act, "follows": mirror},
        {"act": other, "follows": mirror},
        {"act": act, "follows": act.entries.order_by("pk")[0]},
    ]
    for fields in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            BookEntry.objects.create(
                kind=Entry.VALIDATED,
                source=Account.ENVELOPE,
                target=Account.DUE,
                amount=Decimal(30),
                on=NOW.date(),
                at=NOW,
                year=2026,
                **fields,
            )


def test_accountant_undoes_a_validation_on_its_page(
    signed_in: Callable[[User], Client], by: User
) -> None:
    made = log(make_patient(), make_professional(), Kind.KINE_REMOB, clock.today())
    validate(made, by=by, now=clock.now())
    client, address = signed_in(by), reverse("fees:reopen", args=[made.pk])
    assert client.post(address, {"validation-reason": ""}).status_code == 422
    client.post(address, {"validation-reason": "Mauvais dossier"})
    page = client.get(reverse("fees:control_act", args=[made.pk])).content.decode()
    assert "Sa validation a été annulée" in page
    assert "Valider cet acte" in page
