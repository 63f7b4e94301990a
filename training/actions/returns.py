"""Cases that come back at day 7, 30 and 90: planned, mailed, opened, paused.

A mail says that a case waits and nothing of it: neither its title nor its topic.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.mail import queue_mail
from network.models import User
from portal.kit.links import absolute
from training.access import Perm
from training.actions.runs import start_run
from training.enums import Part, Purpose
from training.enums import Return as Standing
from training.models import Return, ReturnPause, Run
from training.rules.spacing import DAYS, OPEN_DAYS, Waiting, due_dates, to_mail
from training.selectors.returns import standing_of
from training.tokens import pause_token, return_token

LOOK_BACK = timedelta(days=DAYS[-1] + OPEN_DAYS)
"""Beyond, the last return of a case has expired."""
MOST_AT_ONCE = 2000
"""Mails of one round; the next round takes the rest."""


class NotOpen(Exception):
    """This return cannot be opened: too early, or too late; `standing` says which."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.value)
        self.standing = standing


@transaction.atomic
def plan_returns(*, run: Run) -> None:
    """Plan the three returns of a case finished for the first time; asked again, nothing changes.

    A test never comes back, nor does a case that an expert or a return went through.
    """
    if run.part != Part.CASE or run.purpose != Purpose.LEARN or run.finished_at is None:
        return
    first = (
        Run.objects.filter(
            learner=run.learner_id, key=run.key, part=Part.CASE, purpose=Purpose.LEARN
        )
        .finished()
        .order_by("finished_at")
        .first()
    )
    finished_on = timezone.localdate(first.finished_at if first else run.finished_at)
    Return.objects.bulk_create(
        [
            Return(learner_id=run.learner_id, key=run.key, day=day, due_on=due_on)
            for day, due_on in due_dates(finished_on)
        ],
        ignore_conflicts=True,
    )


def plan_missing(*, now: datetime) -> int:
    """Plan what a lost event left out; the number of cases found."""
    planned = Return.objects.filter(learner=OuterRef("learner"), key=OuterRef("key"))
    runs = Run.objects.filter(
        part=Part.CASE, purpose=Purpose.LEARN, finished_at__gte=now - LOOK_BACK
    ).exclude(Exists(planned))
    found = list(runs)
    for run in found:
        plan_returns(run=run)
    return len(found)


def send_due(*, now: datetime) -> int:
    """Mail what is due, one case a day to each learner at most; the number queued."""
    today = timezone.localdate(now)
    waiting = [
        Waiting(each.learner_id, each.pk, each.day, each.due_on)
        for each in Return.objects.to_send(today)
        .filter(due_on__gt=today - LOOK_BACK, learner__is_active=True)
        .filter(learner__return_pause=None)
        if standing_of(each, today) in {Standing.DUE, Standing.LATE}
    ]
    already = _mailed_on(today, {each.learner for each in waiting})
    chosen = to_mail(waiting, already=already)[:MOST_AT_ONCE]
    return sum(_send(each.case, now=now) for each in chosen)


@transaction.atomic
def _send(return_id: int, *, now: datetime) -> bool:
    """Queue one mail, unless another worker did, or the learner had one today already."""
    coming = Return.objects.select_related("learner").get(pk=return_id)
    learner = User.objects.select_for_update(no_key=True).get(pk=coming.learner_id)
    coming = Return.objects.select_for_update(no_key=True).get(pk=return_id)
    today = timezone.localdate(now)
    if standing_of(coming, today) not in {Standing.DUE, Standing.LATE}:
        return False
    if _mailed_on(today, {learner.pk}) or ReturnPause.objects.filter(learner=learner).exists():
        return False
    if not learner.is_active or not learner.has_perm(Perm.LEARN):
        return False
    coming.sent_at = now
    coming.save(update_fields=["sent_at"])
    pause = reverse("training:return_pause", args=[pause_token(learner.pk)])
    queue_mail(
        to=learner.email,
        subject=_("Un cas vous attend dans Ariane"),
        body=render_to_string(
            "training/mail/return.txt",
            {
                "link": absolute(reverse("training:return", args=[return_token(coming.pk)])),
                "pause": absolute(pause),
                "days": OPEN_DAYS,
            },
        ).strip(),
        now=now,
        key=f"return:{coming.pk}",
    )
    return True


@transaction.atomic
def open_return(*, coming: Return, by: User, now: datetime) -> Run:
    """The run of a case that came back, begun at the first call and resumed after.

    Raises Return.DoesNotExist for somebody else's, NotOpen, NotPublished.
    """
    found: Return = (
        Return.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("run")
        .get(pk=coming.pk)
    )
    if found.run:
        return found.run
    standing = standing_of(found, timezone.localdate(now))
    if standing in {Standing.UPCOMING, Standing.EXPIRED}:
        raise NotOpen(standing)
    found.run = start_run(
        key=found.key,
        part=Part.CASE,
        by=by,
        now=now,
        purpose=Purpose.RETURN,
        return_day=found.day,
    )
    found.save(update_fields=["run"])
    return found.run


def pause_returns(*, by: User, now: datetime) -> None:
    """No case by mail any more, until they are wanted again."""
    ReturnPause.objects.get_or_create(learner=by, defaults={"since": now})


def resume_returns(*, by: User, now: datetime) -> None:
    """Cases by mail again: those that are still worth it, one a day."""
    ReturnPause.objects.filter(learner=by).delete()


def _mailed_on(today: date, learners: set[int]) -> set[int]:
    """Which of these learners had a mail on that day (Paris)."""
    mailed: dict[date, set[int]] = defaultdict(set)
    near = Return.objects.filter(learner__in=learners, sent_at__date__gte=today - timedelta(days=1))
    for learner_id, sent_at in near.values_list("learner", "sent_at"):
        mailed[timezone.localdate(sent_at)].add(learner_id)
    return mailed[today]
