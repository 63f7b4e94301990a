"""A professional's claims: what is to be sent, what is left out and why, how each one goes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from fees.enums import CLAIMED, LineKind, LineState, State, Stop
from fees.models import Act, Claim, ClaimLine, Transfer, TransferLine
from fees.models.batch import GONE
from fees.rules import days_late
from network.models import Professional
from portal.kit.money import ZERO

from .checks import Check
from .claim_checks import checks_of_all
from .claims import claimable_acts
from .lists import Group, by_month
from .why import Situation, situations, with_grounds


@dataclass(frozen=True, slots=True)
class Proposed:
    """An act that the next claim of its month asks for."""

    act: Act
    checks: list[Check]

    @property
    def good(self) -> int:
        return sum(check.ok for check in self.checks)


@dataclass(slots=True)
class Month:
    """What a professional has in a month outside claims: to send, to correct, left out.

    `late`: those to send whose claim window is closed; an accountant reads them one by one.
    """

    first: date
    lines: list[Proposed] = field(default_factory=list)
    returned: list[Situation] = field(default_factory=list)
    left_out: list[Situation] = field(default_factory=list)
    late: int = 0

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def amount(self) -> Decimal:
        return sum((line.act.amount for line in self.lines), ZERO)


def months_of(professional: Professional, today: date) -> list[Month]:
    """Each month that waits for its professional, the oldest first; ten queries at most.

    A month shows when something is to be sent, to be corrected or still a draft; what the rules
    refused or what is to be arbitrated is then told beside.
    """
    standing = ClaimLine.objects.filter(act=OuterRef("pk"), state__in=CLAIMED)
    outside = Act.objects.filter(
        ~Exists(standing),
        professional=professional,
        state__in=[State.DRAFT, State.SUBMITTED, State.REFUSED],
    )
    waiting = outside.filter(state__in=[State.DRAFT, State.SUBMITTED])
    oldest = waiting.order_by("done_on").values_list("done_on", flat=True).first()
    if oldest is None:
        return []
    acts = with_grounds(outside.filter(done_on__gte=oldest.replace(day=1))).order_by(
        "done_on", "pk"
    )
    found = situations(list(acts))
    checks = checks_of_all([each.act for each in found if each.stop is Stop.NOT_CLAIMED])
    months: dict[date, Month] = {}
    for each in found:
        first = each.act.done_on.replace(day=1)
        month = months.setdefault(first, Month(first))
        if each.stop is Stop.NOT_CLAIMED:
            month.lines.append(Proposed(each.act, checks[each.act.pk]))
            month.late += _is_late(each.act, today)
        elif each.stop is Stop.RETURNED:
            month.returned.append(each)
        else:
            month.left_out.append(each)
    return [month for month in months.values() if _waits(month)]


def _is_late(act: Act, today: date) -> bool:
    return act.policy is not None and days_late(act.done_on, today, act.policy.claim_days) > 0


def _waits(month: Month) -> bool:
    drafts = any(each.stop is Stop.DRAFT for each in month.left_out)
    return bool(month.lines or month.returned or drafts)


def to_send(professional: Professional) -> dict[date, Group]:
    """How many acts and euros wait to be asked for, by month, the oldest first; one query."""
    return dict(sorted(by_month(claimable_acts(professional)).items()))


def returned_acts(professional: Professional) -> QuerySet[Act]:
    """Acts that were returned and wait to be corrected, cancelled or asked for again."""
    lines = ClaimLine.objects.filter(act=OuterRef("pk"))
    acts = Act.objects.filter(professional=professional, state=State.SUBMITTED)
    return acts.filter(Exists(lines.filter(state=LineState.RETURNED))).exclude(
        Exists(lines.filter(state__in=CLAIMED))
    )


@dataclass(slots=True)
class Progress:
    """How far the lines of a claim have gone: counts, and euros asked for and paid.

    `returned` counts those that still wait for their professional.
    """

    lines: int = 0
    controlled: int = 0
    held: int = 0
    to_pay: int = 0
    in_payment: int = 0
    paid: int = 0
    returned: int = 0
    gone: int = 0
    amount: Decimal = ZERO
    paid_amount: Decimal = ZERO

    def add(self, line: str, act: str, *, count: int, amount: Decimal) -> None:
        """Count lines in this state, whose acts are in that one."""
        self.lines += count
        self.amount += amount
        self.controlled += count * (line not in (LineState.SENT, LineState.HELD))
        self.held += count * (line == LineState.HELD)
        if line == LineState.RETURNED and act == State.SUBMITTED:
            self.returned += count
        elif line in (LineState.RETURNED, LineState.WITHDRAWN):
            self.gone += count
        elif act == State.VALIDATED:
            self.to_pay += count
        elif act == State.IN_BATCH:
            self.in_payment += count
        elif act in (State.PAID, State.REVERSED):
            self.paid += count
            self.paid_amount += amount

    @property
    def whole(self) -> bool:
        """Nothing is to be waited for any more: what was to be paid is paid."""
        return self.paid + self.gone == self.lines


def progress_of(claims: Iterable[Claim]) -> dict[int, Progress]:
    """The progress of each claim, by claim; one query.

    A returned line whose act was asked for again stands in the later claim, not in this one.
    """
    again = ClaimLine.objects.filter(act=OuterRef("act"), claim__gt=OuterRef("claim"))
    rows = (
        ClaimLine.objects.filter(claim__in=list(claims))
        .annotate(again=Exists(again))
        .order_by()
        .values("claim", "state", "act__state", "again")
        .annotate(count=Count("pk"), total=Sum("amount"))
    )
    found: dict[int, Progress] = defaultdict(Progress)
    for row in rows:
        act = State.CANCELLED if row["again"] else row["act__state"]
        found[row["claim"]].add(row["state"], act, count=row["count"], amount=row["total"] or ZERO)
    return found


@dataclass(frozen=True, slots=True)
class Followed:
    """A line of a claim, with what stands of its act."""

    line: ClaimLine
    situation: Situation
    again: bool

    @property
    def to_correct(self) -> bool:
        return (
            self.line.state == LineState.RETURNED
            and self.situation.stop is Stop.RETURNED
            and not self.again
        )


def lines_of(claim: Claim) -> list[Followed]:
    """The lines of a claim in the order of their days; a fixed number of queries."""
    again = ClaimLine.objects.filter(act=OuterRef("act"), claim__gt=OuterRef("claim"))
    lines = list(claim.lines.annotate(again=Exists(again)).order_by("act__done_on", "pk"))
    acts = {act.pk: act for act in with_grounds(Act.objects.filter(claim_lines__claim=claim))}
    found = {each.act.pk: each for each in situations(list(acts.values()))}
    return [Followed(line, found[line.act_id], line.again) for line in lines]


@dataclass(frozen=True, slots=True)
class Paid:
    """What a transfer pays of a claim, in euros."""

    transfer: Transfer
    acts: int
    amount: Decimal


def transfers_of(claim: Claim) -> list[Paid]:
    """The transfers signed for acts of a claim, the oldest first; two queries."""
    signed = TransferLine.objects.filter(
        act__claim_lines__claim=claim,
        act__claim_lines__state=LineState.ADMITTED,
        kind=LineKind.PAYS,
        live=True,
    ).exclude(Q(transfer__state__in=GONE) | Q(transfer__batch__signed_at=None))
    sums = signed.order_by().values("transfer").annotate(acts=Count("pk"), total=Sum("amount"))
    figures: dict[int, Any] = {row["transfer"]: row for row in sums}
    transfers = Transfer.objects.filter(pk__in=figures).select_related("batch")
    return [
        Paid(each, figures[each.pk]["acts"], figures[each.pk]["total"])
        for each in transfers.order_by("batch__execute_on", "pk")
    ]
