"""Reads of surveys: who attended, and what was answered, shown from a few answers on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Avg, Count
from django.utils import timezone

from network.models import User
from training.enums import Survey
from training.models import Attestation, Meeting, Stay, SurveyAnswer, SurveyCall
from training.models.replay import REPLAY
from training.rules.surveys import LEAST, WINDOWS


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody attended a meeting, or its recording, at `since`."""

    meeting: Meeting
    person: User
    since: datetime


def attended(moment: Survey, *, now: datetime) -> Iterator[Attended]:
    """Those whom the window of this moment may hold: present, or attested for the recording."""
    first, last = now - WINDOWS[moment].before, now - WINDOWS[moment].first
    stays = Stay.objects.filter(
        registration__meeting__cancelled_at=None,
        registration__meeting__ends_at__gt=first,
        registration__meeting__ends_at__lte=last,
    ).select_related("registration__meeting", "registration__person")
    for registration in {stay.registration for stay in stays}:
        meeting = registration.meeting
        if meeting.ends_at:
            yield Attended(meeting, registration.person, meeting.ends_at)
    days = (timezone.localdate(first), timezone.localdate(last))
    watched = Attestation.objects.standing().filter(facts__meeting=REPLAY, issued_on__range=days)
    found = list(watched.select_related("learner"))
    keys = {each.module_key for each in found}
    meetings = {each.key: each for each in Meeting.objects.filter(key__in=keys)}
    for each in found:
        since = timezone.make_aware(datetime.combine(each.issued_on, time()))
        yield Attended(meetings[each.module_key], each.learner, since)


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many answered at one moment; means, when there are enough to show."""

    answers: int = 0
    score: float | None = None
    useful: float | None = None
    scale: float | None = None


def opinions_of(meetings: Iterable[int]) -> Mapping[tuple[int, str], Opinions]:
    """By meeting and moment."""
    rows = (
        SurveyAnswer.objects.filter(meeting__in=list(meetings))
        .order_by()
        .values_list("meeting", "moment")
        .annotate(n=Count("pk"), score=Avg("score"), useful=Avg("useful"))
        .annotate(clear=Avg("clear"), applied=Avg("applied"))
    )
    return {
        (meeting, moment): Opinions(n, score, useful, clear if clear is not None else applied)
        if n >= LEAST
        else Opinions(n)
        for meeting, moment, n, score, useful, clear, applied in rows
    }


def words_of(meeting: Meeting) -> list[str]:
    """What was written, in no order that tells anything; none while answers are few."""
    rows = SurveyAnswer.objects.filter(meeting=meeting).order_by("moment", "pk")
    found = list(rows.values_list("moment", "words"))
    moments = [moment for moment, _words in found]
    return [words for moment, words in found if words and moments.count(moment) >= LEAST]


def calls_of(meeting: Meeting, person: User) -> list[SurveyCall]:
    """What one person was asked of a meeting, the first first."""
    own = SurveyCall.objects.visible_to(person).filter(person=person, meeting=meeting)
    return list(own.order_by("asked_at"))


def answered_moments(person: User, keys: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    """For the training record: the moments at which this person answered, by meeting."""
    own = SurveyCall.objects.filter(
        person=person, meeting__key__in=list(keys), answered_on__isnull=False
    )
    found: dict[UUID, list[str]] = {}
    for call in own.select_related("meeting").order_by("answered_on"):
        found.setdefault(call.meeting.key, []).append(str(call.get_moment_display()))
    return found
