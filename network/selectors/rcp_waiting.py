"""What case reviews (RCP) wait for from one person: counted first, read when something waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

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


class Reviews:
    """What may wait for this person that day: one's own, and for the coordination all the rest.

    `rows` are counted first, with what else the page counts; `found` reads those that wait.
    """

    def __init__(self, user: User, today: date) -> None:
        self._user, self._today = user, today
        runs = user.has_perm(Perm.RECORD_RCP)
        planned = RcpMeeting.objects.filter(state=MeetingState.PLANNED).order_by("held_on", "pk")
        self._to_answer = planned.filter(
            held_on__gte=today,
            invitations__professional__user=user,
            invitations__answer=Answer.WAITING,
        )
        self._to_note = planned.filter(held_on__lte=today) if runs else planned.none()
        drafts = RcpFile.objects.signed_by(user, today)
        self._drafts = drafts.filter(minutes__isnull=False, minutes__signed_at=None)
        late = RcpProposal.objects.visible_to(user, today).late(today)
        self._late = late if runs else late.filter(owner__user=user)
        work = due_for_work(user, today).filter(work_later="")
        self._work = work if runs else work.none()

    @property
    def rows(self) -> tuple[QuerySet[Any], ...]:
        return self._to_answer, self._to_note, self._drafts, self._late, self._work

    def found(self, answers: int, notes: int, signatures: int, late: int, work: int) -> Waiting:
        """What waits, from how many rows each holds."""
        return Waiting(
            to_answer=list(self._to_answer[:MOST]) if answers else [],
            to_note=list(self._to_note[:MOST]) if notes else [],
            to_sign=list(self._drafts.values_list("pk", flat=True)) if signatures else [],
            late=late,
            to_ask=len(to_ask_about_work(self._user, self._today)) if work else 0,
        )
