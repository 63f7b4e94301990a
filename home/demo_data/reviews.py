"""Case reviews (RCP): meetings, who was present for each file, minutes and plans that follow."""

from datetime import datetime
from functools import partial

from fees.actions.waiting import redecide_waiting_of
from home.demo_data.calendar import at
from home.demo_data.people import COORDINATOR
from home.demo_data.sheets import FileLine, MeetingLine
from home.demo_data.story import Story
from network.actions.rcp import FileFacts, record_file, record_meeting, update_file
from network.models import Professional


def plan_reviews(story: Story) -> None:
    for line in MeetingLine.all():
        held_on = story.calendar.day(line.held_on)
        story.then(at(held_on, 19), partial(_meet, story, line))
        for file in FileLine.all():
            if file.meeting != line.meeting:
                continue
            story.then(at(held_on, 20), partial(_discuss, story, file))
            for words in sorted({file.minutes, file.plan} - {""}):
                day = story.calendar.day(words)
                hour = 22 if day == held_on else 12
                story.then(at(day, hour), partial(_follow, story, file))


def _meet(story: Story, line: MeetingLine, now: datetime) -> None:
    story.meetings[line.meeting] = record_meeting(
        held_on=now.date(), place=line.place, by=story.users[COORDINATOR], now=now
    )


def _discuss(story: Story, line: FileLine, now: datetime) -> None:
    story.files[line.meeting, line.patient] = record_file(
        meeting=story.meetings[line.meeting],
        patient=story.patients[line.patient],
        facts=FileFacts(attendees=_present(story, line)),
        by=story.users[COORDINATOR],
        now=now,
    )


def _present(story: Story, line: FileLine) -> list[Professional]:
    return [story.professionals[name] for name in line.attendees.split()]


def _follow(story: Story, line: FileLine, now: datetime) -> None:
    """Minutes signed or plan revised: what waited for it is decided again, as it was that day."""
    minutes, plan = (
        story.calendar.day(words) if words else None for words in (line.minutes, line.plan)
    )
    file = update_file(
        file=story.files[line.meeting, line.patient],
        facts=FileFacts(
            attendees=_present(story, line),
            minutes_signed_on=minutes if minutes and minutes <= now.date() else None,
            plan_revised_on=plan if plan and plan <= now.date() else None,
        ),
        by=story.users[COORDINATOR],
        now=now,
    )
    story.files[line.meeting, line.patient] = file
    redecide_waiting_of(patient_id=file.patient_id, now=now)
