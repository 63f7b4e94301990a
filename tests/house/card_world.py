"""The card payments of the access matrix: one of mine, one of theirs, with what follows from it."""

from decimal import Decimal
from typing import Any

from django.test import override_settings

from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.cards import pay
from tests.factories.meetings import make_meeting
from tests.factories.network import make_user
from training.actions.balance import keep_payout
from training.actions.refund_decisions import ask_refund
from training.actions.registrations import register
from training.enums import Mode, Profile

type Values = dict[tuple[str, str], dict[str, Any]]


def card_values(me: User, them: User) -> Values:
    """The parameters of the addresses of card payments."""
    values: Values = {}
    now, liberal = clock.now(), Profile.LIBERAL
    paid = make_meeting(price_liberal=Decimal(60))
    held = make_meeting(price_liberal=Decimal(60))
    for label, person in (("own", me), ("other", them)):
        with override_settings(STRIPE_KEY="rk_test_world"):
            seat = register(meeting=paid, mode=Mode.VIDEO, by=person, now=now, profile=liberal)
            to_pay = register(meeting=held, mode=Mode.VIDEO, by=person, now=now, profile=liberal)
        payment = pay(seat, person)
        values["training:registration_pay", label] = {"uid": to_pay.uid}
        values["training:payment", label] = {"pk": payment.pk}
        values["training:refund_ask", label] = {"pk": payment.pk}
        asked = ask_refund(
            payment=payment, cents=100, reason="Erreur", by=make_user(Role.EDITOR), now=now
        )
        values["training:refund_decide", label] = {"pk": asked.pk}
        invoice = {"pk": payment.documents.get().pk}
        values["training:my_invoice", label] = values["training:invoice", label] = invoice
    payout = keep_payout(
        key="po_1", amount=100, state="paid", automatic=True, arrives_on=clock.today(), now=now
    )
    values["training:payout", "other"] = {"pk": payout.pk}
    return values
