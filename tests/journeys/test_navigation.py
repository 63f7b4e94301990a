"""The main navigation: one line on a desk, under the thumb on a phone, whoever one is."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from network.enums import Role
from network.models import User
from tests.factories.network import make_professional, make_user
from tests.journeys.watch import DESK, PHONE, Enter, overflow

pytestmark = pytest.mark.django_db(transaction=True)
LINES = """() => new Set([...document.querySelectorAll(".mainnav > ul > li")]
    .filter(door => door.offsetParent).map(door => door.offsetTop)).size"""


def make_long_named(role: Role) -> User:
    user = make_user(role, first_name="Anne-Sophie", last_name="Vasseur-Montaigne")
    if role is Role.CLINICIAN:
        make_professional(user=user)  # who notes acts has more doors
    return user


@pytest.mark.parametrize("role", list(Role))
def test_doors_hold_on_one_line(page: Page, enter: Enter, role: Role) -> None:
    enter(page, make_long_named(role))
    page.goto(reverse("home:dashboard"))
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate(LINES) == 1
        assert overflow(page) == 0


def test_director_finds_what_was_attested_behind_one_door(phone: Page, enter: Enter) -> None:
    enter(phone, make_user(Role.MEDICAL_DIRECTOR))
    phone.goto(reverse("home:dashboard"))
    phone.get_by_text("Plus", exact=True).click()
    phone.locator(".mainnav details").get_by_role("link", name="Formation").click()
    phone.get_by_role("link", name="Attestations délivrées").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Attestations délivrées")
    phone.get_by_role("link", name="Formation").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Formation")
