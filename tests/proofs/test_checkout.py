"""The last seat of a paid meeting, wanted by many at the same instant: sold once."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from network.enums import Role
from portal.kit import clock
from tests.cards import cards, make_paid_meeting, open_page, pay_there, service, settle, take_seat
from tests.factories.network import make_user
from tests.proofs.scale import scaled
from tests.proofs.test_meetings import patiently
from tests.proofs.threads import faults, together
from training.actions.registrations import settle_all
from training.gateways import desk
from training.gateways.stand_in.server import StandIn
from training.models import CardPayment, Registration
from training.selectors.verify_meetings import recount_meetings
from training.selectors.verify_payments import recount_numbers, recount_payments

__all__ = ["cards"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
CROWD = scaled(6, 50)


def test_last_seat_asked_for_by_a_crowd_is_held_by_one(cards: StandIn) -> None:
    now, meeting = clock.now(), make_paid_meeting(seats_remote=1)
    people = [make_user(Role.CLINICIAN) for _ in range(CROWD)]
    asking = [patiently(partial(take_seat, meeting, each, now)) for each in people]
    assert faults(together(*asking)) == []
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"paying": 1, "waiting": CROWD - 1}  # told before paying


def test_last_seat_paid_late_by_a_crowd_is_sold_once_and_the_others_refunded(
    cards: StandIn,
) -> None:
    now, meeting = clock.now(), make_paid_meeting(seats_remote=1)
    pages = []
    for _each in range(CROWD):  # each holds the seat in turn, and the card service is silent
        pages.append(open_page(take_seat(meeting, make_user(Role.CLINICIAN), now), now))
        now += timedelta(hours=1)
        settle_all(now=now)
    assert {pay_there(cards, page) for page in pages} == {""}
    told = [
        patiently(partial(desk.refresh, page, gateway=service(), now=now))
        for page in pages
        for _twice in range(2)
    ]
    assert faults(together(*told)) == []
    settle(now)
    settle(now)
    rows = CardPayment.objects.values_list("state", "kept")
    assert Counter(rows) == {("paid", True): 1, ("refunded", False): CROWD - 1}
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"booked": 1, "lapsed": CROWD - 1}
    assert len(list(cards.books.all("refund"))) == CROWD - 1
    for recount in (recount_meetings, recount_payments, recount_numbers):
        assert list(recount(Counter())) == []
