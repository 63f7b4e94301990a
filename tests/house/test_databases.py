"""The tests' own ground: what migrations lay down is there for every test, in any order."""

import threading

import pytest
from django.db import connection
from wagtail.models import Locale, Page, Site

from network.actions.journal import record
from network.models import User
from portal.kit.clock import now


def people() -> int:
    return User.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_commits_gone_for_the_next_test(turn: int) -> None:
    assert people() == 0
    assert Site.objects.count() == 1
    assert Page.objects.filter(depth=1).count() == 1
    assert Locale.objects.count() == 2
    user = User.objects.create_user("a@example.org")
    record(verb="test.written", by=user, at=now())  # append-only: a flush could not empty it
    Site.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_threads_see_commits() -> None:
    User.objects.create_user("a@example.org")
    seen: list[int] = []

    def look() -> None:
        seen.append(people())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_plain_test_after_commits() -> None:
    assert people() == 0
    assert Site.objects.count() == 1
