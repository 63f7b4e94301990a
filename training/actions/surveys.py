"""Surveys of those who attended: asked, reminded once, answered without a name."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.models import User
from portal.kit.links import absolute
from portal.kit.words import typeset
from training import notices
from training.enums import Survey
from training.models import SurveyAnswer, SurveyCall
from training.rules.surveys import is_asked, is_open, is_reminded
from training.selectors.surveys import attended
from training.tokens import survey_token

from .meeting_mails import LONGEST_SUBJECT


class Closed(Exception):
    """It is too late to answer."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody answers; `scale` is how clear it was, or how far it was applied."""

    score: int
    useful: int
    scale: int
    words: str = ""


def ask_all(*, now: datetime) -> int:
    """Ask everybody who attended and is due, each once a moment; how many."""
    count = 0
    for moment in Survey:
        known = set(SurveyCall.objects.filter(moment=moment).values_list("meeting_id", "person_id"))
        for each in attended(moment, now=now):
            due = is_asked(moment, each.since, now)
            if due and (each.meeting.pk, each.person.pk) not in known:
                known.add((each.meeting.pk, each.person.pk))
                fields = {"since": each.since, "asked_at": now}
                count += _ask(moment, each.meeting.pk, each.person, fields, now=now)
    return count


@transaction.atomic
def _ask(
    moment: Survey, meeting: int, person: User, fields: dict[str, datetime], *, now: datetime
) -> bool:
    call, made = SurveyCall.objects.get_or_create(
        meeting_id=meeting, person=person, moment=moment, defaults=fields
    )
    if made:
        _mail(call, now=now, key=f"survey:{call.uid.hex}")
    return made


def remind_surveys(*, now: datetime) -> int:
    """Remind those who have not answered, each once; how many."""
    waiting = SurveyCall.objects.filter(reminded_at=None, answered_on=None)
    return sum(
        _remind(call.pk, now=now)
        for call in waiting
        if is_reminded(Survey(call.moment), call.since, call.asked_at, now)
    )


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    call = SurveyCall.objects.select_for_update(no_key=True).get(pk=pk)
    if call.reminded_at or call.answered_on:
        return False
    call.reminded_at = now
    call.save(update_fields=["reminded_at"])
    _mail(call, now=now, key=f"survey-reminder:{call.uid.hex}")
    return True


def _mail(call: SurveyCall, *, now: datetime, key: str) -> None:
    if not call.person.is_active:
        return
    notice = notices.SURVEYS[Survey(call.moment)]
    title = typeset(call.meeting.title)
    link = absolute(reverse("training:survey", args=[survey_token(call.uid)]))
    text = {"notice": notice, "title": title, "link": link}
    queue_mail(
        to=call.person.email,
        subject=(str(notice.subject) % {"title": title})[:LONGEST_SUBJECT],
        body=render_to_string("training/mail/survey.txt", text).strip(),
        now=now,
        key=key,
    )


@transaction.atomic
def answer_survey(*, call: SurveyCall, opinion: Opinion, by: User, now: datetime) -> None:
    """Keep an opinion apart from who gives it; the first one stays. Raises Closed."""
    held = SurveyCall.objects.select_for_update(no_key=True).get(pk=call.pk)
    if held.answered_on:
        return
    moment = Survey(held.moment)
    if not is_open(moment, held.since, now):
        raise Closed
    hot = moment is Survey.HOT
    SurveyAnswer.objects.create(
        meeting_id=held.meeting_id,
        moment=moment,
        score=opinion.score,
        useful=opinion.useful,
        clear=opinion.scale if hot else None,
        applied=None if hot else opinion.scale,
        words=opinion.words,
    )
    held.answered_on = timezone.localdate(now)
    held.save(update_fields=["answered_on"])
    record(verb="survey.answered", by=by, at=now, subject=f"rencontre {held.meeting_id}")
