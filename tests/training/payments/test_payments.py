"""Paid registrations, end to end on the stand-in: held, paid, refused, too late, given back."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from network.enums import Role
from network.models import OutboxMessage, User
from tests.cards import (
    make_paid_meeting,
    open_page,
    pay_there,
    service,
    settle,
    take_seat,
)
from tests.factories.network import make_professional, make_user
from tests.public_site import NOW
from training.actions.meetings import call_off
from training.actions.payments import TooLate
from training.actions.refund_decisions import ask_refund, decide_refund
from training.actions.registrations import Refused, cancel, register, settle_all
from training.enums import Mode, NoSeat, Profile
from training.gateways import desk
from training.gateways.stand_in.books import end_dispute, refund
from training.gateways.stand_in.server import StandIn
from training.models import CardPayment, CardRefund, Invoice, Registration
from training.selectors.verify_meetings import recount_meetings
from training.selectors.verify_payments import recount_payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_reference")]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def person() -> User:
    return make_user(Role.CLINICIAN)


def subjects(person: User) -> list[str]:
    sent = OutboxMessage.objects.filter(to=person.email).order_by("pk")
    return [each.subject.partition("\u00a0:")[0] for each in sent]


def state_of(registration: Registration) -> tuple[str, int | None]:
    registration.refresh_from_db()
    return registration.state, registration.seat


def assert_sound() -> None:
    for each in (recount_meetings, recount_payments):
        assert list(each(Counter())) == []


def test_without_keys_a_paid_meeting_takes_nobody_but_who_pays_nothing(person: User) -> None:
    meeting = make_paid_meeting()
    with pytest.raises(Refused) as refused:
        take_seat(meeting, person, NOW)
    assert refused.value.no == NoSeat.NO_PAYMENT
    assert take_seat(meeting, person, NOW, Profile.STUDENT).is_booked
    employed = make_user(Role.CLINICIAN)
    make_professional(user=employed, employee=True)
    assert register(meeting=meeting, mode=Mode.VIDEO, by=employed, now=NOW).is_booked


def test_profile_is_asked_where_the_price_depends_on_it(cards: StandIn, person: User) -> None:
    with pytest.raises(Refused) as refused:
        register(meeting=make_paid_meeting(), mode=Mode.VIDEO, by=person, now=NOW)
    assert refused.value.no == NoSeat.NO_PROFILE


def test_seat_is_held_then_paid_and_invoiced(cards: StandIn, person: User) -> None:
    seat = take_seat(make_paid_meeting(), person, NOW)
    assert (state_of(seat), subjects(person)) == (("paying", 1), [])
    payment = open_page(seat, NOW)
    assert open_page(seat, NOW).pk == payment.pk  # the same page, as long as it is open

    assert pay_there(cards, payment, "4000000000000002") == "card_declined"
    settle(NOW)
    assert state_of(seat) == ("paying", 1)
    pay_there(cards, payment)
    assert state_of(seat) == ("paying", 1)  # paid there, and nobody has told
    desk.refresh(payment, gateway=service(), now=NOW)
    desk.refresh(payment, gateway=service(), now=NOW)
    payment.refresh_from_db()
    assert (state_of(seat), payment.state, payment.kept) == (("booked", 1), "paid", True)
    invoice = Invoice.objects.get()
    assert (invoice.code, invoice.amount) == ("2026-00001", 12000)
    assert subjects(person) == ["Paiement reçu, vous êtes inscrit"]
    assert_sound()


def test_seat_not_paid_in_time_goes_to_who_waits(cards: StandIn, person: User) -> None:
    meeting = make_paid_meeting(seats_remote=1)
    held, waiting = take_seat(meeting, person, NOW), make_user(Role.CLINICIAN)
    line = take_seat(meeting, waiting, NOW)
    payment = open_page(held, NOW)
    settle(LATER)
    settle_all(now=LATER)
    payment.refresh_from_db()
    assert (state_of(held), payment.state) == (("lapsed", None), "expired")
    assert state_of(line) == ("paying", 1)
    assert subjects(waiting) == ["Liste d’attente", "Une place à payer"]
    with pytest.raises(TooLate):
        desk.pay(held, by=person, gateway=service(), now=LATER)
    assert_sound()


@pytest.mark.parametrize("taken", [False, True])
def test_payment_that_arrives_late_is_seated_or_given_back(
    cards: StandIn, person: User, taken: bool
) -> None:
    meeting = make_paid_meeting(seats_remote=1)
    held = take_seat(meeting, person, NOW)
    payment = open_page(held, NOW)
    settle_all(now=LATER)  # the card service did not answer: the seat went on without it
    assert state_of(held) == ("lapsed", None)
    other = take_seat(meeting, make_user(Role.CLINICIAN), LATER) if taken else None
    pay_there(cards, payment)
    settle(LATER)
    settle(LATER)
    payment.refresh_from_db()
    if other:
        assert (state_of(held), payment.state, payment.kept) == (
            ("lapsed", None),
            "refunded",
            False,
        )
        assert state_of(other) == ("paying", 1)
        assert CardRefund.objects.get().cause == "late"
        assert "Paiement arrivé trop tard" in subjects(person)
        assert not Invoice.objects.exists()
    else:
        assert (state_of(held), payment.state, payment.kept) == (("booked", 1), "paid", True)
    assert_sound()


def test_giving_up_closes_the_page_or_gives_back_by_the_rule(cards: StandIn, person: User) -> None:
    meeting = make_paid_meeting()  # in twenty days
    held = take_seat(meeting, person, NOW)
    opened = open_page(held, NOW)
    cancel(registration=held, by=person, now=NOW)
    settle(NOW)
    opened.refresh_from_db()
    assert (opened.state, pay_there(cards, opened)) == ("expired", "expired")

    again = take_seat(meeting, person, NOW)
    payment = open_page(again, NOW)
    pay_there(cards, payment)
    desk.refresh(payment, gateway=service(), now=NOW)
    cancel(registration=again, by=person, now=NOW + timedelta(days=10))
    settle(NOW)
    settle(NOW)
    payment.refresh_from_db()
    assert (payment.state, payment.refunded) == ("partly", 6000)
    codes = [(each.kind, each.code) for each in Invoice.objects.all()]
    assert codes == [("invoice", "2026-00001"), ("credit", "2026-00002")]
    assert len(list(cards.books.all("refund"))) == 1
    assert_sound()


def test_paid_while_it_was_given_up_is_given_back(cards: StandIn, person: User) -> None:
    held = take_seat(make_paid_meeting(), person, NOW)
    payment = open_page(held, NOW)
    pay_there(cards, payment)
    cancel(registration=held, by=person, now=NOW)
    settle(NOW)
    settle(NOW)
    payment.refresh_from_db()
    assert (state_of(held), payment.state) == (("cancelled", None), "refunded")
    assert_sound()


def test_meeting_called_off_gives_all_back(cards: StandIn, person: User) -> None:
    meeting = make_paid_meeting()
    payment = open_page(take_seat(meeting, person, NOW), NOW)
    pay_there(cards, payment)
    desk.refresh(payment, gateway=service(), now=NOW)
    unpaid = take_seat(meeting, make_user(Role.CLINICIAN), NOW)
    opened = open_page(unpaid, NOW)
    call_off(meeting=meeting, reason="Salle fermée", by=make_user(Role.EDITOR), now=NOW)
    settle(NOW)
    settle(NOW)
    for each in (payment, opened):
        each.refresh_from_db()
    assert (payment.state, opened.state, state_of(unpaid)) == (
        "refunded",
        "expired",
        ("over", None),
    )
    assert_sound()


def test_refund_that_the_card_service_refuses_is_told_and_not_repeated(
    cards: StandIn, person: User
) -> None:
    held = take_seat(make_paid_meeting(), person, NOW)
    payment = open_page(held, NOW)
    pay_there(cards, payment)
    found = desk.refresh(payment, gateway=service(), now=NOW)
    refund(cards.books, {"payment_intent": found.intent})  # whole, outside the portal
    cancel(registration=held, by=person, now=NOW)
    settle(NOW)
    settle(NOW)
    states = Counter(CardRefund.objects.values_list("cause", "state"))
    assert states == {("given_up", "failed"): 1, ("elsewhere", "done"): 1}
    payment.refresh_from_db()
    assert payment.state == "refunded"
    assert_sound()


def test_other_way_of_attending_keeps_the_payment(cards: StandIn, person: User) -> None:
    meeting = make_paid_meeting(seats_on_site=2)
    held = take_seat(meeting, person, NOW)
    payment = open_page(held, NOW)
    moved = register(meeting=meeting, mode=Mode.ON_SITE, by=person, now=NOW)
    assert (moved.pk, moved.mode, moved.state) == (held.pk, "on_site", "paying")
    pay_there(cards, payment)
    desk.refresh(payment, gateway=service(), now=NOW)
    assert state_of(held) == ("booked", 1)
    assert register(meeting=meeting, mode=Mode.VIDEO, by=person, now=NOW).pk == held.pk
    assert_sound()


def test_question_cut_before_its_answer_finds_the_same_page(
    cards: StandIn, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = take_seat(make_paid_meeting(), person, NOW)
    with monkeypatch.context() as patch:
        patch.setattr("training.gateways.desk.act.note_facts", _killed)
        with pytest.raises(SystemExit):
            desk.pay(held, by=person, gateway=service(), now=NOW)
    payment = CardPayment.objects.get()
    assert (payment.state, payment.session) == ("opening", None)
    settle(NOW + timedelta(minutes=3))
    payment.refresh_from_db()
    sessions = [each["id"] for each in cards.books.all("checkout.session")]
    assert (payment.state, sessions) == ("open", [payment.session])


def _killed(**facts: Any) -> None:
    raise SystemExit


def test_dispute_is_noted_and_its_end_too(cards: StandIn, person: User) -> None:
    payment = open_page(take_seat(make_paid_meeting(), person, NOW), NOW)
    pay_there(cards, payment, "4000000000000259")
    found = desk.refresh(payment, gateway=service(), now=NOW)
    assert (found.state, found.dispute) == ("paid", "open")
    end_dispute(cards.books, next(cards.books.all("dispute")), won=False)
    assert desk.refresh(payment, gateway=service(), now=NOW).dispute == "lost"


def test_database_refuses_what_the_rules_forbid(cards: StandIn, person: User) -> None:
    payment = open_page(take_seat(make_paid_meeting(), person, NOW), NOW)
    wrong: list[dict[str, Any]] = [
        {"state": "paid"},  # without a day, without the intent
        {"refunded": 12001},
        {"kept": True},
        {"amount": 0},
        {"session": None},
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            CardPayment.objects.filter(pk=payment.pk).update(**change)
    twin = CardPayment.objects.get(pk=payment.pk)
    twin.pk, twin.attempt, twin.session = None, 2, "cs_other"
    twin.uid = Registration.objects.get(person=person).uid
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_confirmed_refund_frees_the_seat_when_it_was_asked_to(cards: StandIn, person: User) -> None:
    meeting = make_paid_meeting(seats_remote=1)
    seat, line = take_seat(meeting, person, NOW), take_seat(meeting, make_user(Role.CLINICIAN), NOW)
    payment = open_page(seat, NOW)
    pay_there(cards, payment)
    payment = desk.refresh(payment, gateway=service(), now=NOW)
    begun = meeting.starts_at
    assert begun is not None
    for frees, now, expected in (
        (False, NOW, [("booked", 1), ("waiting", None)]),
        (True, begun, [("booked", 1), ("waiting", None)]),
        (True, NOW, [("cancelled", None), ("paying", 1)]),
    ):
        refund_by_two(payment, 4000, now, frees_seat=frees)
        assert [state_of(seat), state_of(line)] == expected
    settle(NOW)
    payment.refresh_from_db()
    assert (payment.state, payment.documents.count()) == ("refunded", 4)
    assert subjects(person)[1:] == ["Inscription annulée", *["Remboursement"] * 3]
    assert_sound()


def refund_by_two(payment: CardPayment, cents: int, now: datetime, *, frees_seat: bool) -> None:
    asked = ask_refund(
        payment=payment,
        cents=cents,
        reason="Empêché",
        by=make_user(Role.EDITOR),
        now=now,
        frees_seat=frees_seat,
    )
    accountant = make_user(Role.ACCOUNTANT)
    for _twice in range(2):
        decide_refund(refund=asked, confirm=True, by=accountant, now=now)
