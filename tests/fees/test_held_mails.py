"""Mails about the envelope: acts wait for it, acts no longer do; one mail a day each way."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

import pytest

from fees.actions.admission import admit_all
from fees.actions.books import grant_envelope
from fees.actions.held_mails import tell_all_of_the_envelope
from fees.actions.validation import validate_lines
from fees.enums import Kind
from fees.models import ClaimLine
from network.enums import Role
from network.models import OutboxMessage
from tests.factories.fees import account, at, claim, log
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)
NOW = at(date(2026, 7, 1), 9)


class Committed(Protocol):
    def __call__(self, *, execute: bool) -> AbstractContextManager[object]: ...


@pytest.fixture
def lines() -> list[ClaimLine]:
    """Thirty claimed sessions of one physiotherapist, then one of another; nothing to pay them."""
    first, second = make_professional(), make_professional()
    patients = [make_patient() for _ in range(3)]
    acts = [
        log(patients[each % 3], first, Kind.KINE_REMOB, DAY - timedelta(days=each))
        for each in range(30)
    ]
    acts.append(log(make_patient(), second, Kind.KINE_REMOB, DAY))
    claim(*acts, now=NOW)
    grant(1)
    return list(ClaimLine.objects.filter(act__in=acts).order_by("act__pk"))


def grant(amount: int) -> None:
    grant_envelope(year=2026, amount=Decimal(amount), decision=str(amount), by=None, now=NOW)


def control(lines: list[ClaimLine], *, now: datetime) -> None:
    validate_lines(lines=lines, by=make_user(Role.ACCOUNTANT), now=now)


def admit(amount: int, *, now: datetime) -> None:
    grant(amount)
    admit_all(now=now)


def mails() -> list[OutboxMessage]:
    kept = OutboxMessage.objects.filter(key__regex="^claim-(held|released)")
    return list(kept.order_by("pk"))


def keys() -> list[str]:
    return [(mail.key or "").split("-")[1] for mail in mails()]


def test_thirty_held_acts_make_one_mail_and_their_release_another(
    lines: list[ClaimLine], django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        control(lines[:20], now=NOW)
        control(lines[20:30], now=NOW + timedelta(hours=2))
    (mail,) = mails()
    assert mail.to == account(lines[0].act.professional).email
    assert lines[0].act.patient.birth_name not in mail.body
    assert lines[0].act.get_kind_display() not in mail.subject + mail.body
    OutboxMessage.objects.update(sent_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        admit(30, now=NOW + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        admit(900, now=NOW + timedelta(days=1, hours=1))
    assert keys() == ["held", "released"]
    assert mails()[1].to == mail.to


def test_nothing_is_told_of_a_wait_that_ended_before_its_mail_left(
    lines: list[ClaimLine], django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        control(lines, now=NOW)
    assert keys() == ["held", "held"]
    with django_capture_on_commit_callbacks(execute=True):
        admit(900, now=NOW + timedelta(hours=1))
    (left,) = mails()
    assert left.to == account(lines[30].act.professional).email


def test_lost_notices_are_sent_by_the_tick_once(lines: list[ClaimLine]) -> None:
    control(lines[:30], now=NOW)
    for _ in range(2):
        tell_all_of_the_envelope(now=NOW + timedelta(hours=1))
    assert keys() == ["held"]
    OutboxMessage.objects.update(sent_at=NOW)
    admit(30, now=NOW + timedelta(days=2))
    for _ in range(2):
        tell_all_of_the_envelope(now=NOW + timedelta(days=2, hours=1))
    assert keys() == ["held", "released"]
