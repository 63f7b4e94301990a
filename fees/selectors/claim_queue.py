"""The accountant's queue: claims with lines to control, what is searched, and the figures above."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from fees.enums import LineState
from fees.models import Claim, ClaimLine
from network.enums import Profession
from portal.kit.money import ZERO

CLEAN = Q(remarks="", checked_at__isnull=False)
REMARKED = ~Q(remarks="")
ALL_VIEW, REMARKED_VIEW, CLEAN_VIEW = "", "remarques", "pretes"


@dataclass(frozen=True, slots=True)
class QueueSearch:
    """What an accountant looks for; empty = everything. `view`: all, with remarks, or clean."""

    month: date | None = None
    profession: Profession | None = None
    who: str = ""
    view: str = ALL_VIEW
    claim: int | None = None

    def lines(self, *, whatever: bool = False) -> QuerySet[ClaimLine]:
        """The lines to control that fit; `whatever`: of every view."""
        lines = ClaimLine.objects.filter(state=LineState.SENT).order_by()
        if self.claim:
            lines = lines.filter(claim=self.claim)
        if self.month:
            lines = lines.filter(claim__month=self.month)
        if self.profession:
            lines = lines.filter(claim__professional__profession=self.profession)
        if self.who:
            for word in self.who.split():
                lines = lines.filter(
                    Q(claim__professional__last_name__icontains=word)
                    | Q(claim__professional__first_name__icontains=word)
                )
        if whatever or self.view == ALL_VIEW:
            return lines
        return lines.filter(CLEAN if self.view == CLEAN_VIEW else REMARKED)

    def clean_lines(self) -> QuerySet[ClaimLine]:
        return self.lines(whatever=True).filter(CLEAN)

    def remarked_lines(self) -> QuerySet[ClaimLine]:
        """Those to read one by one, in the order in which they came."""
        return self.lines(whatever=True).filter(REMARKED).order_by("pk")

    def as_query(self) -> str:
        """The same search as the end of an address."""
        found = {
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "profession": self.profession or "",
            "qui": self.who,
            "vue": self.view,
            "demande": self.claim or "",
        }
        return urlencode({name: value for name, value in found.items() if value})

    @classmethod
    def from_query(cls, query: str) -> Self:
        """What `as_query` wrote."""
        found = dict(parse_qsl(query))
        month = found.get("mois")
        profession, claim = found.get("profession"), found.get("demande")
        return cls(
            month=date.fromisoformat(f"{month}-01") if month else None,
            profession=Profession(profession) if profession else None,
            who=found.get("qui", ""),
            view=found.get("vue", ALL_VIEW),
            claim=int(claim) if claim else None,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Lines and euros of some claims: all to control, without remark, with remarks."""

    claims: int = 0
    lines: int = 0
    amount: Decimal = ZERO
    clean: int = 0
    clean_amount: Decimal = ZERO
    remarked: int = 0
    remarked_amount: Decimal = ZERO

    @property
    def unchecked(self) -> int:
        return self.lines - self.clean - self.remarked


_SUMS = {
    "lines": Count("pk"),
    "clean": Count("pk", filter=CLEAN),
    "clean_amount": Sum("amount", filter=CLEAN),
    "remarked": Count("pk", filter=REMARKED),
    "remarked_amount": Sum("amount", filter=REMARKED),
    "amount": Sum("amount"),  # last: it hides the column of its name
}


def figures(search: QueueSearch) -> Figures:
    """The figures of what the filters show, whatever the view; claims are those of the view."""
    found = search.lines(whatever=True).aggregate(**_SUMS)
    claims = search.lines().aggregate(claims=Count("claim", distinct=True))
    return _figures(found | claims)


def queue(search: QueueSearch) -> QuerySet[Claim]:
    """The claims with a line that fits, the first sent first."""
    lines = search.lines().filter(claim=OuterRef("pk"))
    claims = Claim.objects.select_related("professional")
    return claims.filter(Exists(lines)).order_by("sent_at", "pk")


def figures_of(claims: Iterable[Claim]) -> dict[int, Figures]:
    """The figures of each of these claims. One query."""
    lines = ClaimLine.objects.filter(
        state=LineState.SENT, claim__in=[claim.pk for claim in claims]
    ).order_by()
    rows = lines.values("claim").annotate(**_SUMS)
    return {row["claim"]: _figures(dict(row)) for row in rows}


def _figures(row: dict[str, Any]) -> Figures:
    known = {each.name for each in fields(Figures)}
    kept: dict[str, Any] = {name: value or 0 for name, value in row.items() if name in known}
    return Figures(**kept)
