"""Many people at the same instant on the seats of one meeting: real threads, no server."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError

from network.enums import Role
from network.models import OutboxMessage, User
from portal.kit import clock
from tests.factories.meetings import make_meeting
from tests.factories.network import make_user
from tests.proofs.scale import scaled
from tests.proofs.threads import faults, together
from training.actions.registrations import Busy, cancel, register
from training.enums import Mode, SeatState
from training.models import Registration
from training.selectors.verify_meetings import recount_meetings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
CROWD = scaled(12, 50)
SEATS = 5


def patiently(do: Callable[[], Any]) -> Callable[[], Any]:
    """Whoever is told that there is a crowd tries again, as the page says."""

    def again() -> Any:
        while True:
            try:
                return do()
            except (Busy, OperationalError):
                time.sleep(0.05)

    return again


def test_crowd_on_five_seats_then_half_of_them_give_up() -> None:
    now, meeting = clock.now(), make_meeting(seats_remote=SEATS)
    people: list[User] = [make_user(Role.CLINICIAN) for _ in range(CROWD)]
    asking = [
        patiently(partial(register, meeting=meeting, mode=Mode.VIDEO, by=each, now=now))
        for each in people
        for _tap in range(2)  # everybody taps twice
    ]
    assert faults(together(*asking)) == []
    rows = Registration.objects.order_by("pk")
    assert Counter(rows.values_list("state", flat=True)) == {
        SeatState.BOOKED: SEATS,
        SeatState.WAITING: CROWD - SEATS,
    }
    seats = rows.filter(seat__isnull=False).values_list("seat", flat=True)
    assert sorted(each for each in seats if each) == list(range(1, SEATS + 1))
    assert OutboxMessage.objects.count() == CROWD  # one mail each, whatever the taps

    leaving = list(rows.filter(state=SeatState.BOOKED).select_related("person"))[:3]
    later = now + timedelta(minutes=1)
    giving_up = [
        patiently(partial(cancel, registration=each, by=each.person, now=later))
        for each in leaving
        for _tap in range(2)
    ]
    assert faults(together(*giving_up)) == []
    assert Counter(rows.values_list("state", flat=True)) == {
        SeatState.BOOKED: SEATS,
        SeatState.WAITING: CROWD - SEATS - 3,
        SeatState.CANCELLED: 3,
    }
    seated = list(rows.filter(seated_at=later).values_list("pk", flat=True))
    first = list(rows.exclude(pk__in=[each.pk for each in leaving]).order_by("made_at", "pk"))
    waited = [each.pk for each in first if each.seated_at != now]
    assert sorted(seated) == waited[:3]  # in the order of the line
    assert list(recount_meetings(Counter())) == []
