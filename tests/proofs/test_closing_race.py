"""A month is closed while somebody writes in it: the entry is in the figures, or it is refused.

The control takes the hold on the books away (PostgreSQL: SQLite has one writer anyway), and the
recount must then find what slipped in.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from fees.actions import closings as actions
from fees.actions.books import grant_envelope
from fees.actions.closings import close_month
from fees.actions.steps import Conflict
from fees.closing import Span
from fees.enums import Entry
from fees.models import BookEntry, Closing
from fees.selectors.verify_closings import recount_closings
from network.enums import Role
from network.models import User
from tests.factories.fees import at
from tests.factories.network import make_user

pytestmark = pytest.mark.django_db(transaction=True)
JULY = Span(2026, 7)
IN_JULY, IN_AUGUST = at(date(2026, 7, 31), 23), at(date(2026, 8, 1), 0)


@pytest.fixture(params=["held", "control"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    if request.param == "control":
        monkeypatch.setattr(actions, "_hold_the_books", lambda: None)
    yield request.param == "held" or connection.vendor != "postgresql"
    monkeypatch.undo()


def granted(by: User, decision: str) -> None:
    grant_envelope(year=2026, amount=Decimal(10), decision=decision, by=by, now=IN_JULY)


def test_entry_under_way_is_waited_for(held: bool) -> None:
    by = make_user(Role.ACCOUNTANT)
    granted(by, "first")
    written, closing = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                granted(by, "under way")
                written.set()
                closing.wait(1)  # the closing begins, and waits for this commit
        finally:
            connection.close()

    def close() -> None:
        try:
            written.wait(5)
            close_month(span=JULY, by=by, now=IN_AUGUST)
        finally:
            closing.set()
            connection.close()

    threads = [threading.Thread(target=each) for each in (write, close)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    assert BookEntry.objects.filter(kind=Entry.GRANTED).count() == 2
    if held:
        assert Closing.objects.get().entries == 2
        assert list(recount_closings(Counter())) == []
    else:
        assert Closing.objects.get().entries == 1
        assert list(recount_closings(Counter())) != []


def test_entry_after_the_closing_is_refused_to_everybody() -> None:
    by = make_user(Role.ACCOUNTANT)
    granted(by, "first")
    refused: list[str] = []

    def write() -> None:
        try:
            granted(by, "late")
        except Conflict as conflict:
            refused.append(str(conflict))
        finally:
            connection.close()

    with transaction.atomic():
        close_month(span=JULY, by=by, now=IN_AUGUST)
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(0.5)  # it waits for the closing, whatever the database
    thread.join(10)
    assert [each.split("\u00a0")[0] for each in refused] == [
        "Les comptes de juillet 2026 sont clos"
    ]
    assert list(recount_closings(Counter())) == []
