"""Surveys: who is asked and when, answers without a name, numbers from five answers on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.enums import Role
from network.models import OutboxMessage, User
from tests.factories.meetings import make_meeting
from tests.factories.network import make_user, sign_in
from tests.factories.replays import make_replay
from tests.public_site import NOW
from tests.training.test_attendance import clinician
from tests.training.test_replays import watched
from training.actions.attendance import attest_all, check_in
from training.actions.registrations import register
from training.actions.surveys import Closed, Opinion, answer_survey, ask_all, remind_surveys
from training.enums import Mode, Survey
from training.models import Meeting, SurveyAnswer, SurveyCall
from training.rules.surveys import is_asked, is_open, is_reminded
from training.selectors.surveys import opinions_of, words_of
from training.tokens import survey_token

pytestmark = pytest.mark.usefixtures("db", "at_reference")
STARTS = NOW + timedelta(days=2)
ENDS = STARTS + timedelta(hours=1)
T = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "days", "asked", "still_open"),
    [
        (Survey.HOT, -1, False, True),
        (Survey.HOT, 0, True, True),
        (Survey.HOT, 29, True, True),
        (Survey.HOT, 30, False, True),
        (Survey.HOT, 60, False, False),
        (Survey.COLD, 59, False, True),
        (Survey.COLD, 60, True, True),
        (Survey.COLD, 89, True, True),
        (Survey.COLD, 90, False, True),
        (Survey.COLD, 120, False, False),
    ],
)
def test_windows(moment: Survey, days: int, asked: bool, still_open: bool) -> None:
    now = T + timedelta(days=days)
    assert (is_asked(moment, T, now), is_open(moment, T, now)) == (asked, still_open)


@pytest.mark.parametrize(
    ("moment", "since", "asked", "now", "expected"),
    [
        (Survey.HOT, 0, 0, 6, False),
        (Survey.HOT, 0, 0, 7, True),
        (Survey.HOT, 0, 0, 60, False),  # closed
        (Survey.COLD, 0, 61, 74, False),
        (Survey.COLD, 0, 61, 75, True),
    ],
)
def test_reminder(moment: Survey, since: int, asked: int, now: int, expected: bool) -> None:
    days = [T + timedelta(days=each) for each in (since, asked, now)]
    assert is_reminded(moment, *days) is expected


def attending(count: int) -> tuple[Meeting, list[User]]:
    meeting = make_meeting(starts_at=STARTS, seats_on_site=count)
    people = [clinician(f"Prénom{n}", f"Nom{n}") for n in range(count)]
    editor = make_user(Role.EDITOR)
    for each in people:
        made = register(meeting=meeting, mode=Mode.ON_SITE, by=each, now=NOW)
        check_in(registration=made, by=editor, now=STARTS)
    return meeting, people


def test_those_who_attended_are_asked_twice_and_reminded_once() -> None:
    meeting, people = attending(2)
    register(meeting=meeting, mode=Mode.VIDEO, by=clinician("Absent", "Deux"), now=NOW)
    elise = clinician("Élise", "Noyer")  # by the recording
    watched(make_replay(meeting), elise, until=100)
    attest_all(now=ENDS)
    found = {}
    for days in (0, 1, 8, 9, 20, 60, 61, 75, 76, 89):
        now = ENDS + timedelta(days=days, minutes=5)
        asked, reminded = ask_all(now=now), remind_surveys(now=now)
        if asked or reminded:
            found[days] = (asked, reminded)
    assert found == {0: (3, 0), 8: (0, 3), 60: (3, 0), 75: (0, 3)}
    mails = OutboxMessage.objects.filter(body__contains="/enquete/")
    assert mails.filter(to=people[0].email).count() == 4
    assert SurveyCall.objects.filter(person=elise).count() == 2


def test_answer_has_no_name_and_is_given_once(client: Client) -> None:
    meeting, [hugo] = attending(1)
    ask_all(now=ENDS)
    call = SurveyCall.objects.get()
    SurveyCall.objects.filter(pk=call.pk).update(since=NOW)
    where = f"/enquete/{survey_token(call.uid)}/"
    assert "Ne nommez aucun patient" in client.get(where).content.decode()
    assert client.post(where, {"score": "11"}).status_code == 422
    typed = {"score": "9", "useful": "5", "scale": "4", "words": "Plus de cas."}
    for _twice in range(2):
        assert client.post(where, typed).status_code == 302
    answer = SurveyAnswer.objects.get()
    assert (answer.moment, answer.score, answer.clear, answer.applied) == ("hot", 9, 4, None)
    assert {field.name for field in SurveyAnswer._meta.fields} == {
        "id",
        "meeting",
        "moment",
        "score",
        "useful",
        "clear",
        "applied",
        "words",
    }
    assert "Merci de votre avis" in client.get(where).content.decode()
    assert client.get("/enquete/faux/").status_code == 404

    attest_all(now=ENDS)
    sign_in(client, hugo)
    assert "avis donné\u00a0: à chaud" in client.get("/se-former/attestations/").content.decode()
    for broken in ({"score": 11}, {"clear": None}, {"applied": 3}, {"useful": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyAnswer.objects.filter(pk=answer.pk).update(**broken)
    assert SurveyAnswer.objects.filter(meeting=meeting).count() == 1


def test_late_answer_is_refused() -> None:
    _meeting, [hugo] = attending(1)
    ask_all(now=ENDS)
    late = ENDS + timedelta(days=60)
    with pytest.raises(Closed):
        answer_survey(call=SurveyCall.objects.get(), opinion=Opinion(9, 5, 5), by=hugo, now=late)


def test_numbers_are_shown_from_five_answers_on(client: Client) -> None:
    meeting, people = attending(5)
    ask_all(now=ENDS)
    sign_in(client, make_user(Role.EDITOR))
    calls = {call.person_id: call for call in SurveyCall.objects.all()}
    seen = []
    for rank, person in enumerate(people):
        opinion = Opinion(10 - rank, 4, 5, f"remarque {rank}")
        answer_survey(call=calls[person.pk], opinion=opinion, by=person, now=ENDS)
        said = opinions_of([meeting.pk])[meeting.pk, "hot"]
        seen.append((said.answers, said.score, len(words_of(meeting))))
    assert seen == [(n, None, 0) for n in range(1, 5)] + [(5, 8.0, 5)]
    html = client.get(f"/formation-rencontres/{meeting.pk}/").content.decode()
    assert ("remarque 3" in html, "8,0" in html) == (True, True)

    Meeting.objects.filter(pk=meeting.pk).update(held_on=NOW.date())
    page = client.get("/formation-rencontres/bilan/").content.decode()
    assert "8,0 (5" in page
    text = client.get("/formation-rencontres/bilan.csv").content.decode()
    assert "COVID long;16/11/2026;5;5;0;0;5;8,00;0;" in text
    assert client.get("/formation-rencontres/bilan.xlsx").content.startswith(b"PK")


def test_numbers_cost_the_same_for_many(client: Client) -> None:
    sign_in(client, make_user(Role.EDITOR))
    counts = []
    for _more in range(2):
        make_meeting(starts_at=NOW - timedelta(days=3), held_on=(NOW - timedelta(days=3)).date())
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/formation-rencontres/bilan/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
