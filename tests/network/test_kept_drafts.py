"""Minutes and doctors' sheets are kept as they are typed, and two pages never cover each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from network.enums import Profession
from network.models import Evaluation, JournalEntry, RcpMinutes, User
from portal.kit import clock
from tests.factories.fees import account
from tests.factories.follow_up import follow, make_doctor
from tests.factories.network import make_patient, make_professional, sign_in
from tests.factories.rcp import hold, make_file, make_meeting

pytestmark = pytest.mark.django_db
type SignedIn = Callable[[User], Client]


@dataclass
class Page:
    """A form that keeps itself: its address, its long field, what it always sends."""

    client: Client
    address: str
    field: str
    always: dict[str, str]
    verb: str
    kept: Callable[[], str]

    def shown(self) -> str:
        return str(self.client.get(self.address).context["shown"])

    def send(self, words: str, shown: str, *how: str) -> Any:
        typed = self.always | {self.field: words, "shown": shown} | dict.fromkeys(how, "1")
        return self.client.post(self.address, typed)


def minutes_page(signed_in: SignedIn) -> Page:
    chair = make_professional(profession=Profession.DOCTOR)
    meeting = make_meeting(chair=chair)
    file = make_file(meeting, make_patient(followed_by=chair))
    hold(meeting, [chair])
    return Page(
        client=signed_in(account(chair)),
        address=reverse("network:rcp_minutes", args=[file.pk]),
        field="discussion",
        always={"conclusion": ""},
        verb="rcp.minutes_written",
        kept=lambda: RcpMinutes.objects.get().discussion,
    )


def sheet_page(signed_in: SignedIn) -> Page:
    patient = make_patient()
    doctor = follow(patient, make_doctor())
    return Page(
        client=signed_in(account(doctor)),
        address=reverse("network:evaluation_write", args=[patient.code, "ceo"]),
        field="pain",
        always={"held_on": f"{clock.today():%Y-%m-%d}"},
        verb="summary.started",
        kept=lambda: Evaluation.objects.get().pain,
    )


@pytest.fixture(params=[minutes_page, sheet_page], ids=["minutes", "sheet"])
def page(request: pytest.FixtureRequest, signed_in: SignedIn) -> Page:
    made: Page = request.param(signed_in)
    return made


@pytest.fixture(autouse=True)
def seconds_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reading of the clock is a second later."""
    start = datetime(2026, 11, 16, 18, tzinfo=UTC)
    beats = iter(range(10_000))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=next(beats)))
    monkeypatch.setattr(clock, "today", start.date)


def test_page_keeps_itself_word_after_word(page: Page) -> None:
    shown = page.shown()
    for words in ("Dou", "Douleur", "Douleur stable."):
        answer = page.send(words, shown, "quiet")
        assert answer.status_code == 204
        shown = answer.headers["X-Shown"]
        assert page.kept() == words
    assert page.shown() == shown
    assert JournalEntry.objects.filter(verb=page.verb).count() == 1


def test_same_words_sent_twice_are_kept_once(page: Page) -> None:
    first = page.shown()
    one, two = (page.send("Douleur stable.", first, "quiet") for _ in range(2))
    assert (one.status_code, two.status_code) == (204, 204)


def test_second_page_does_not_cover_the_first_silently(page: Page) -> None:
    one = two = page.shown()
    page.send("Écrit ici.", one, "quiet")
    refused = page.send("Écrit ailleurs.", two, "quiet")
    assert refused.status_code == 409
    assert "changé ailleurs" in refused.content.decode()
    assert page.kept() == "Écrit ici."
    both = page.send("Écrit ailleurs.", two, "keep")
    assert both.status_code == 422
    assert all(words in both.content.decode() for words in ("Écrit ici.", "Écrit ailleurs."))
    assert page.kept() == "Écrit ici."
    page.send("Écrit ici et ailleurs.", both.context["shown"], "keep")
    assert page.kept() == "Écrit ici et ailleurs."


def test_page_that_cannot_be_kept_says_why(page: Page) -> None:
    lacking = page.always | {"shown": page.shown(), "quiet": "1", "held_on": "", page.field: ""}
    answer = page.client.post(page.address, lacking)
    assert answer.status_code == 409
    assert answer.content.decode().strip() != ""


def test_minutes_signed_by_a_double_click_have_one_version(signed_in: SignedIn) -> None:
    page = minutes_page(signed_in)
    shown = page.shown()
    for _ in range(2):
        assert page.send("Douleur stable.", shown, "sign").status_code == 302
    assert RcpMinutes.objects.get().signed_at is not None


def test_what_was_typed_is_there_after_the_session_ended(page: Page) -> None:
    user = User.objects.get(pk=page.client.session["_auth_user_id"])
    shown = page.shown()
    Session.objects.all().delete()
    page.send("Écrit trop tard.", shown, "keep")
    sign_in(page.client, user)
    back = page.client.get(page.address)
    assert "Écrit trop tard." in back.content.decode()
    assert back.context["shown"] == shown
