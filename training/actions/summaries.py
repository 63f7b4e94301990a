"""The count of the night: what lists say of each question."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from training.models import ItemSummary, Tally
from training.models.committee import joined
from training.rules.statistics import ItemStatistics
from training.selectors.questions import versions_of_page
from training.selectors.statistics import CaseStatistics, count

COUNTED = ["answers", "facility", "discrimination", "flags", "counted_at"]


def sum_up_questions(*, now: datetime) -> int:
    """Count again the pages that received answers since the last time; returns how many.

    Each page in its own transaction; counted twice, the same rows say the same.
    """
    answered = _answers_by_page()
    known = _summed_up_by_page()
    for key in answered:
        if answered[key] == known.get(key):
            ItemSummary.objects.filter(item__case_key=key).update(counted_at=now)
        else:
            _sum_up(key, now)
    return sum(answered[key] != known.get(key) for key in answered)


def _answers_by_page() -> dict[UUID, int]:
    peers = Tally.objects.filter(panel=False, letter="").order_by()
    return dict(peers.values_list("item__case_key").annotate(n=Sum("people")))


def _summed_up_by_page() -> dict[UUID, int]:
    everybody = ItemSummary.objects.filter(profession="").order_by()
    return dict(everybody.values_list("item__case_key").annotate(n=Sum("answers")))


@transaction.atomic
def _sum_up(key: UUID, now: datetime) -> None:
    ItemSummary.objects.bulk_create(
        _rows(count(key, versions_of_page(key), now), now),
        update_conflicts=True,
        unique_fields=["item", "profession"],
        update_fields=COUNTED,
        batch_size=500,
    )


def _rows(counted: CaseStatistics, now: datetime) -> Iterator[ItemSummary]:
    for each in (*counted.everybody.values(), *counted.by_profession.values()):
        yield _row(each, now)


def _row(counted: ItemStatistics, now: datetime) -> ItemSummary:
    row = ItemSummary(
        item_id=counted.item,
        profession=counted.profession or "",
        answers=counted.answers,
        counted_at=now,
    )
    if figures := counted.figures:
        row.facility = figures.facility
        if figures.discrimination:
            row.discrimination = figures.discrimination.correlation
        of_choices = [flag for choice in figures.choices for flag in choice.flags]
        row.flags = joined([*figures.flags, *of_choices])
    return row
