"""Recordings: who watches, bytes by range, the transcript, questions, what is credited."""

import io
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import StreamingHttpResponse
from django.test import Client

from network.enums import Profession, Role
from network.models import User
from portal.kit import clock
from portal.kit.verify import Breach
from tests.factories.meetings import make_meeting
from tests.factories.network import make_professional, make_user, sign_in
from tests.factories.replays import CUES, FILM, make_question, make_replay
from tests.public_site import NOW
from tests.training.test_attendance import clinician
from training.actions.replays import (
    Media,
    answer_question,
    keep_questions,
    keep_replay,
    tell_seen,
    withdraw_replay,
)
from training.enums import Audience, MediaKind
from training.exports.attestation import attestation_pdf
from training.models import (
    Attestation,
    Meeting,
    Replay,
    ReplayAnswer,
    ReplayPart,
    Viewing,
)
from training.models.replay import PART_BYTES
from training.selectors import verify_meetings
from training.selectors.replays import asked_of, transcript, version_of

pytestmark = pytest.mark.usefixtures("db", "at_reference")
VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\nBonsoir.\n\n00:04.000 --> 01:40.000\nLa suite.\n"


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/se-former/rencontres/{meeting.key}/replay/{rest}"


def breaches() -> list[Breach]:
    return list(verify_meetings.recount_viewings(Counter()))


def watched(replay: Replay, person: User, *, until: int, start: int = 0) -> bool:
    """Plays from a second to another at normal speed; whether it is attested."""
    now = NOW + timedelta(hours=start)
    _viewing, attested = tell_seen(replay=replay, told=[], by=person, now=now)
    for second in range(start, until, 15):
        now += timedelta(seconds=15)
        told = [(second, min(second + 15, until))]
        _viewing, attested = tell_seen(replay=replay, told=told, by=person, now=now)
    return attested


def test_recording_is_seen_by_the_audience_of_its_meeting_alone() -> None:
    people = {
        "stranger": None,
        "patient": make_user(Role.PATIENT),
        "nurse": make_user(Role.CLINICIAN),
        "doctor": make_user(Role.CLINICIAN),
        "accountant": make_user(Role.ACCOUNTANT),
        "editor": make_user(Role.EDITOR),
    }
    make_professional(user=people["nurse"], profession=Profession.NURSE)
    make_professional(user=people["doctor"], profession=Profession.DOCTOR)
    replays = {each: make_replay(make_meeting(audience=each)) for each in Audience}
    hidden = make_replay(make_meeting(audience=Audience.EVERYBODY), published=False)
    seen = {
        name: {
            each.meeting.audience if each.pk != hidden.pk else "hidden"
            for each in Replay.objects.visible_to(user)
        }
        for name, user in people.items()
    }
    everything = {*replays, "hidden"}
    assert seen == {
        "stranger": set(),
        "patient": {"everybody"},
        "nurse": {"everybody", "professionals"},
        "doctor": {"everybody", "professionals", "doctors"},
        "accountant": {"everybody"},
        "editor": everything,
    }


