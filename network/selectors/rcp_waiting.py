"""What case reviews (RCP) wait for from one person: counted in one query, read when it waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from network.access import Perm
from network.enums import Answer, MeetingState
from network.models import RcpFile, RcpMeeting, RcpProposal, User

from .rcp import due_for_work, to_ask_about_work

MOST = 3
"""Meetings told one by one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Meetings to answer and to note, files to sign, late proposals, patients to ask about work."""

    to_answer: list[RcpMeeting]
    to_note: list[RcpMeeting]
    to_sign: list[int]
    late: int
    to_ask: int


def reviews_waiting(user: User, today: date) -> Waiting:
    """What waits for this person that day: one's own, and for the coordination all the rest."""
    runs = user.has_perm(Perm.RECORD_RCP)
    planned = RcpMeeting.objects.filter(state=MeetingState.PLANNED).order_by("held_on", "pk")
    to_answer = planned.filter(
        held_on__gte=today,
        invitations__professional__user=user,
        invitations__answer=Answer.WAITING,
    )
    to_note = planned.filter(held_on__lte=today) if runs else planned.none()
    drafts = RcpFile.objects.signed_by(user, today)
    drafts = drafts.filter(minutes__isnull=False, minutes__signed_at=None)
    late = RcpProposal.objects.visible_to(user, today).late(today)
    late = late if runs else late.filter(owner__user=user)
    work = due_for_work(user, today).filter(work_later="")
    counts = User.objects.filter(pk=user.pk).values_list(
        _count(to_answer),
        _count(to_note),
        _count(drafts),
        _count(late),
        _count(work if runs else work.none()),
    )
    answers, notes, signatures, overdue, asked = counts[0]
    return Waiting(
        to_answer=list(to_answer[:MOST]) if answers else [],
        to_note=list(to_note[:MOST]) if notes else [],
        to_sign=list(drafts.values_list("pk", flat=True)) if signatures else [],
        late=overdue,
        to_ask=len(to_ask_about_work(user, today)) if asked else 0,
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """The number of rows, as one column of another query."""
    alone = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(alone.annotate(n=Count("pk")).values("n")), 0)
