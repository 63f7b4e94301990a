"""What waits for authors and for the medical director. Each answers with constant queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Value
from wagtail.models import TaskState

from training.models import EvidenceCard, LessonPage, ModulePage, ScientificReview, VignettePage


def waiting_for_sign_off() -> QuerySet[TaskState]:
    """Pages and cards submitted to the scientific reading."""
    found: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=ScientificReview.objects.all()
    )
    return found


@dataclass(frozen=True, slots=True)
class Overdue:
    """What should have been read again: how many cards, and pages by title, the oldest first."""

    cards: int
    pages: tuple[str, ...]


def overdue(today: date) -> Overdue:
    """Published cards and pages whose next reading should have taken place. One query."""
    pages = [
        model.objects.live()
        .filter(review_on__lt=today)
        .values_list("review_on", "title")
        .order_by()
        for model in (VignettePage, ModulePage, LessonPage)
    ]
    cards = EvidenceCard.objects.overdue(today).values_list("review_on", Value(""))
    late = sorted(pages[0].union(*pages[1:], cards.order_by(), all=True))
    titles = tuple(title for _day, title in late if title)
    return Overdue(cards=len(late) - len(titles), pages=titles)
