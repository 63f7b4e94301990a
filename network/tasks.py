"""Work done apart from requests: mails are delivered, old task results are dropped."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db.models import QuerySet
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from network.actions.delivery import deliver
from network.actions.directory import ask_structures
from network.actions.questionnaire_reminders import remind_all
from network.actions.referrals import forget_old_drafts
from network.actions.stale import chase_stale
from portal.kit import clock
from portal.kit.prepared import Prepared
from portal.kit.ticks import every


@task
def deliver_outbox() -> int:
    """Deliver what is due; the number of mails handed over."""
    return deliver(clock=clock.now)


@Prepared
def _deliveries_to_come() -> "QuerySet[DBTaskResult[..., Any], tuple[UUID]]":
    tasks = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=deliver_outbox.module_path
    )
    return tasks.order_by().values_list("pk")[:1]


def call_the_delivery() -> None:
    """Have the worker deliver what is committed by now.

    One that it has not begun will read it too: among many gestures, few have to call.
    """
    if _deliveries_to_come.first() is None:
        deliver_outbox.enqueue()


@every(seconds=30)
def deliver_again(now: datetime) -> None:
    """Mails whose first delivery failed, or whose wake-up was lost."""
    deliver(clock=clock.now)


@every(days=1)
def forget_tasks(now: datetime) -> None:
    """Results of tasks older than a fortnight."""
    call_command("prune_db_task_results", verbosity=0)


@every(minutes=30)
def remind_of_questionnaires(now: datetime) -> None:
    """Three and ten days after it was sent, a questionnaire that waits."""
    remind_all(now=now)


@every(days=1)
def chase_requests(now: datetime) -> None:
    """Incomplete requests are recalled, then archived; drafts nobody touched are forgotten."""
    chase_stale(now=now)
    forget_old_drafts(now=now)


@every(days=1)
def verify_directory(now: datetime) -> None:
    """Structures whose sheet nobody has confirmed for a year are asked, at most monthly."""
    ask_structures(now=now)
