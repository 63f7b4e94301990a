"""Reads of the journal of accesses and changes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from network.models import JournalEntry, User

PAGE = 50


@dataclass(frozen=True, slots=True)
class JournalSearch:
    """Filters of the journal; both days are inside."""

    person: str = ""
    code: str = ""
    verb: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines, the latest first. The table only grows, so its length is never counted."""

    entries: list[JournalEntry]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def journal_page(search: JournalSearch, number: int) -> JournalPage:
    """One page of the lines that answer the filters; `number` starts at 1."""
    start = (number - 1) * PAGE
    rows = list(_lines(search)[start : start + PAGE + 1])
    return JournalPage(rows[:PAGE], number, len(rows) > PAGE)


def _lines(search: JournalSearch) -> QuerySet[JournalEntry]:
    lines = JournalEntry.objects.select_related("actor", "patient")
    if search.person:
        lines = lines.filter(actor__in=_people(search.person))
    if search.code:
        lines = lines.filter(patient__code=search.code)
    if search.verb:
        lines = lines.filter(verb=search.verb)
    if search.first:
        lines = lines.filter(at__gte=_midnight(search.first))
    if search.last:
        lines = lines.filter(at__lt=_midnight(search.last + timedelta(days=1)))
    return lines


def _people(text: str) -> QuerySet[User]:
    """Accounts of which each word is in the name or the address."""
    people = User.objects.all()
    for word in text.split():
        people = people.filter(
            Q(email__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
        )
    return people


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
