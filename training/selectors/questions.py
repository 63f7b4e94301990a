"""The list of questions that the committee reads, from the latest count."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from training.enums import Flag, Topic
from training.models import CaseItem, CaseVersion, ItemSummary, ItemVersion


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of questions is narrowed to; empty or None: all."""

    topic: Topic | None = None
    flag: Flag | None = None
    profession: str = ""
    current: bool | None = True  # asked today, or replaced by a later version
    page: UUID | None = None


def questions(wanted: Wanted) -> QuerySet[Any]:
    """Each question once, in the last version that holds it; those to look at come first.

    Adds to each row `answers`, `facility`, `discrimination`, `flags` of the profession wanted,
    and `is_current`.
    """
    rows: QuerySet[Any] = _held_last().annotate(
        summary=FilteredRelation(
            "item__summaries", condition=Q(item__summaries__profession=wanted.profession)
        ),
        answers=Coalesce(F("summary__answers"), 0),
        facility=F("summary__facility"),
        discrimination=F("summary__discrimination"),
        flags=Coalesce(F("summary__flags"), Value("")),
        place=Case(When(summary__flags__gt="", then=0), default=1),
    )
    if wanted.topic:
        rows = rows.filter(item__topic=wanted.topic)
    if wanted.flag:
        rows = rows.filter(summary__flags__contains=wanted.flag)
    if wanted.page:
        rows = rows.filter(case__key=wanted.page)
    if wanted.current is not None:
        rows = rows.filter(is_current=wanted.current)
    return (
        rows.select_related("item", "case")
        .defer("case__steps")
        .order_by("place", "case__title", "case__part", "ordinal", "pk")
    )


def _held_last() -> Any:
    """Each question in the last version that holds it. (The types of annotations are lost.)"""
    later_holder = CaseItem.objects.filter(
        item=OuterRef("item"), case__number__gt=OuterRef("case__number")
    )
    later_case = CaseVersion.objects.filter(
        key=OuterRef("case__key"),
        part=OuterRef("case__part"),
        number__gt=OuterRef("case__number"),
    )
    return CaseItem.objects.filter(~Exists(later_holder)).annotate(is_current=~Exists(later_case))


def flagged_questions(keys: Iterable[UUID]) -> Counter[UUID]:
    """How many of the questions asked today are to look at, by page. One query."""
    rows = _held_last().filter(is_current=True, case__key__in=list(keys))
    flagged = rows.filter(
        Exists(ItemSummary.objects.filter(item=OuterRef("item"), profession="").exclude(flags=""))
    )
    return Counter(flagged.values_list("case__key", flat=True))


def last_count() -> datetime | None:
    """When the summaries were counted; None before the first night."""
    found: datetime | None = ItemSummary.objects.aggregate(at=Max("counted_at"))["at"]
    return found


def versions_of_page(key: UUID) -> list[ItemVersion]:
    """Every version of every question of a page, the latest first."""
    return list(ItemVersion.objects.filter(case_key=key).order_by("block", "-number"))


def holder_of(item: ItemVersion) -> Any:
    """The last published version that asks a question, with `is_current`."""
    return _held_last().select_related("case").defer("case__steps").get(item=item)


def current_case(key: UUID, part: str) -> tuple[CaseVersion, list[ItemVersion]] | None:
    """What is asked today under a key, with its questions in their order."""
    case = CaseVersion.objects.filter(key=key, part=part).order_by("-number").first()
    if case is None:
        return None
    rows = CaseItem.objects.filter(case=case).select_related("item").order_by("ordinal")
    return case, [row.item for row in rows]
