"""Mails reach the server, late rather than never, and no server can break an action."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from network.actions import delivery
from network.actions.delivery import MAX_ATTEMPTS, delay_after, deliver, take_next
from network.actions.mail import queue_mail
from network.models import OutboxMessage, User
from portal.kit.clock import now
from tests.network.smtp_sink import Behaviour, Server, smtp_sink

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-16T12:00:00+01:00")
MINUTE = timedelta(minutes=1)


def at(instant: datetime) -> int:
    return deliver(clock=lambda: instant)


def queue(*names: str, now: datetime = NOON) -> None:
    for name in names:
        queue_mail(to=f"{name}@example.org", subject="Bonjour", body=f"À {name}", now=now)


def through(settings: Settings, port: int, timeout: float = 5) -> None:
    transport = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": timeout},
    }
    settings.MAILERS = {**settings.MAILERS, "transport": transport}


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with smtp_sink() as server:
        through(settings, server.port)
        yield server


@pytest.fixture
def sink(server: Server) -> Behaviour:
    return server.behaviour


def test_mails_delivered_once_in_one_session(sink: Behaviour) -> None:
    queue("alix", "noa", "zoe")
    assert at(NOON) == 3
    assert at(NOON + timedelta(days=1)) == 0
    assert [mail["To"] for mail in sink.received] == [
        "alix@example.org",
        "noa@example.org",
        "zoe@example.org",
    ]
    assert sink.sessions == 1
    assert OutboxMessage.objects.filter(sent_at=NOON).count() == 3


def test_refused_recipient_holds_up_nobody(sink: Behaviour) -> None:
    sink.refused.add("alix@example.org")
    queue("alix", "noa")
    assert at(NOON) == 1
    refused = OutboxMessage.objects.get(sent_at=None)
    assert refused.last_error == "SMTPRecipientsRefused"
    assert (refused.attempts, refused.next_attempt_at) == (1, NOON + MINUTE)
    sink.refused.clear()
    assert at(NOON) == 0
    assert at(NOON + MINUTE) == 1


def test_absent_server_breaks_nothing(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        port = closed_soon.getsockname()[1]
    through(settings, port)
    queue("alix", "noa")
    assert at(NOON) == 0
    assert list(OutboxMessage.objects.values_list("to", "attempts").order_by("to")) == [
        ("alix@example.org", 1),
        ("noa@example.org", 0),  # still due: a dead server costs one mail one attempt
    ]


def test_slow_server_waited_for_once(settings: Settings) -> None:
    with smtp_sink() as server:
        server.behaviour.greeting_after = 1.0
        through(settings, server.port, timeout=0.2)
        queue("alix", "noa")
        assert at(NOON) == 0
        assert server.behaviour.sessions == 1
        server.behaviour.greeting_after = 0
        through(settings, server.port)
        assert at(NOON + MINUTE) == 2


def test_mail_that_cannot_be_written_put_aside(sink: Behaviour) -> None:
    queue_mail(to="alix@example.org", subject="Deux\nlignes", body="", now=NOON)
    queue("noa")
    assert at(NOON) == 1
    assert OutboxMessage.objects.get(sent_at=None).last_error == "ValueError"


def test_killed_between_taking_and_sending_sent_later(sink: Behaviour) -> None:
    queue("alix")
    assert take_next(now=NOON) is not None  # and the worker dies here
    assert at(NOON) == 0
    assert at(NOON + MINUTE) == 1


def test_killed_between_sending_and_marking_sent_twice_at_most(
    sink: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue("alix")
    moments = iter([NOON])  # the instant of the marking is never reached

    def clock() -> datetime:
        return next(moments)

    with pytest.raises((StopIteration, RuntimeError)):
        deliver(clock=clock)
    assert at(NOON + MINUTE) == 1
    assert at(NOON + timedelta(days=9)) == 0
    assert len(sink.received) == 2


def test_given_up_after_the_last_attempt(sink: Behaviour) -> None:
    sink.refused.add("alix@example.org")
    queue("alix")
    instant = NOON
    for _ in range(MAX_ATTEMPTS + 3):
        at(instant)
        instant += delivery.LONGEST_DELAY
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.next_attempt_at) == (MAX_ATTEMPTS, None)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (5, 16), (10, 360), (99, 360)])
def test_delay_doubles(attempts: int, minutes: int) -> None:
    assert delay_after(attempts) == minutes * MINUTE


def test_every_mail_of_django_waits_in_the_outbox() -> None:
    mail = EmailMultiAlternatives("Sujet", "Texte", to=["a@example.org"], cc=["b@example.org"])
    mail.attach_alternative("<p>Texte</p>", "text/html")
    mail.send()
    send_mail("Autre", "Texte", None, ["c@example.org"])
    assert list(OutboxMessage.objects.order_by("pk").values_list("to", "subject", "html")) == [
        ("a@example.org", "Sujet", "<p>Texte</p>"),
        ("b@example.org", "Sujet", "<p>Texte</p>"),
        ("c@example.org", "Autre", ""),
    ]


def test_password_reset_survives_an_absent_mail_server(client: Client, settings: Settings) -> None:
    through(settings, 1)
    user = User.objects.create_user("alix@example.org", "phrase de passe")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    answer = client.post("/compte/password/reset/", {"email": user.email})
    assert answer.status_code == 302
    assert OutboxMessage.objects.get().to == user.email


def test_queued_mail_wakes_the_worker(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue("alix", now=now())
    assert DBTaskResult.objects.get().task_path == "network.tasks.deliver_outbox"
    with django_capture_on_commit_callbacks(execute=True):
        queue("zoe", now=now())  # the worker has not begun: it will find both
    task = DBTaskResult.objects.get()
    task.claim("worker")
    with django_capture_on_commit_callbacks(execute=True):
        queue("noa", now=now())
    assert DBTaskResult.objects.exclude(pk=task.pk).count() == 1


def test_task_delivers(mailoutbox: list[Any]) -> None:
    from network.tasks import deliver_outbox

    queue("alix", now=now())
    assert deliver_outbox.call() == 1
    assert [mail.to for mail in mailoutbox] == [["alix@example.org"]]
