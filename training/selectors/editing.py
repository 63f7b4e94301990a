"""What waits for authors and for the medical director. Each answers with constant queries."""

from datetime import date

from django.db.models import QuerySet
from wagtail.models import TaskState

from training.models import EvidenceCard, LessonPage, ModulePage, ScientificReview, VignettePage


def waiting_for_sign_off() -> QuerySet[TaskState]:
    """Pages and cards submitted to the scientific reading."""
    found: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=ScientificReview.objects.all()
    )
    return found


def cards_overdue(today: date) -> QuerySet[EvidenceCard]:
    late: QuerySet[EvidenceCard] = EvidenceCard.objects.overdue(today)
    return late


def pages_overdue(today: date) -> list[str]:
    """Titles of published pages whose next reading should have taken place, the oldest first."""
    late = [
        model.objects.live()
        .filter(review_on__lt=today)
        .values_list("review_on", "title")
        .order_by()
        for model in (VignettePage, ModulePage, LessonPage)
    ]
    return [title for _day, title in sorted(late[0].union(*late[1:], all=True))]
