"""Mails about claims: one for each gesture, one a month, one before the window closes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from fees.actions.claim_mails import remind_all, tell_all_returned
from fees.actions.claims import return_line
from fees.enums import Kind
from fees.models import Act, ClaimLine
from network.enums import Profession, Role
from network.models import OutboxMessage, Patient, Professional
from tests.factories.fees import account, at, claim, log, physio_days
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 3, 16), 9)


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def acts(patient: Patient, physio: Professional) -> list[Act]:
    """Four sessions of February, 120 euros."""
    return [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(4)]


def mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(key__startswith="claim-").order_by("pk"))


def give_back(*acts: Act, now: datetime = NOW) -> None:
    by = make_user(Role.ACCOUNTANT)
    for act in acts:
        line = ClaimLine.objects.filter(act=act).latest("pk")
        return_line(line=line, reason="Mauvais jour", by=by, now=now)


def test_one_mail_for_each_gesture(
    acts: list[Act], physio: Professional, django_capture_on_commit_callbacks: Any
) -> None:
    claim(*acts, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        give_back(*acts[:3])
    with django_capture_on_commit_callbacks(execute=True):
        give_back(acts[3], now=NOW + timedelta(minutes=1))
    first, _second = mails()
    assert first.to == account(physio).email
    assert acts[0].patient.birth_name not in first.body
    assert acts[0].get_kind_display() not in first.body


def test_lost_notice_is_sent_by_the_tick_once(acts: list[Act]) -> None:
    claim(*acts, now=NOW)
    give_back(*acts[:2])
    assert mails() == []
    for _ in range(2):
        tell_all_returned(now=NOW + timedelta(hours=1))
    assert len(mails()) == 1


def test_notice_is_not_sent_for_what_was_asked_again(acts: list[Act]) -> None:
    claim(*acts, now=NOW)
    give_back(acts[0])
    claim(acts[0], now=NOW)
    tell_all_returned(now=NOW + timedelta(hours=1))
    assert mails() == []


def test_return_stands_though_the_mail_fails(
    acts: list[Act],
    physio: Professional,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def absent(**_fields: object) -> None:
        raise OSError

    monkeypatch.setattr("fees.actions.claim_mails.queue_mail", absent)
    claim(*acts, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        give_back(acts[0])
    assert acts[0].claim_lines.get().state == "returned"


def test_professional_without_account_gets_no_mail(acts: list[Act], physio: Professional) -> None:
    claim(*acts, now=NOW)
    give_back(acts[0])
    Professional.objects.filter(pk=physio.pk).update(user=None)
    tell_all_returned(now=NOW)
    assert remind_all(now=at(date(2026, 3, 2), 9)) == 0
    assert mails() == []


REMINDERS = [
    # days on which the tick came, keys of the mails by their ends
    ([date(2026, 2, 27)], []),
    ([date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 5)], ["2026-03"]),
    ([date(2026, 3, 6)], []),
    ([date(2026, 3, 1), date(2026, 4, 3)], ["2026-03", "2026-04"]),
    ([date(2026, 4, 28)], []),
    ([date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 20)], ["last 2026-02"]),
    ([date(2026, 5, 2)], ["2026-05", "last 2026-02"]),
    ([date(2026, 5, 29), date(2026, 6, 2)], []),
]


@pytest.mark.parametrize(("days", "expected"), REMINDERS)
def test_reminder_comes(
    acts: list[Act], physio: Professional, days: list[date], expected: list[str]
) -> None:
    for day in days:
        remind_all(now=at(day, 8))
    found = [
        (each.key or "")
        .replace(f"claim-reminder-{physio.pk}-", "")
        .replace(f"claim-last-call-{physio.pk}-", "last ")
        for each in mails()
    ]
    assert sorted(found) == expected


def test_reminder_counts_and_names_nobody(acts: list[Act]) -> None:
    remind_all(now=at(date(2026, 3, 2), 8))
    (mail,) = mails()
    assert "- 4 actes de février 2026, 120,00\u00a0€" in mail.body
    assert acts[0].patient.birth_name not in mail.body


def test_last_reminder_says_the_day(acts: list[Act]) -> None:
    remind_all(now=at(date(2026, 4, 29), 8))
    (mail,) = mails()
    assert "avant le 29\u00a0mai 2026" in mail.body


def test_claimed_month_is_not_recalled(acts: list[Act]) -> None:
    claim(*acts, now=NOW)
    give_back(acts[0])
    assert remind_all(now=at(date(2026, 4, 2), 8)) == 0
