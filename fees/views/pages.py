"""Pages of long lists: acts, of which there may be a million, and claims."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

from fees.models import Act, Claim
from fees.models.act import ActQuerySet

MOST = 10_000
"""Acts that can be turned page by page; beyond, a month or another filter finds them sooner."""


class FirstPages(Paginator[Act]):
    """The pages of the first `MOST` acts: the others are neither counted nor skipped over.

    `known`: how many acts there are, where the figures above the list have told it.
    """

    def __init__(self, acts: ActQuerySet, per_page: int, *, known: int | None) -> None:
        super().__init__(acts, per_page)
        self.found = acts.order_by()[: MOST + 1].count() if known is None else known

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def more(self) -> bool:
        return self.found > MOST


class ClaimPages(Paginator[Claim]):
    """The pages of claims that the figures above them have counted."""

    def __init__(self, claims: QuerySet[Claim], per_page: int, *, known: int) -> None:
        super().__init__(claims, per_page)
        self.known = known

    @cached_property
    def count(self) -> int:
        return self.known
