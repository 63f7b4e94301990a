"""Meetings follow the agenda: kept at each publication, called off, taken up for another year."""

from calendar import monthrange
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from network.actions.journal import record
from network.models import User
from portal.kit.calendar import Method
from portal.kit.dates import add_years
from portal.kit.links import absolute
from training import notices
from training.enums import RefundCause, SeatState
from training.models import DateWish, Meeting, Registration, WebinarPage
from training.rules.registration import LIVE
from training.selectors.meetings import facts_of

from .meeting_mails import tell, tell_date, withdraw_reminders
from .refunds import give_back_of
from .registrations import lock_meeting, settle

TOLD = frozenset({"title", "held_on", "date_known", "starts_at", "ends_at", "place"})
"""What those registered are told when it changes; a link is on their page, always the latest."""


@transaction.atomic
def keep_meeting(*, page: WebinarPage, now: datetime) -> Meeting:
    """Copy a published page into its meeting; the same page again changes nothing.

    Those registered are told what changed, those who asked are told the date, those who wait get
    the seats that were added. Fewer seats take none from anybody. Raises Busy.
    """
    facts = facts_of(page)
    meeting, _made = Meeting.objects.get_or_create(
        key=page.translation_key, defaults={**facts, "changed_at": now}
    )
    held = lock_meeting(meeting.pk)
    changed = {name for name, value in facts.items() if getattr(held, name) != value}
    for name in changed:
        setattr(held, name, facts[name])
    if changed & TOLD:
        held.sequence, held.changed_at = held.sequence + 1, now
    if changed:
        held.save()
    if changed & TOLD:
        _tell_change(held, now=now)
    if held.date_known:
        _tell_date(held, page, now=now)
    settle(held, now=now)
    return held


def _tell_change(meeting: Meeting, *, now: datetime) -> None:
    if meeting.cancelled_at or (meeting.ends_at and meeting.ends_at <= now):
        return
    for each in _live(meeting):
        booked = each.state == SeatState.BOOKED
        tell(each, notices.CHANGED, now=now, method=Method.PUBLISH if booked else None)


def _tell_date(meeting: Meeting, page: WebinarPage, *, now: datetime) -> None:
    wishes = DateWish.objects.filter(meeting=meeting, told_at=None).select_related("person")
    for wish in wishes:
        href = absolute(page.url or "/")
        tell_date(meeting, wish.person, notices.DATED, now=now, href=href)
    wishes.update(told_at=now)


def keep_all(*, now: datetime) -> None:
    """Keep the meetings of all that is coming, and those that a lost event left out."""
    known = Meeting.objects.values("key")
    today = timezone.localdate(now)
    pages = WebinarPage.objects.live().filter(locale=Locale.get_default())
    for page in pages.filter(Q(held_on__gte=today) | ~Q(translation_key__in=known)):
        keep_meeting(page=page, now=now)


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str, by: User, now: datetime) -> Meeting:
    """Call a meeting off and tell all who counted on it. Twice is once; the first reason stays."""
    held = lock_meeting(meeting.pk)
    if held.cancelled_at:
        return held
    held.cancelled_at, held.cancel_reason = now, reason
    held.sequence, held.changed_at = held.sequence + 1, now
    held.save()
    record(verb="meeting.called_off", by=by, at=now, subject=f"rencontre {held.pk}", reason=reason)
    for each in _live(held):
        booked = each.state == SeatState.BOOKED
        more = _("Motif\u00a0: %(reason)s") % {"reason": reason}
        method = Method.CANCEL if booked else None
        withdraw_reminders(each)
        back = give_back_of(each, int, cause=RefundCause.CALLED_OFF, now=now)
        if back:
            more = f"{more}\n{notices.given_back(back)}"
        tell(each, notices.CALLED_OFF, now=now, more=more, method=method)
    DateWish.objects.filter(meeting=held, told_at=None).delete()
    settle(held, now=now)
    return held


@transaction.atomic
def repeat(*, page: WebinarPage, by: User, now: datetime) -> WebinarPage:
    """A draft of the same event a year later, its month alone known; asked again, the same draft.

    Nothing of those registered is copied. The draft keeps the address of the first with the year.
    """
    page = WebinarPage.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.pk)
    later = add_years(page.held_on, 1)
    last = later.replace(day=monthrange(later.year, later.month)[1])
    slug = _slug(page, last.year)
    found = WebinarPage.objects.sibling_of(page).filter(slug=slug).first()
    if found:
        return found
    copied: WebinarPage = page.copy(
        update_attrs={
            "slug": slug,
            "held_on": last,
            "date_known": False,
            "starts_at": None,
            "opens_on": None,
            "closes_on": None,
            "link": "",
        },
        keep_live=False,
        copy_revisions=False,
        user=by,
    )
    record(verb="meeting.repeated", by=by, at=now, subject=f"page {copied.pk}")
    return copied


def _slug(page: WebinarPage, year: int) -> str:
    stem, _dash, tail = page.slug.rpartition("-")
    return f"{stem if tail.isdecimal() and len(tail) == 4 else page.slug}-{year}"


def _live(meeting: Meeting) -> list[Registration]:
    found = meeting.registrations.filter(state__in=LIVE).select_related("person")
    people = list(found.order_by("made_at", "pk"))
    for each in people:
        each.meeting = meeting
    return people
