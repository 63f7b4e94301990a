"""A clinician watches a recording by keyboard: finds a passage, answers, is credited."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import home.demo_data
from network.enums import Role
from portal.kit import clock
from tests.factories.meetings import make_meeting
from tests.factories.network import make_professional, make_user
from tests.factories.replays import make_question, make_replay
from tests.journeys.watch import Check, Enter
from training.actions.replays import tell_seen
from training.models import Attestation, ReplayAnswer, Viewing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]
FILM = Path(home.demo_data.__file__).parent / "data/replay/bouger-malgre-la-douleur.webm"
CUES = [
    (0, 20_000, "Bonsoir à tous.", "Une infirmière"),
    (20_000, 60_000, "On commence par le sommeil.", "Un médecin"),
    (60_000, 95_500, "Merci d’être venus.", ""),
]


def test_recording_watched_by_keyboard_searched_answered_and_credited(
    page: Page, enter: Enter, axe: Check
) -> None:
    meeting = make_meeting(starts_at=clock.now() - timedelta(days=3))
    replay = make_replay(meeting, film=FILM.read_bytes(), cues=CUES)
    make_question(replay, second=62)
    hugo = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire")
    make_professional(user=hugo)
    # the beginning was watched another day; what the journey plays completes it
    past = clock.now() - timedelta(days=1)
    tell_seen(replay=replay, told=[], by=hugo, now=past)
    for second in range(0, 62, 31):
        past += timedelta(seconds=31)
        tell_seen(replay=replay, told=[(second, second + 31)], by=hugo, now=past)
    tell_seen(replay=replay, told=[(66, 81)], by=hugo, now=past + timedelta(seconds=20))
    assert not Attestation.objects.exists()

    enter(page, hugo)
    page.goto(f"/se-former/rencontres/{meeting.key}/replay/")
    film = page.get_by_label("Enregistrement de la rencontre")
    expect(film).to_have_js_property("duration", 96)
    assert film.evaluate("v => v.textTracks[0].mode") == "showing"
    axe(page)

    page.get_by_label("Chercher ce qui est dit").fill("SOMMEIL")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="1\u00a0passage")).to_be_visible()
    page.get_by_role("link", name="0:20").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=SOMMEIL#t=20$"))
    expect(film).to_be_focused()
    expect(film).to_have_js_property("currentTime", 20)
    page.reload()  # the address opens at the same second
    expect(film).to_have_js_property("currentTime", 20)
    axe(page)

    page.get_by_role("link", name="1:00 Traiter").press("Enter")
    expect(film).to_have_js_property("currentTime", 60)
    expect(film).to_be_focused()
    page.keyboard.press("Space")  # the browser's own key
    question = page.locator("[data-question='62']")
    expect(question).to_be_focused(timeout=20_000)
    assert film.evaluate("v => v.paused")
    page.get_by_label("Le sommeil").press("Space")
    page.get_by_role("button", name="Valider ma réponse").press("Enter")
    expect(page.get_by_text("Le sommeil commande le reste.")).to_be_visible()
    assert ReplayAnswer.objects.get().credit == 1
    axe(page)

    expect(page.get_by_text("Votre attestation est prête.")).to_be_visible()
    viewing = Viewing.objects.get()
    assert viewing.seconds >= 77
    assert Attestation.objects.get().learner == hugo
