"""Reminders: when they are due, sent once, late if they must, never for what is off."""

from datetime import UTC, datetime, timedelta

import pytest

from etp.actions import places, reminders, sessions, steps
from etp.enums import Mode
from etp.models import Place
from network.actions.delivery import deliver
from network.enums import Role
from network.models import OutboxMessage
from portal.kit.reminders import Reminder, due
from tests.factories.etp import NOW, PARIS, book, make_session
from tests.factories.network import make_user

START = datetime(2026, 12, 3, 14, 30, tzinfo=PARIS)
EARLY = datetime(2026, 11, 1, 9, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "made_at", "found"),
    [
        (datetime(2026, 11, 26, 6, 59, tzinfo=PARIS), EARLY, None),
        (datetime(2026, 11, 26, 7, 0, tzinfo=PARIS), EARLY, Reminder.WEEK),
        (datetime(2026, 12, 2, 6, 59, tzinfo=PARIS), EARLY, Reminder.WEEK),  # late, still true
        (datetime(2026, 12, 2, 7, 0, tzinfo=PARIS), EARLY, Reminder.DAY),
        (datetime(2026, 12, 3, 14, 29, tzinfo=PARIS), EARLY, Reminder.DAY),
        (START, EARLY, None),
        # booked six days before: no reminder of a week, but the one of the day before
        (START - timedelta(days=5), START - timedelta(days=6), None),
        (START - timedelta(hours=3), START - timedelta(days=6), Reminder.DAY),
        # booked the day before, after the morning: the confirmation has just said it
        (START - timedelta(hours=3), START - timedelta(hours=20), None),
    ],
)
def test_due(now: datetime, made_at: datetime, found: Reminder | None) -> None:
    assert due(starts_at=START, made_at=made_at, now=now) == found


def test_due_before_dawn_is_a_whole_week_before() -> None:
    start = datetime(2026, 12, 3, 6, tzinfo=PARIS)
    just = start - timedelta(days=7)
    assert due(starts_at=start, made_at=EARLY, now=just) == Reminder.WEEK


def test_due_across_daylight_saving_keeps_the_morning() -> None:
    start = datetime(2026, 10, 25, 9, tzinfo=PARIS)  # the night before, clocks go back
    morning = datetime(2026, 10, 24, 7, tzinfo=PARIS)
    assert due(starts_at=start, made_at=EARLY - timedelta(days=30), now=morning) == Reminder.DAY
    before = morning.astimezone(UTC) - timedelta(minutes=1)
    assert due(starts_at=start, made_at=EARLY - timedelta(days=30), now=before) == Reminder.WEEK


def sent() -> list[str]:
    found = OutboxMessage.objects.filter(key__startswith="reminder:").order_by("pk")
    return [str(each.key).split(":")[2] for each in found]


@pytest.mark.django_db
def test_reminded_twice_in_all() -> None:
    session = make_session(days=10)
    book(session)
    now = NOW
    while now < session.starts_at + timedelta(hours=1):
        reminders.remind_all(now=now)
        now += timedelta(hours=3)
    assert sent() == ["week", "day"]


@pytest.mark.django_db
def test_late_reminder_says_today() -> None:
    session = make_session(days=10)
    book(session)
    reminders.remind_all(now=session.starts_at - timedelta(hours=1))
    mail = OutboxMessage.objects.get(key__startswith="reminder:")
    assert mail.subject == "Votre rendez-vous d’aujourd’hui, jeudi 26\u00a0novembre 2026"
    assert sent() == ["day"]


@pytest.mark.django_db
def test_not_reminded_once_called_off_or_given_up() -> None:
    off, left = make_session(days=10), make_session(days=10)
    book(off)
    given_up = book(left)
    sessions.cancel_session(session=off, reason="Grippe", by=make_user(Role.COORDINATOR), now=NOW)
    places.cancel(place=given_up, by=None, now=NOW)
    assert reminders.remind_all(now=NOW + timedelta(days=9)) == 0


@pytest.mark.django_db
def test_reminder_still_in_the_outbox_is_taken_back() -> None:
    session = make_session(days=10)
    book(session)
    soon = NOW + timedelta(days=4)
    assert reminders.remind_all(now=soon) == 1
    coordinator = make_user(Role.COORDINATOR)
    sessions.cancel_session(session=session, reason="Grippe", by=coordinator, now=soon)
    assert sent() == []


@pytest.mark.django_db
def test_killed_before_the_end_of_the_round_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    session = make_session(days=10)
    for _ in range(2):
        book(session)
    soon, asked = NOW + timedelta(days=4), []
    real = steps.lock_session

    def dies_on_the_second(pk: int) -> object:
        asked.append(pk)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return real(pk)

    monkeypatch.setattr(reminders, "lock_session", dies_on_the_second)
    with pytest.raises(KeyboardInterrupt):
        reminders.remind_all(now=soon)
    assert sent() == ["week"]
    monkeypatch.undo()
    assert reminders.remind_all(now=soon) == 1
    assert reminders.remind_all(now=soon) == 0
    assert sent() == ["week", "week"]


@pytest.mark.django_db
def test_reminder_leaves_by_mail_once(mailoutbox: list[object]) -> None:
    book(make_session(days=10))
    deliver(clock=lambda: NOW)
    mailoutbox.clear()
    soon = NOW + timedelta(days=4)
    for _ in range(2):
        reminders.remind_all(now=soon)
        deliver(clock=lambda: soon)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_session_put_off_is_reminded_of_again() -> None:
    session = make_session(days=6.9)
    Place.objects.filter(pk=book(session).pk).update(made_at=NOW - timedelta(days=30))
    reminders.remind_all(now=NOW)
    later = session.starts_at + timedelta(days=14)
    sessions.change_session(
        session=session,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        mode=Mode.ON_SITE,
        site=session.site,
        facilitator=session.facilitator,
        by=make_user(Role.COORDINATOR),
        now=NOW,
    )
    reminders.remind_all(now=later - timedelta(days=3))
    # the first was still in the outbox, and true no more
    assert sent() == ["week"]
    assert str(OutboxMessage.objects.get(key__startswith="reminder:").key).endswith("20261207")


@pytest.mark.django_db
def test_round_asks_few_queries(django_assert_max_num_queries: object) -> None:
    session = make_session(days=10, seats=3)
    for _ in range(3):
        book(session)
    soon = NOW + timedelta(days=4)
    reminders.remind_all(now=soon)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        reminders.remind_all(now=soon)
