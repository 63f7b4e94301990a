"""The paid day of the demo alone: through real actions, on the stand-in, and sound."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fees.selectors.cards import year_of_cards
from home.demo_data.calendar import Calendar
from home.demo_data.meetings import EDITOR, plan_meetings
from home.demo_data.sheets import ProfessionalLine
from home.demo_data.story import Story
from network.enums import Role
from portal.kit import clock
from tests.factories.network import make_professional, make_user
from tests.public_site import NOW
from training.actions.meetings import keep_all
from training.models import BalanceMove, CardPayment, CardRefund, Invoice, Payout
from training.selectors.verify_meetings import recount_meetings
from training.selectors.verify_payments import recount_numbers, recount_payments, recount_payouts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_reference")]


def test_paid_day_of_the_demo(settings: Any, tmp_path: Path) -> None:
    settings.STRIPE_KEY = "rk_test_demo"
    settings.STAND_IN_FILE = tmp_path / "cards.sqlite3"
    keep_all(now=clock.now())
    story = Story(Calendar(NOW.date()))
    story.users[EDITOR] = make_user(Role.EDITOR)
    for line in list(ProfessionalLine.all())[:18]:
        person = make_user(Role.CLINICIAN)
        story.professionals[line.professional] = make_professional(user=person)
    plan_meetings(story)
    story.tell()
    states = Counter(CardPayment.objects.values_list("state", "amount"))
    assert states == {("paid", 6000): 9, ("paid", 4000): 7}
    assert Invoice.objects.count() == 16
    waiting = CardRefund.objects.get()
    assert (waiting.state, waiting.amount) == ("asked", 3000)
    payout = Payout.objects.get()
    dates = {timezone.localdate(each.made_at) for each in BalanceMove.objects.all()}
    days = sorted({timezone.localdate(each.opened_at) for each in CardPayment.objects.all()})
    assert dates == {*days, payout.arrives_on - timedelta(days=1)}
    assert payout.arrives_on == NOW.date() - timedelta(days=3)
    year = year_of_cards(NOW.year, today=NOW.date())
    assert [each.verdict for each in year.open_items()] == ["fee_differs"]
    assert year.chain.sums[payout.key].net == payout.amount
    for recount in (recount_meetings, recount_payments, recount_numbers, recount_payouts):
        assert list(recount(Counter())) == []
