"""Telephone lines as one person may read them: open or closed, until when, with what number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from network.access import Perm
from network.enums import Profession, Role
from network.models import LineDay, LineHours, PhoneLine
from network.models.phone_line import STAFF_TOLD
from network.rules.directory import LineAudience
from network.rules.opening import Hours, Span, Standing, alike, standing
from portal.kit.words import WEEKDAYS, hour, long_day


@dataclass(frozen=True, slots=True)
class Told:
    """A line as shown. `number` is empty when nobody gave one; `dials`: as a link."""

    line: PhoneLine
    number: str
    dials: bool
    reserved: str
    week: str
    standing: Standing | None
    state: str


def lines_for(user: Any, *, now: datetime) -> list[Told]:
    """The lines of which this person may know. Three queries, and one for a clinician's sheet."""
    lines = PhoneLine.objects.visible_to(user).prefetch_related("week", "special_days")
    local = timezone.localtime(now).replace(tzinfo=None)
    return [_told(each, user, local) for each in lines]


def reserved_lines() -> list[PhoneLine]:
    """Lines whose number an administrator gives; the number itself is not read."""
    return list(PhoneLine.objects.filter(audience=LineAudience.VERIFIED).defer("secret"))


def awaits_verification(user: Any) -> bool:
    """A clinician who would be told of more once the RPPS is checked."""
    if not getattr(user, "is_authenticated", False) or not user.is_any(Role.CLINICIAN):
        return False
    professional = getattr(user, "professional", None)
    return professional is not None and not (professional.rpps and professional.rpps_verified_on)


def hours_of(line: PhoneLine) -> Hours:
    weekly: dict[int, list[Span]] = {}
    for each in _of(line, "week", LineHours):
        weekly.setdefault(each.weekday, []).append(Span(each.opens, each.closes))
    special: dict[date, list[Span]] = {}
    for day in _of(line, "special_days", LineDay):
        spans = special.setdefault(day.day, [])
        if day.opens and day.closes:
            spans.append(Span(day.opens, day.closes))
    return Hours(weekly, special, line.on_holidays)


def _of[M](line: PhoneLine, name: str, _model: type[M]) -> Sequence[M]:
    found: Sequence[M] = getattr(line, name).all()
    return found


def _told(line: PhoneLine, user: Any, local: datetime) -> Told:
    hours = hours_of(line)
    stands = standing(hours, local) if hours.known else None
    return Told(
        line=line,
        number=line.secret if line.audience == LineAudience.VERIFIED else line.number,
        dials=_dials(line, user),
        reserved=_reserved(line),
        week=week_in_words(hours) or line.hours_note,
        standing=stands,
        state=state_in_words(stands, local) if stands else "",
    )


def _dials(line: PhoneLine, user: Any) -> bool:
    """A line of doctors dials for doctors, and for the coordination that calls with them."""
    if line.audience != LineAudience.DOCTORS:
        return True
    if getattr(user, "roles", frozenset()) & STAFF_TOLD:
        return True
    if not user.has_perm(Perm.SEE_PROFESSIONAL_CONTACTS):
        return False
    professional = getattr(user, "professional", None)
    return professional is not None and professional.profession == Profession.DOCTOR


def _reserved(line: PhoneLine) -> str:
    return {
        LineAudience.DOCTORS: _("Réservée aux médecins"),
        LineAudience.PROFESSIONALS: _("Réservée aux professionnels"),
        LineAudience.VERIFIED: _("Jamais aux patients"),
    }.get(LineAudience(line.audience), "")


def week_in_words(hours: Hours) -> str:
    """`Du lundi au vendredi, de 8 h 30 à 20 h`; several runs of days apart by `;`."""
    runs = []
    for first, last, spans in alike(hours.weekly):
        told = [
            _("de %(opens)s à %(closes)s")
            % {"opens": hour(each.opens), "closes": hour(each.closes)}
            for each in spans
        ]
        runs.append(f"{_days(first, last)}, {_(' et ').join(told)}")
    text = "\u202f; ".join(runs)
    return text[:1].upper() + text[1:]


def _days(first: int, last: int) -> str:
    if first == last:
        return _("le %(day)s") % {"day": WEEKDAYS[first]}
    if (first, last) == (0, 6):
        return _("tous les jours")
    return _("du %(first)s au %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def state_in_words(stands: Standing, local: datetime) -> str:
    """`Ouverte jusqu’à 20 h`, `Fermée, ouvre demain à 8 h 30`."""
    if stands.until is None:
        return _("Fermée")
    if stands.is_open:
        return _("Ouverte jusqu’à %(hour)s") % {"hour": hour(stands.until.time())}
    return _("Fermée, ouvre %(day)s à %(hour)s") % {
        "day": _day_in_words(stands.until.date(), local.date()),
        "hour": hour(stands.until.time()),
    }


def _day_in_words(day: date, today: date) -> str:
    if day == today:
        return _("aujourd’hui")
    if day == today + timedelta(days=1):
        return _("demain")
    if day < today + timedelta(days=7):
        return str(WEEKDAYS[day.weekday()])
    return _("le %(day)s") % {"day": long_day(day)}
