"""« Je cherche… »: what the house holds for everyday words."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import F

from network.models import SearchMiss
from portal.kit.finding import Concepts, Document, offered_to, rank
from portal.kit.folding import plain

CONCEPTS = Path(__file__).resolve().parent.parent / "content" / "concepts.toml"


@cache
def concepts() -> Concepts:
    """The words that say the same thing, as shipped."""
    return Concepts(tomllib.loads(CONCEPTS.read_text(encoding="utf-8")))


def find(query: str, *, user: Any) -> list[Document]:
    """The documents that this person may read and that answer, the best first."""
    return rank(query, offered_to(user), concepts=concepts())


def remember_miss(query: str, *, now: datetime) -> None:
    """Count words that found nothing, without who typed them. A sentence is not kept: it might
    tell of somebody."""
    words = plain(query)
    if not words or len(words.split()) > 4 or any(each.isdigit() for each in words):
        return
    missed, created = SearchMiss.objects.get_or_create(words=words[:80], defaults={"last_at": now})
    if not created:
        SearchMiss.objects.filter(pk=missed.pk).update(count=F("count") + 1, last_at=now)
