"""How far a patient is with a questionnaire, in words; how a score moved, drawn."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from network.rules.questionnaire import spans
from network.selectors.questionnaires import Curve, Progress
from portal.kit import clock
from portal.kit.words import plain_day, short_day

register = template.Library()
LEFT, RIGHT, TOP, BOTTOM = 34, 306, 12, 108
"""The frame of a curve, in the units of its drawing."""


@register.filter
def how_far(progress: Progress) -> str:
    """`{{ progress|how_far }}` → 23 sur 41, hier"""
    sheet = progress.questionnaire
    if sheet.last_answer_at is None:
        return _("Pas encore commencé")
    return _("%(done)s sur %(total)s, %(when)s") % {
        "done": progress.done,
        "total": progress.total,
        "when": _when(timezone.localdate(sheet.last_answer_at), clock.today()),
    }


def _when(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return _("aujourd’hui")
    if days == 1:
        return _("hier")
    named = short_day(day) if day.year == today.year else plain_day(day)
    return _("le %(day)s") % {"day": named}


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where a curve passes; texts, because a figure of the interface would have its comma."""

    lines: list[str]
    dots: list[tuple[str, str]]
    bands: list[str]


@register.simple_tag
def drawing_of(curve: Curve) -> Drawing:
    """`{% drawing_of curve as drawn %}`: points at their dates, published bands as lines."""
    days = [each.on.toordinal() for each in curve.points]
    first, width = days[0], max(days[-1] - days[0], 1)
    low, height = curve.score.lowest, curve.score.highest - curve.score.lowest

    def across(day: int) -> str:
        return f"{LEFT + (RIGHT - LEFT) * (day - first) / width:.1f}"

    def up(score: int) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * (score - low) / height:.1f}"

    pieces = list(spans([(each.on.toordinal(), each.value) for each in curve.points]))
    return Drawing(
        lines=[" ".join(f"{across(x)},{up(y)}" for x, y in piece) for piece in pieces],
        dots=[(across(x), up(y)) for piece in pieces for x, y in piece],
        bands=[up(band.start) for band in curve.score.bands[1:]],
    )
