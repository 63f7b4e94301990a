"""Who registered for the season: two events to come, and a date that some wait for."""

from datetime import datetime
from functools import partial

from home.demo_data.calendar import at
from home.demo_data.sheets import ProfessionalLine, document
from home.demo_data.story import Story
from network.models import User
from training.actions.registrations import ask_for_date, register
from training.enums import Mode
from training.models import Meeting, WebinarPage


def plan_meetings(story: Story) -> None:
    people = [line.professional for line in ProfessionalLine.all()]
    for each in document("meetings.toml")["registered"]:
        for rank, name in enumerate(people[each["skip"] : each["first"]]):
            deed = partial(_register, story, name, each["slug"], each.get("mode", ""))
            story.then(at(story.calendar.day(each["on"]), 12, rank), deed)


def _register(story: Story, name: str, slug: str, mode: str, now: datetime) -> None:
    person = story.professionals[name].user
    if person is None:
        raise LookupError(name)
    meeting = Meeting.objects.get(key=WebinarPage.objects.get(slug=slug).translation_key)
    _deed(meeting, person, mode, now)


def _deed(meeting: Meeting, person: User, mode: str, now: datetime) -> None:
    """Register in this way; without one, ask to be told the date."""
    if mode:
        register(meeting=meeting, mode=Mode(mode), by=person, now=now)
    else:
        ask_for_date(meeting=meeting, by=person, now=now)
