"""Minutes typed in two windows: each word is kept, and none covers another in silence."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from network.enums import Profession
from network.models import RcpMinutes
from tests.factories.fees import account
from tests.factories.network import make_patient, make_professional
from tests.factories.rcp import hold, make_file, make_meeting
from tests.journeys.watch import Check, Enter

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = re.compile("Brouillon enregistré à")


def test_minutes_are_kept_as_they_are_typed_and_two_windows_meet(
    page: Page, enter: Enter, axe: Check
) -> None:
    chair = make_professional(profession=Profession.DOCTOR, title="Dr")
    meeting = make_meeting(chair=chair)
    file = make_file(meeting, make_patient(followed_by=chair))
    hold(meeting, [chair])
    enter(page, account(chair))
    address = reverse("network:rcp_minutes", args=[file.pk])
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for words in ("Douleur stable.", "Douleur stable, reprise possible."):
        page.get_by_label("Discussion").fill(words)
        page.get_by_label("Discussion").blur()
        expect(page.locator("[data-kept]")).to_contain_text(KEPT)
        page.wait_for_timeout(300)  # the second answer has the same words as the first
    other.get_by_label("Conclusion").fill("Mi-temps.")
    other.get_by_label("Conclusion").blur()
    expect(other.locator("[data-not-kept]")).to_contain_text("changé ailleurs")
    other.get_by_role("button", name="Garder le brouillon").click()
    expect(other.get_by_text("Douleur stable, reprise possible.")).to_be_visible()
    expect(other.get_by_label("Conclusion")).to_have_value("Mi-temps.")
    axe(other)
    other.get_by_label("Discussion").fill("Douleur stable, reprise possible.")
    other.get_by_role("button", name="Signer ce compte rendu").click()
    expect(other.get_by_text("Le compte rendu est signé.")).to_be_visible()
    signed = RcpMinutes.objects.get()
    assert (signed.discussion, signed.conclusion) == (
        "Douleur stable, reprise possible.",
        "Mi-temps.",
    )
