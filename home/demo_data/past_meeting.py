"""A webinar of three months ago, told whole: announced, attended, recorded, watched, judged."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from home.demo_data.calendar import at
from home.demo_data.sheets import DATA, ProfessionalLine, document
from home.demo_data.story import Story
from network.models import User
from training.actions.attendance import attest, keep_attendance
from training.actions.meetings import keep_meeting
from training.actions.registrations import register
from training.actions.replays import (
    Media,
    answer_question,
    keep_questions,
    keep_replay,
    publish_replay,
    tell_seen,
)
from training.actions.surveys import Opinion, answer_survey, ask_all
from training.enums import MediaKind, Mode, Survey
from training.imports.captions import read_captions
from training.models import Meeting, Replay, SurveyCall, WebinarIndexPage, WebinarPage
from training.rules.asking import Choice, Question
from training.selectors.replays import asked_of, version_of

A_TELLING = 15
"""Seconds between two tellings of a player."""


def plan_past_meeting(story: Story) -> None:
    told = document("meetings.toml")["past"]
    names = [line.professional for line in ProfessionalLine.all()][::2][: len(told["present"])]
    announced, held = (story.calendar.day(told[each]) for each in ("announced", "held"))
    over = at(held, 12, 30) + timedelta(minutes=told["minutes"])
    day = timedelta(days=1)

    def then(when: datetime, deed: Any, *args: Any) -> None:
        story.then(when, partial(deed, story, told, *args))

    then(at(announced, 10), _announce)
    for rank, name in enumerate(names):
        then(at(announced + day, 12, rank), _register, name)
    then(over + timedelta(hours=3), _attendance, names)
    then(over + 2 * day, _ask)
    then(over + 3 * day, _publish)
    for rank, name in enumerate(names):
        then(over + 4 * day + timedelta(minutes=rank), _opinion, (name, rank), Survey.HOT)
    for rank, name in enumerate(names[-told["watched"] :]):
        then(over + (6 + rank) * day, _watch, name, rank)
    then(over + 62 * day, _ask)
    for rank, name in enumerate(names):
        then(over + 63 * day + timedelta(minutes=rank), _opinion, (name, rank), Survey.COLD)


def _meeting(told: dict[str, Any]) -> Meeting:
    return Meeting.objects.get(key=WebinarPage.objects.get(slug=told["slug"]).translation_key)


def _person(story: Story, name: str) -> User:
    user = story.professionals[name].user
    if user is None:
        raise LookupError(name)
    return user


def _announce(story: Story, told: dict[str, Any], now: datetime) -> None:
    """Pages outlive the people of a demo: the one of a former reference date is dated anew."""
    agenda = WebinarIndexPage.objects.get()
    page = WebinarPage.objects.filter(slug=told["slug"]).first() or WebinarPage(slug=told["slug"])
    for name in ("title", "theme", "subject", "introduction", "link", "minutes"):
        setattr(page, name, told[name])
    page.held_on = story.calendar.day(told["held"])
    page.starts_at = time.fromisoformat(told["hour"])
    page.speakers = [("speaker", each) for each in told["speakers"]]
    page.seats_remote = 50
    if page.pk is None:
        agenda.add_child(instance=page)
    revision = page.save_revision(user=story.users[told["editor"]])
    revision.publish(user=story.users[told["editor"]], skip_permission_checks=True)
    page.refresh_from_db()
    keep_meeting(page=page, now=now)


def _register(story: Story, told: dict[str, Any], name: str, now: datetime) -> None:
    person = _person(story, name)
    register(meeting=_meeting(told), mode=Mode.VIDEO, by=person, now=now)


def _attendance(story: Story, told: dict[str, Any], names: list[str], now: datetime) -> None:
    meeting, stays = _meeting(told), {}
    for name, minutes in zip(names, told["present"], strict=True):
        if minutes and meeting.starts_at:
            who = meeting.registrations.get(person=_person(story, name))
            stays[who] = [(meeting.starts_at, meeting.starts_at + timedelta(minutes=minutes))]
    editor = story.users[told["editor"]]
    keep_attendance(
        meeting=meeting, stays=stays, name="presences.csv", digest="d" * 64, by=editor, now=now
    )
    attest(meeting=meeting, now=now)


def _publish(story: Story, told: dict[str, Any], now: datetime) -> None:
    meeting, editor = _meeting(told), story.users[told["editor"]]
    film = DATA / "replay" / f"{told['slug']}.webm"
    cues = read_captions(film.with_suffix(".vtt").read_bytes())
    with film.open("rb") as file:
        replay = keep_replay(
            meeting=meeting,
            media=Media(file, MediaKind.WEBM),
            cues=[(cue.start, cue.end, cue.text, cue.voice) for cue in cues],
            chapters=[(second, title) for second, title in told["chapters"]],
            by=editor,
            now=now,
        )
    asked = told["question"]
    choices = tuple(Choice(*each) for each in asked["options"])
    question = Question(asked["second"], asked["stem"], choices, asked["explanation"])
    known = version_of(asked_of(replay))
    keep_questions(replay=replay, questions=[question], known=known, by=editor, now=now)
    publish_replay(meeting=meeting, by=editor, now=now)


def _watch(story: Story, told: dict[str, Any], name: str, rank: int, now: datetime) -> None:
    """Played at normal speed; the first one stops half-way."""
    person, replay = _person(story, name), Replay.objects.get(meeting=_meeting(told))
    tell_seen(replay=replay, told=[], by=person, now=now)
    for second in range(0, replay.length if rank else replay.length // 2, A_TELLING):
        now += timedelta(seconds=A_TELLING)
        tell_seen(replay=replay, told=[(second, second + A_TELLING)], by=person, now=now)
    if rank:
        question = replay.questions.get()
        choice = question.options[0 if rank > 1 else 1]["id"]
        answer_question(question=question, chosen=[choice], by=person, now=now)


def _ask(story: Story, told: dict[str, Any], now: datetime) -> None:
    ask_all(now=now)


def _opinion(
    story: Story, told: dict[str, Any], who: tuple[str, int], moment: Survey, now: datetime
) -> None:
    """The first ones who were asked answer."""
    name, rank = who
    marks = told[moment.value]
    person = _person(story, name)
    call = SurveyCall.objects.filter(meeting=_meeting(told), person=person, moment=moment).first()
    if call is None or rank >= len(marks):
        return
    score, useful, scale = marks[rank]
    words = told["words"][rank] if moment is Survey.HOT and rank < len(told["words"]) else ""
    answer_survey(call=call, opinion=Opinion(score, useful, scale, words), by=person, now=now)
