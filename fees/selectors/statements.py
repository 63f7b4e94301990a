"""Statements received, what is to be decided in each, and what each comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from fees.enums import DifferenceMove, DifferenceState, FileState
from fees.models import BankMatch, Difference, DifferenceStep, StatementFile, StatementLine
from fees.models.statement import VERDICTS
from fees.reconcile.decisions import PAYS, SURE
from fees.reconcile.frames import Pair
from fees.reconcile.lines import Line
from fees.reconcile.reading import name as folded
from network.enums import Role
from network.models import RoleGrant, User

ZERO = Decimal("0.00")


def mark_of(line: Line) -> str:
    """What two files say alike when they claim the same thing, without telling whom it is about."""
    said = (
        f"{line.done_on}|{folded(line.patient_name)}|{line.patient_code}|{line.kind}|{line.cents}"
    )
    return salted_hmac("statement line", said, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Lines that an earlier file already claims."""

    lines: int
    of: int
    earlier: StatementFile


def overlapping(file: StatementFile, lines: Iterable[Line]) -> Overlap | None:
    """The earlier file of the same sender that shares most lines with these. Two queries."""
    marks = {mark_of(each) for each in lines}
    shared = (
        StatementLine.objects.filter(mark__in=marks, file__professional=file.professional_id)
        .exclude(file=file)
        .exclude(file__state=FileState.DROPPED)
        .order_by()
        .values("file")
        .annotate(shared=Count("mark", distinct=True))
        .order_by("-shared", "file")
        .first()
    )
    if shared is None:
        return None
    earlier = StatementFile.objects.defer("content").get(pk=shared["file"])
    return Overlap(shared["shared"], len(marks), earlier)


