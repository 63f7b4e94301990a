"""The delays of answers on the queue's page: what counts, and that one query counts it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.patients import include, turn_away
from network.actions.requests import complete_file
from network.enums import PathwayState, Role
from network.models import Patient, User
from network.pathway import Delays
from network.selectors.decision_delays import decision_delays
from portal.kit import clock
from tests.factories.network import make_patient, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def decided(days: int, *, ago: int = 1, completed: bool = True) -> Patient:
    """Decided that many days ago, that many days after the file was complete."""
    on = TODAY - timedelta(days=ago)
    patient = make_patient(
        state=PathwayState.INCOMPLETE,
        requested_on=on - timedelta(days=days + 3),
        completed_on=None,
        included_on=None,
    )
    by = make_user(Role.COORDINATOR)
    if completed:
        complete_file(patient=patient, on=on - timedelta(days=days), by=by, now=NOW)
    return include(patient=patient, decided_on=on, by=by, now=NOW)


def test_each_decision_of_the_quarter_counts_once() -> None:
    for days, ago in ((4, 1), (15, 40), (16, 89)):
        decided(days, ago=ago)
    decided(2, ago=90)  # a day too old
    assert decision_delays(TODAY) == Delays(decided=3, in_time=2, median=15)


def test_answer_to_an_incomplete_file_has_no_delay() -> None:
    decided(4, completed=False)
    assert decision_delays(TODAY) == Delays(0, 0, None)


def test_request_asked_again_counts_from_its_last_complete_file() -> None:
    patient = make_patient(
        state=PathwayState.INCOMPLETE, requested_on=TODAY, completed_on=None, included_on=None
    )
    by = make_user(Role.COORDINATOR)
    complete_file(patient=patient, on=TODAY, by=by, now=NOW)
    turn_away(patient=patient, outcome=PathwayState.REFUSED, reason="Non", by=by, now=NOW)
    assert decision_delays(TODAY) == Delays(1, 1, 0)


def test_delays_are_counted_by_one_query_whatever_the_number() -> None:
    for days in (1, 2, 3):
        decided(days)
    with CaptureQueriesContext(connection) as queries:
        decision_delays(TODAY)
    assert len(queries) == 1


def test_queue_says_the_share_with_its_figures_and_the_median(
    signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    desk = signed_in(make_user(Role.COORDINATOR))
    page = reverse("network:queue")
    assert "délai médian" not in desk.get(page).text
    for days in (4, 5, 20, 21):
        decided(days)
    shown = desk.get(page).text
    assert "90\u00a0derniers jours" in shown
    assert "2 sur 4" in shown.replace("\u00a0", " ")
    assert "(50\u00a0%)" in shown
    assert "12,5\u00a0jours" in shown
