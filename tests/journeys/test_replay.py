"""A recording, by keyboard: watched, searched, answered, credited; its questions written."""

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
from training.rules.asking import Choice
from training.selectors.replays import asked_of

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


def test_editor_writes_questions_by_keyboard_and_loses_nothing(
    page: Page, enter: Enter, axe: Check
) -> None:
    meeting = make_meeting(starts_at=clock.now() - timedelta(days=3))
    replay = make_replay(meeting, cues=CUES)
    make_question(replay, second=62)
    enter(page, make_user(Role.EDITOR))
    page.goto(f"/formation-rencontres/{meeting.pk}/replay/")
    page.get_by_role("link", name="Modifier les questions").press("Enter")
    known = page.get_by_role("group", name="Question 1", exact=True)
    expect(known.get_by_label("À quel moment")).to_have_value("1:02")
    expect(known.get_by_label("C’est une bonne réponse").first).to_be_checked()
    page.get_by_role("button", name="Ajouter une question").press("Enter")
    expect(page).to_have_url(re.compile("#q-1$"))

    asked = page.get_by_role("group", name="Question 2", exact=True)
    asked.get_by_label("À quel moment").fill("0:61")
    asked.get_by_label("Question", exact=True).fill("Par quoi commencer\u202f?")
    asked.get_by_label("Réponse 1", exact=True).fill("Par tout à la fois")
    asked.get_by_label("Réponse 2", exact=True).fill("Par le sommeil")
    second = asked.get_by_role("group", name="Réponse 2")
    second.get_by_label("C’est une bonne réponse").press("Space")
    second.get_by_label("Ce que l’on en dit après").fill("On le demande toujours.")
    second.get_by_role("button", name="Monter").press("Enter")
    expect(asked.get_by_label("Réponse 1", exact=True)).to_have_value("Par le sommeil")
    axe(page)
    asked.get_by_label("À quel moment").press("Enter")  # saves, as the main button does

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Écrivez un temps comme 12:30.").press("Enter")
    mark = asked.get_by_label("À quel moment")
    expect(mark).to_be_focused()
    expect(mark).to_have_value("0:61")
    axe(page)
    mark.fill("0:40")
    page.get_by_role("button", name="Enregistrer les questions").press("Enter")
    expect(page.get_by_text("Les questions sont enregistrées.")).to_be_visible()
    axe(page)
    found = [(each.second, each.question.choices) for each in asked_of(replay)]
    right = Choice("Par le sommeil", True, "On le demande toujours.")
    assert found[0] == (40, (right, Choice("Par tout à la fois", False)))
    assert [second for second, _choices in found] == [40, 62]