def with_counts(files: QuerySet[StatementFile]) -> QuerySet[StatementFile]:
    """Each file with what it claims, and what waits in it."""
    waiting = Q(differences__state=DifferenceState.OPEN)
    return (
        files.defer("content")
        .select_related("professional", "received_by")
        .annotate(
            waiting=Count("differences", filter=waiting),
            at_stake=Sum("differences__stake", filter=waiting, default=ZERO),
            claimed=Sum("differences__claimed", default=ZERO),
        )
        .order_by("-received_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """Euros of one file: what it claims is paid, reduced, rejected, or deferred."""

    claimed: Decimal = ZERO
    paid: Decimal = ZERO
    rejected: Decimal = ZERO
    deferred: Decimal = ZERO
    lines: int = 0
    settled: int = 0
    waiting: int = 0
    at_stake: Decimal = ZERO

    @property
    def reduced(self) -> Decimal:
        """What accepted lines claimed beyond the amount of their acts; negative when below."""
        return self.claimed - self.paid - self.rejected - self.deferred


def balance(differences: QuerySet[Difference]) -> Balance:
    """One query. Claimed = paid + reduced + rejected + deferred, to the cent."""
    claimed = Q(line__isnull=False)
    settled = Q(state__in=[DifferenceState.AGREED, DifferenceState.ACCEPTED])
    deferred = Q(state__in=[DifferenceState.OPEN, DifferenceState.ASKED])
    found = differences.order_by().aggregate(
        asked=Sum("claimed", default=ZERO),
        paid=Sum("payable", default=ZERO),
        rejected=Sum("claimed", filter=Q(state=DifferenceState.REFUSED), default=ZERO),
        deferred=Sum("claimed", filter=deferred, default=ZERO),
        lines=Count("line", distinct=True),
        settled=Count("line", filter=settled & claimed, distinct=True),
        waiting=Count("pk", filter=Q(state=DifferenceState.OPEN)),
        at_stake=Sum("stake", filter=Q(state=DifferenceState.OPEN), default=ZERO),
    )
    return Balance(claimed=found.pop("asked"), **found)


@dataclass(frozen=True, slots=True)
class Share:
    """The differences of one kind: how many, and the euros that depended on them."""

    verdict: str
    label: str
    count: int
    stake: Decimal
    waiting: int


def by_verdict(differences: QuerySet[Difference]) -> list[Share]:
    """The kinds of difference, the most euros first. One query."""
    rows = (
        differences.exclude(state=DifferenceState.AGREED)
        .order_by()
        .values("verdict")
        .annotate(
            count=Count("pk"),
            euros=Sum("stake", default=ZERO),
            waiting=Count("pk", filter=Q(state=DifferenceState.OPEN)),
        )
        .order_by("-euros", "verdict")
    )
    labels = {str(each): str(label) for each, label in VERDICTS.items()}
    return [
        Share(row["verdict"], labels[row["verdict"]], row["count"], row["euros"], row["waiting"])
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """Of what did not concord by itself, how much is decided."""

    done: int
    all: int


def progress(rows: QuerySet[Difference] | QuerySet[BankMatch]) -> Progress:
    """One query."""
    agreed, waiting = Q(state=DifferenceState.AGREED), Q(state=DifferenceState.OPEN)
    found = rows.order_by().aggregate(
        all=Count("pk", filter=~agreed), waiting=Count("pk", filter=waiting)
    )
    return Progress(found["all"] - found["waiting"], found["all"])


@dataclass(frozen=True, slots=True)
class MonthShare:
    """What the statements of a month came to."""

    month: date
    lines: int
    settled: int
    apart: int
    stake: Decimal


def by_month(differences: QuerySet[Difference]) -> list[MonthShare]:
    """Each month, the latest first. One query."""
    settled = Q(state__in=[DifferenceState.AGREED, DifferenceState.ACCEPTED])
    apart = ~Q(state=DifferenceState.AGREED)
    rows = (
        differences.order_by()
        .values("file__month")
        .annotate(
            lines=Count("line", distinct=True),
            settled=Count("line", filter=settled, distinct=True),
            apart=Count("pk", filter=apart),
            euros=Sum("stake", filter=apart, default=ZERO),
        )
        .order_by("-file__month")
    )
    return [
        MonthShare(row["file__month"], row["lines"], row["settled"], row["apart"], row["euros"])
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Tier:
    """How right the answers of one way have been: `wrong` ones were undone or refused since."""

    tier: str
    lines: int
    wrong: int

    @property
    def precision(self) -> Decimal | None:
        """Per cent; None without lines."""
        return Decimal(100 * (self.lines - self.wrong)) / self.lines if self.lines else None


def tiers(differences: QuerySet[Difference]) -> list[Tier]:
    """Measured on what persons have done since: automatic, suggested, by hand. One query.

    Automatic: settled by itself; wrong once undone. Suggested: an act was proposed, and a person
    decided; wrong when refused or undone. By hand: shared or chosen; wrong once undone.
    """
    moves = DifferenceStep.objects.filter(difference=OuterRef("pk"))
    pairs = differences.filter(line__isnull=False, act__isnull=False, verdict__in=PAYS).annotate(
        undone=Exists(moves.filter(move=DifferenceMove.UNDONE)),
        shared=Exists(moves.filter(move=DifferenceMove.SPLIT)),
    )
    automatic = Q(shared=False, verdict=Pair.MATCHED, confidence__gte=SURE)
    decided = Q(state__in=[DifferenceState.ACCEPTED, DifferenceState.REFUSED]) | Q(undone=True)
    suggested = Q(shared=False) & ~automatic & decided
    wrong = Q(undone=True) | Q(state=DifferenceState.REFUSED)
    asked = {"automatic": automatic, "suggested": suggested, "by_hand": Q(shared=True) & decided}
    counts = pairs.order_by().aggregate(
        **{name: Count("pk", filter=each) for name, each in asked.items()},
        **{f"{name}_wrong": Count("pk", filter=each & wrong) for name, each in asked.items()},
    )
    return [Tier(name, counts[name], counts[f"{name}_wrong"]) for name in asked]


def candidates(difference: Difference) -> QuerySet[Difference]:
    """Acts that no line claims, which this one may claim with its own: those of its patient first.

    Nothing is proposed by sums: a person chooses.
    """
    free = difference.file.differences.filter(
        line=None, act__isnull=False, state=DifferenceState.OPEN
    ).select_related("act__patient")
    if difference.act is not None:
        free = free.filter(act__patient=difference.act.patient_id)
    return free.order_by("act__done_on", "pk")


@dataclass(frozen=True, slots=True)
class Sender:
    """What one professional's statements came to in a month."""

    professional: str
    month: date
    lines: int
    settled: int
    claimed: Decimal
    paid: Decimal
    differences: int


def by_sender(differences: QuerySet[Difference]) -> list[Sender]:
    """Each professional and month, the latest first. One query."""
    settled = Q(state__in=[DifferenceState.AGREED, DifferenceState.ACCEPTED])
    rows = (
        differences.order_by()
        .values(
            "file__month",
            "file__professional",
            "file__professional__first_name",
            "file__professional__last_name",
        )
        .annotate(
            lines=Count("line", distinct=True),
            settled=Count("line", filter=settled, distinct=True),
            euros=Sum("claimed", default=ZERO),
            paid=Sum("payable", default=ZERO),
            apart=Count("pk", filter=~Q(state=DifferenceState.AGREED)),
        )
        .order_by("-file__month", "file__professional__last_name", "file__professional")
    )
    return [
        Sender(
            f"{row['file__professional__first_name']} {row['file__professional__last_name']}",
            row["file__month"],
            row["lines"],
            row["settled"],
            row["euros"],
            row["paid"],
            row["apart"],
        )
        for row in rows
    ]


def accountants() -> QuerySet[User]:
    """Who may be given a difference."""
    held = RoleGrant.objects.filter(role=Role.ACCOUNTANT, ended_at=None).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("last_name", "pk")
