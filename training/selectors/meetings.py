"""Reads of meetings: what a page offers to its reader, one's own registrations, who comes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from network.enums import Profession, Role
from network.models import Professional, User
from training.access import Perm
from training.enums import Mode, NoSeat, SeatState
from training.models import DateWish, Meeting, Registration, WebinarPage
from training.models.webinar import REGISTERED
from training.rules.registration import LIVE, SEATED, refusal


def facts_of(page: WebinarPage) -> dict[str, Any]:
    """What a meeting copies of its page."""
    return {
        "title": page.title,
        "held_on": page.held_on,
        "date_known": page.date_known,
        "starts_at": page.begins,
        "ends_at": page.ends,
        "audience": page.audience,
        "place": page.place,
        "link": page.link,
        "seats_on_site": page.seats_on_site,
        "seats_remote": page.seats_remote,
        "opens_on": page.opens_on,
        "closes_on": page.closes_on,
        "price_liberal": page.price_liberal,
        "price_salaried": page.price_salaried,
        "price_student": page.price_student,
        "vat": page.vat,
    }


@dataclass(frozen=True, slots=True)
class Way:
    """One way of attending: how many seats are left, who waits, and why it is refused if so."""

    mode: Mode
    free: int
    waiting: int
    no: NoSeat | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A meeting for one reader: `own`, the live registration; `wished`, asked to be told."""

    meeting: Meeting
    may: bool
    ways: list[Way] = field(default_factory=list)
    own: Registration | None = None
    rank: int = 0
    wished: bool = False

    @property
    def no(self) -> NoSeat | None:
        """Why no way at all is open; the first reason."""
        refused = [way.no for way in self.ways]
        return refused[0] if refused and all(refused) else None


def standing_of(page: WebinarPage, reader: User | None, *, now: datetime) -> Standing | None:
    """What this page offers to this reader; None while the page was never published."""
    if page.previewed:
        return _previewed(page, reader, now=now)
    meeting = Meeting.objects.filter(key=page.translation_key).first()
    if meeting is None or reader is None:
        return Standing(meeting, may=False) if meeting else None
    if not reader.has_perm(Perm.LEARN):
        return Standing(meeting, may=False)
    own = meeting.registrations.filter(person=reader, state__in=LIVE).first()
    return Standing(
        meeting,
        may=True,
        ways=ways_of(meeting, reader, now=now),
        own=own,
        rank=rank_of(own) if own else 0,
        wished=DateWish.objects.filter(meeting=meeting, person=reader, told_at=None).exists(),
    )


def _previewed(page: WebinarPage, reader: User | None, *, now: datetime) -> Standing:
    meeting = Meeting(key=page.translation_key, changed_at=now, **facts_of(page))
    if reader is None:
        return Standing(meeting, may=False)
    offered = meeting.terms.seats.items()
    ways = [
        Way(mode, seats, 0, refusal(meeting.terms, mode, doctor=True, now=now))
        for mode, seats in offered
        if seats
    ]
    own = None
    if page.previewed == REGISTERED and ways:
        mode = ways[0].mode
        own = Registration(meeting=meeting, mode=mode, state=SeatState.BOOKED, seat=1, made_at=now)
    return Standing(meeting, may=True, ways=ways, own=own)


def ways_of(meeting: Meeting, person: User, *, now: datetime) -> list[Way]:
    """The ways of attending that are offered, with what is left of each."""
    rows = meeting.registrations.filter(state__in=LIVE).values_list("mode", "state")
    count = Counter(rows.order_by())
    doctor = is_doctor(person)
    return [
        Way(
            mode,
            max(seats - sum(count[mode, state] for state in SEATED), 0),
            count[mode, SeatState.WAITING],
            refusal(meeting.terms, mode, doctor=doctor, now=now),
        )
        for mode, seats in meeting.terms.seats.items()
        if seats
    ]


def is_doctor(person: User) -> bool:
    """Whether this person may follow what is reserved to doctors."""
    if person.is_any(Role.MEDICAL_DIRECTOR):
        return True
    return Professional.objects.filter(user=person.pk, profession=Profession.DOCTOR).exists()


def rank_of(registration: Registration) -> int:
    """The place in line, from 1; 0 for whoever is not in it."""
    if registration.state != SeatState.WAITING:
        return 0
    before = Q(made_at__lt=registration.made_at) | Q(
        made_at=registration.made_at, pk__lt=registration.pk
    )
    line = Registration.objects.filter(
        meeting=registration.meeting_id, mode=registration.mode, state=SeatState.WAITING
    )
    return line.filter(before).count() + 1


def own_registrations(person: User) -> QuerySet[Registration]:
    """All of one person, the latest meetings first."""
    return (
        Registration.objects.visible_to(person)
        .filter(person=person)
        .select_related("meeting")
        .order_by("-meeting__held_on", "-meeting__starts_at", "-pk")
    )


def coming_registrations(person: User, *, now: datetime) -> list[Registration]:
    """Those that count, of meetings that are not over, the nearest first."""
    return list(
        own_registrations(person)
        .filter(state__in=LIVE, meeting__cancelled_at=None)
        .filter(Q(meeting__ends_at__gt=now) | Q(meeting__ends_at=None))
        .order_by("meeting__held_on", "meeting__starts_at", "pk")
    )


def pages_of(keys: Iterable[UUID]) -> dict[UUID, WebinarPage]:
    """The published pages of these meetings, in the language of the reader or else in French."""
    found = WebinarPage.objects.live().filter(translation_key__in=set(keys))
    pages: dict[UUID, WebinarPage] = {}
    for page in found.select_related("locale").order_by("locale_id"):
        if page.translation_key not in pages or page.locale.language_code == get_language():
            pages[page.translation_key] = page
    return pages


def called_off_keys(pages: Iterable[WebinarPage]) -> set[UUID]:
    """The translation keys of those among these pages whose meeting was called off."""
    keys = [page.translation_key for page in pages]
    gone = Meeting.objects.filter(key__in=keys, cancelled_at__isnull=False)
    return set(gone.order_by().values_list("key", flat=True))


def counted_meetings() -> QuerySet[Meeting, Any]:
    """Every meeting, the latest first: how many `booked`, `paying`, in `line`, `wish` a date."""
    rows = Registration.objects.filter(meeting=OuterRef("pk"))
    wishes = DateWish.objects.filter(meeting=OuterRef("pk"), told_at=None)
    return Meeting.objects.annotate(
        booked=_count(rows.filter(state=SeatState.BOOKED)),
        paying=_count(rows.filter(state=SeatState.PAYING)),
        line=_count(rows.filter(state=SeatState.WAITING)),
        wish=_count(wishes),
        seats=F("seats_on_site") + F("seats_remote"),
    ).order_by("-held_on", "-pk")


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def coming_meetings(today: date) -> QuerySet[Meeting, Any]:
    """Those to come, counted, the soonest first; a month alone stands after its dates."""
    return counted_meetings().filter(held_on__gte=today).order_by("held_on", "starts_at", "pk")


def past_meetings(today: date) -> QuerySet[Meeting]:
    """Those that were held by this day, the latest first."""
    held = Meeting.objects.filter(held_on__lte=today, date_known=True, cancelled_at=None)
    return held.order_by("-held_on", "-pk")


def people_of(meeting: Meeting) -> QuerySet[Registration]:
    """Who comes and who waits, by way of attending, then by name."""
    return (
        meeting.registrations.filter(state__in=LIVE)
        .select_related("person", "person__professional")
        .order_by("mode", "state", "person__last_name", "person__first_name", "pk")
    )
