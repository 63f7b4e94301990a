"""Telephone lines of the demo: written by editors, the reserved number by the administrator."""

from datetime import datetime
from functools import partial

from home.demo_data.calendar import at
from home.demo_data.people import ADMINISTRATOR
from home.demo_data.sheets import document
from home.demo_data.story import Story
from network.actions.phone_lines import set_reserved_number
from network.models import LineHours, PhoneLine

WRITTEN = ("name", "purpose", "audience", "number", "words", "hours_note", "order")


def plan_lines(story: Story) -> None:
    for told in document("lines.toml")["lines"]:
        written = {key: told[key] for key in WRITTEN if key in told}
        line, _new = PhoneLine.objects.update_or_create(name=told["name"], defaults=written)
        LineHours.objects.bulk_create(
            LineHours(line=line, weekday=day, opens=span["opens"], closes=span["closes"])
            for span in told.get("week", [])
            for day in span["days"]
        )
        if "given" in told:
            deed = partial(_give, story, line, told["given"])
            story.then(at(story.calendar.day("J-30"), 11), deed)


def _give(story: Story, line: PhoneLine, number: str, now: datetime) -> None:
    set_reserved_number(line=line, number=number, by=story.users[ADMINISTRATOR], now=now)