def test_bytes_are_served_by_range(client: Client) -> None:
    film = FILM[:64] + bytes(range(256)) * (PART_BYTES // 256) * 3
    replay = make_replay(make_meeting(), film=film)
    assert [len(each.content) for each in ReplayPart.objects.all()] == [PART_BYTES] * 3 + [64]
    where = address(replay.meeting, "video/")
    assert client.get(where).status_code == 302  # a stranger signs in first
    sign_in(client, clinician("Hugo", "Lemaire"))

    head = client.head(where)
    assert (head.status_code, head["Content-Length"], head["Accept-Ranges"]) == (
        200,
        str(len(film)),
        "bytes",
    )
    whole = client.get(where)
    assert isinstance(whole, StreamingHttpResponse)
    assert b"".join(whole.streaming_content) == film  # type: ignore[arg-type]
    etag = whole["ETag"]

    asked = {
        "bytes=0-0": (0, 1),
        "bytes=1048570-1048585": (1048570, 1048586),  # over two parts
        "bytes=-5": (len(film) - 5, len(film)),
        f"bytes={len(film) - 1}-": (len(film) - 1, len(film)),
        "bytes=10-": (10, 10 + 2 * 2**20),  # as much as one answer holds
    }
    for header, (first, end) in asked.items():
        part = client.get(where, headers={"range": header, "if-range": etag})
        assert (part.status_code, part["Content-Range"]) == (
            206,
            f"bytes {first}-{end - 1}/{len(film)}",
        )
        assert part.content == film[first:end]
        assert part["Content-Length"] == str(end - first)
    gone = client.get(where, headers={"range": f"bytes={len(film)}-"})
    assert (gone.status_code, gone["Content-Range"]) == (416, f"bytes */{len(film)}")
    changed = client.get(where, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert changed.status_code == 200
    assert client.get(where, headers={"range": "bytes=0-1,4-5"}).status_code == 200
    assert client.get(where, headers={"if-none-match": etag}).status_code == 304


def test_editor_publishes_mends_and_withdraws(client: Client) -> None:
    meeting, hugo = make_meeting(), clinician("Hugo", "Lemaire")
    sign_in(client, make_user(Role.EDITOR))
    where = f"/formation-rencontres/{meeting.pk}/replay/"

    def files(**changed: SimpleUploadedFile | str) -> dict[str, Any]:
        given: dict[str, Any] = {
            "film": SimpleUploadedFile("film.webm", FILM),
            "captions": SimpleUploadedFile("film.vtt", VTT),
            "chapters": "0:00 Repérer\n1:00 Traiter",
        }
        return given | changed | {"publish": "1"}

    bad_line = SimpleUploadedFile("x.vtt", b"WEBVTT\n\n00:01 --> 00:02\nA\n")
    refused = {
        "ni une vidéo MP4": files(film=SimpleUploadedFile("film.mp4", b"<html>" * 20)),
        "Ligne 3": files(captions=bad_line),
        "Ligne 2": files(chapters="0:00 A\n9:00 B"),
        "Ajoutez les sous-titres": {"chapters": ""},
    }
    for words, given in refused.items():
        answer = client.post(where, given)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert Replay.objects.count() == 0

    assert client.post(where, files()).status_code == 302
    replay = Replay.objects.get()
    assert (replay.length, replay.kind, replay.size) == (100, "webm", len(FILM))
    assert replay.published_at is not None

    assert client.post(where, {"chapters": "0:10 Un seul"}).status_code == 302  # files left out
    replay.refresh_from_db()
    assert (replay.chapters, replay.size, len(replay.cues)) == ([[10, "Un seul"]], len(FILM), 2)
    assert "0:10 Un seul" in client.get(where).content.decode()

    client.post(f"{where}retirer/")
    assert list(Replay.objects.visible_to(hugo)) == []


def test_upload_longer_than_others_is_for_editors_alone(client: Client, settings: object) -> None:
    settings.UPLOAD_MOST_BYTES = 100  # type: ignore[attr-defined]
    meeting = make_meeting()
    where = f"/formation-rencontres/{meeting.pk}/replay/"
    given = {"captions": VTT.decode(), "chapters": "x" * 300}
    found = {}
    for role in (Role.EDITOR, Role.CLINICIAN):
        sign_in(client, make_user(role))
        found[role] = client.post(where, given).status_code
    assert found == {Role.EDITOR: 422, Role.CLINICIAN: 403}
    sign_in(client, make_user(Role.EDITOR))
    other = client.post(f"/formation-rencontres/{meeting.pk}/presence/", given)
    assert other.status_code == 400


def test_transcript_is_searched_without_accents_and_opens_at_the_second(client: Client) -> None:
    replay = make_replay(make_meeting())
    found = {
        asked: [words.second for chapter in transcript(replay, asked) for words in chapter.words]
        for asked in ("", "FATIGUE", "mois, et l'effort", "traite d’abord", "absent")
    }
    assert found == {
        "": [0, 4, 30, 62],
        "FATIGUE": [4],
        "mois, et l'effort": [4],  # said over two captions
        "traite d’abord": [62],
        "absent": [],
    }
    sign_in(client, clinician("Hugo", "Lemaire"))
    html = client.get(address(replay.meeting), {"q": "sommeil", "t": "62"}).content.decode()
    assert "<mark>sommeil</mark>" in html
    assert 'href="?q=sommeil&amp;t=62#t=62"' in html
    assert 'video/#t=62"' in html
    assert "Bonsoir" not in html
    hostile = client.get(address(replay.meeting), {"q": '"><script>', "t": "9" * 40})
    assert b'"><script>' not in hostile.content


def test_right_answer_is_told_once_answered_and_never_before(client: Client) -> None:
    replay = make_replay(make_meeting())
    question = make_question(replay)
    hugo = clinician("Hugo", "Lemaire")
    sign_in(client, hugo)
    page = address(replay.meeting)
    before = client.get(page).content.decode()
    secret = [question.explanation, *(each["feedback"] for each in question.options)]
    assert [words in before for words in secret] == [False] * 3
    assert "right" not in before.partition("<main")[2].replace("arrow-right", "")
    where = f"{page}questions/{question.uid}/"
    client.post(where, {})
    client.post(where, {"choice": "inconnue"})
    assert ReplayAnswer.objects.count() == 0
    right, wrong = (each["id"] for each in question.options)
    for choice in (wrong, right):  # the first answer stays
        client.post(where, {"choice": choice})
    answer = ReplayAnswer.objects.get()
    assert (answer.chosen, answer.credit) == ([wrong], Decimal(0))
    after = client.get(page).content.decode()
    assert [words in after for words in secret] == [True] * 3
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplayAnswer.objects.create(
            question=question, person=hugo, chosen=[], credit=0, answered_at=NOW
        )


def test_credit_needs_seconds_and_answers_and_is_attested_once() -> None:
    meeting = make_meeting()
    replay = make_replay(meeting)
    question = make_question(replay)
    elise = clinician("Élise", "Noyer")
    assert watched(replay, elise, until=79) is False
    assert watched(replay, elise, start=60, until=90) is False  # enough, a question is left
    right = question.options[0]["id"]
    answer_question(question=question, chosen=[right], by=elise, now=NOW)
    attestation = Attestation.objects.get()
    assert (attestation.learner, attestation.module_key, attestation.minutes) == (
        elise,
        meeting.key,
        1,
    )
    assert (attestation.facts["meeting"], attestation.facts["live_minutes"]) == ("replay", 0)
    assert attestation_pdf(attestation).startswith(b"%PDF")
    assert watched(replay, elise, until=100) is True
    assert Attestation.objects.count() == 1
    assert breaches() == []

    editor = make_user(Role.EDITOR)
    known = version_of(asked_of(replay))
    keep_questions(replay=replay, questions=[], known=known, by=editor, now=NOW)
    assert watched(replay, editor, until=100) is False  # no training record
    withdraw_replay(meeting=meeting, by=editor, now=NOW)
    assert Attestation.objects.count() == 1


def test_nobody_is_credited_more_than_time_allows(client: Client) -> None:
    replay = make_replay(make_meeting())
    hugo = clinician("Hugo", "Lemaire")
    sign_in(client, hugo)
    where = address(replay.meeting, "vu/")
    for spans in ("0-100", "0-100", "0-100"):  # the clock of the test stands still
        assert client.post(where, {"spans": spans}).json() == {"percent": 0, "attested": False}
    assert [client.post(where, {"spans": bad}).status_code for bad in ("a-b", "1", "1-2-3")] == [
        400
    ] * 3
    viewing, _attested = tell_seen(
        replay=replay, told=[(0, 100)], by=hugo, now=clock.now() + timedelta(seconds=10)
    )
    assert (viewing.seconds, viewing.spans, viewing.wall) == (20, [[0, 20]], 10)
    for broken in ({"seconds": 21}, {"seconds": 101, "wall": 100}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Viewing.objects.filter(pk=viewing.pk).update(**broken)
    Viewing.objects.filter(pk=viewing.pk).update(seconds=19)
    assert [(each.found, each.expected) for each in breaches()] == [(19, 20)]


def test_shorter_recording_keeps_what_was_seen_of_it() -> None:
    replay = make_replay(make_meeting())
    hugo = clinician("Hugo", "Lemaire")
    watched(replay, hugo, until=60)
    keep_replay(
        meeting=replay.meeting,
        media=Media(io.BytesIO(FILM), MediaKind.WEBM),
        cues=CUES[:2],
        chapters=[],
        by=make_user(Role.EDITOR),
        now=NOW,
    )
    replay.refresh_from_db()
    assert (replay.length, watched(replay, hugo, until=0)) == (30, True)
    viewing = Viewing.objects.get()
    assert (viewing.seconds, viewing.length, breaches()) == (30, 30, [])
