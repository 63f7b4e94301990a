"""Who registered for the season: two events to come, one of them paid by card on the stand-in of
the card service, a refund that waits for a second person, and a date that some wait for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from home.demo_data.calendar import at
from home.demo_data.sheets import ProfessionalLine, document
from home.demo_data.story import Story
from network.models import User
from training.actions.refund_decisions import ask_refund
from training.actions.registrations import ask_for_date, register
from training.enums import Mode, Profile
from training.gateways import desk
from training.gateways.card import Gateway
from training.gateways.stand_in.books import pay_checkout, pay_out
from training.gateways.stand_in.server import StandIn, running
from training.models import CardPayment, Meeting, Registration, WebinarPage

CARD = "4242424242424242"
SWISS_CARD = "4000007560000009"
EDITOR = "plumefin"


def plan_meetings(story: Story) -> None:
    people = [line.professional for line in ProfessionalLine.all()]
    sheet = document("meetings.toml")
    for told in sheet["registered"]:
        for rank, name in enumerate(people[told["skip"] : told["first"]]):
            each = told | {"card": SWISS_CARD if name == told.get("abroad") else CARD}
            deed = partial(_register, story, name, each)
            story.then(at(story.calendar.day(each["on"]), 12, rank), deed)
    refund = sheet["refund"]
    story.then(at(story.calendar.day(sheet["payout"]["on"]), 20), _pay_out)
    day = story.calendar.day(refund["on"])
    story.then(at(day, 10), partial(_ask_refund, story, refund))


def _register(story: Story, name: str, told: dict[str, Any], now: datetime) -> None:
    person, meeting = _person(story, name), _meeting(told["slug"])
    mode, profile = told.get("mode"), told.get("profile")
    if not mode:
        ask_for_date(meeting=meeting, by=person, now=now)
        return
    asked = Profile(profile) if profile else None
    made = register(meeting=meeting, mode=Mode(mode), by=person, now=now, profile=asked)
    if made.is_paying:
        _pay(made, told["card"], now)


def _pay(registration: Registration, card: str, now: datetime) -> None:
    """Through the page of the stand-in, as anybody does; its news come with the server."""
    with _card_service(now) as (stand_in, service):
        desk.pay(registration, by=registration.person, gateway=service, now=now)
        payment = CardPayment.objects.get(registration=registration)
        page = stand_in.books.get(str(payment.session), "checkout.session")
        pay_checkout(stand_in.books, page, card)
        desk.refresh(payment, gateway=service, now=now)


def _pay_out(now: datetime) -> None:
    """Expected at the bank the next day; all is read, however far the story is from today."""
    far = abs(timezone.now() - now).days + 30
    with _card_service(now) as (stand_in, service):
        pay_out(stand_in.books)
        desk.sync_balance(gateway=service, now=now, days=far)


def _ask_refund(story: Story, told: dict[str, Any], now: datetime) -> None:
    paid = CardPayment.objects.get(
        kept=True,
        registration__meeting=_meeting(told["slug"]),
        registration__person=_person(story, told["professional"]),
    )
    editor, cents = story.users[EDITOR], told["euros"] * 100
    ask_refund(payment=paid, cents=cents, reason=told["reason"], by=editor, now=now)


@contextmanager
def _card_service(now: datetime) -> Iterator[tuple[StandIn, Gateway]]:
    offset = (now - timezone.now()).total_seconds()
    with running(path=settings.STAND_IN_FILE, offset=offset) as stand_in:
        yield stand_in, Gateway(settings.STRIPE_KEY, api=stand_in.base)


def _person(story: Story, name: str) -> User:
    person = story.professionals[name].user
    if person is None:
        raise LookupError(name)
    return person


def _meeting(slug: str) -> Meeting:
    page = WebinarPage.objects.get(slug=slug)
    found: Meeting = Meeting.objects.get(key=page.translation_key)
    return found
