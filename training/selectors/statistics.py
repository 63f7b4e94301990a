"""The answers of a case or a test as statistics of its questions, by version and profession."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any
from uuid import UUID

import pandas as pd
from django.core.cache import cache
from django.db.models import FloatField, QuerySet, Sum
from django.db.models.functions import Cast

from training.enums import Answering
from training.models import Answer, ItemVersion, Tally
from training.rules.statistics import ItemKey, ItemStatistics, item_statistics

COLUMNS = ["run", "item", "credit", "chosen", "certainty", "seconds", "profession"]
FEW = 2_000
"""Answers of a page that are counted within the time of a click."""
KEPT = 48 * 3600  # seconds: two nights


@dataclass(frozen=True, slots=True)
class CaseStatistics:
    """The statistics of each question answered, by item; by item and profession."""

    everybody: dict[int, ItemStatistics]
    by_profession: dict[tuple[int, str], ItemStatistics]
    answers: int
    counted_at: datetime


def statistics_of(key: UUID, items: Iterable[ItemVersion], now: datetime) -> CaseStatistics:
    """The questions of a page among their peers: `items` are all its versions.

    Few answers are counted again as soon as one is added; many, by the count of the night, which
    a few more would not change: the page says when it was.
    """
    peers = Tally.objects.filter(item__case_key=key, panel=False, letter="")
    answers = peers.aggregate(n=Sum("people"))["n"] or 0
    kept: CaseStatistics | None = cache.get(_name(key))
    if kept and (kept.answers == answers or answers > FEW):
        return kept
    return count(key, items, now)


def count(key: UUID, items: Iterable[ItemVersion], now: datetime) -> CaseStatistics:
    """The same from every answer, read in one query; kept for the pages."""
    frame = answers_frame(key)
    keys = {item.pk: item_key(item) for item in items}
    counted = CaseStatistics(
        {each.item: each for each in item_statistics(frame, keys)},
        {
            (each.item, each.profession or ""): each
            for each in item_statistics(frame, keys, by_profession=True)
        },
        len(frame),
        now,
    )
    cache.set(_name(key), counted, KEPT)
    return counted


def _name(key: UUID) -> str:
    return f"training.statistics.{key}"


def answers_frame(key: UUID) -> pd.DataFrame:
    """The counted first answers to a page's questions, as `training.rules.statistics` asks."""
    return pd.DataFrame(list(counted_answers(key)), columns=COLUMNS)


def counted_answers(key: UUID) -> QuerySet[Answer, Sequence[Any]]:
    answers = Answer.objects.filter(item__case_key=key, counted=True).order_by()
    return answers.values_list(
        "run",
        "item",
        Cast("credit", FloatField()),
        "chosen",
        "certainty",
        "seconds",
        "profession",
    )


def item_key(item: ItemVersion) -> ItemKey:
    """The letters of an item; none for an ordering, where every option is in every answer."""
    decision = item.decision
    if decision.answering is Answering.ORDER:
        return ItemKey("", "")
    lettered = list(zip(ascii_uppercase, item.shown, strict=False))
    return ItemKey(
        "".join(letter for letter, _option in lettered),
        "".join(letter for letter, option in lettered if decision.option(option).credited),
    )
