"""The bank's statements: what a file adds to those before it, what its lines may be, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from fees.enums import SETTLED, BankVerdict, BatchState, DifferenceState, FileState, TransferState
from fees.models import BankColumns, BankFile, BankLine, BankMatch, BankStatement, Batch, Transfer
from fees.models.bank import BANK_VERDICTS
from fees.reconcile.bank import AT_BANK, Found, Sent, match_bank
from fees.reconcile.bank_lines import BankRead, Extract, Movement, Span, check_sequence, marks
from fees.selectors.cards import known_payouts
from portal.kit.grids.grid import Refused
from portal.kit.money import in_cents

ZERO = Decimal("0.00")
LOOKED_BACK = timedelta(days=400)
MOST_CHOICES = 20


@dataclass(slots=True)
class Plan:
    """What importing a file would write: statements, each line with its mark and what it is."""

    extracts: list[Extract]
    marks: dict[str, str]
    found: dict[str, Found]
    not_seen: list[Found]
    known: int
    remarks: list[str] = field(default_factory=list)


def told_columns() -> dict[str, dict[str, str]]:
    """What people have said that the columns of tables hold, by their headings: few."""
    return dict(BankColumns.objects.values_list("signature", "told"))


def plan_of(read: BankRead, file: BankFile) -> Plan:
    """What a file adds to those imported before. Raises Refused for another account, a statement
    missing in between, one that changed since, or nothing new."""
    extracts = [_of_our_account(each, file) for each in read.extracts]
    read = BankRead(read.form, extracts, read.remarks)
    marked = marks(read)
    known = _known(marked.values())
    kept, left_out, remarks = [], 0, list(read.remarks)
    for extract in extracts:
        new = [each for each in extract.movements if marked[each.key] not in known]
        left_out += len(extract.movements) - len(new)
        if not new and (extract.movements or _is_known(extract)):
            continue
        if len(new) < len(extract.movements):
            if extract.span.number is not None or not extract.span.name.startswith(FILE):
                raise Refused(
                    f"Le relevé {extract.span.words} reprend des lignes déjà importées, "
                    "mais pas toutes : la banque l’a changé. Voyez avec elle."
                )
            bare = replace(extract.span, opening=None, closing=None)
            kept.append(Extract(bare, extract.account, new))
        else:
            kept.append(extract)
    if not kept:
        raise Refused("Toutes les lignes de ce fichier sont déjà importées : rien n’est à faire.")
    remarks += _follow(kept)
    found = _found(kept)
    return Plan(
        kept,
        marked,
        {each.line: each for each in found if each.line},
        [each for each in found if not each.line],
        left_out,
        remarks,
    )


FILE = "fichier "
"""How the statement of a file that names none is named."""


def _of_our_account(extract: Extract, file: BankFile) -> Extract:
    ours = settings.PAYER_IBAN
    if ours and extract.account and extract.account != ours:
        raise Refused(
            f"Ce relevé est celui du compte •••• {extract.account[-4:]} : "
            f"les virements partent du compte •••• {ours[-4:]}."
        )
    name = extract.span.name or f"{FILE}{file.sha256[:16]}"
    last_four = (extract.account or ours)[-4:]  # no account is kept in clear
    return Extract(replace(extract.span, name=name), last_four, extract.movements)


def _known(asked: Iterable[str]) -> set[str]:
    every = list(asked)
    found: set[str] = set()
    for start in range(0, len(every), 5000):
        some = every[start : start + 5000]
        found |= set(BankLine.objects.filter(mark__in=some).values_list("mark", flat=True))
    return found


def _is_known(extract: Extract) -> bool:
    same = BankStatement.objects.filter(account=extract.account, name=extract.span.name)
    return same.exists()


def _follow(kept: Sequence[Extract]) -> list[str]:
    """No statement missing; days already covered by another file are told."""
    remarks: list[str] = []
    for account in dict.fromkeys(each.account for each in kept):
        stored = list(BankStatement.objects.filter(account=account))
        new = [each.span for each in kept if each.account == account]
        remarks += check_sequence(new, [_span(each) for each in stored])
        for span in new:
            same = [
                each
                for each in stored
                if each.opened_on < span.closed_on and span.opened_on < each.closed_on
            ]
            if same:
                remarks.append(
                    f"Ces jours sont déjà couverts par « {same[0].name} » : si c’est le même "
                    "relevé dans un autre format, écartez ce fichier."
                )
    return remarks


def _span(each: BankStatement) -> Span:
    return Span(
        each.name,
        each.number,
        each.opened_on,
        each.closed_on,
        None if each.opening is None else in_cents(each.opening),
        None if each.closing is None else in_cents(each.closing),
    )


def _found(kept: Sequence[Extract]) -> list[Found]:
    movements: list[Movement] = [each for extract in kept for each in extract.movements]
    since = min(each.span.opened_on for each in kept)
    until = max(each.span.closed_on for each in kept)
    covered = BankStatement.objects.aggregate(first=Min("opened_on"), last=Max("closed_on"))
    return match_bank(
        movements,
        sent_transfers(since - LOOKED_BACK),
        payouts=known_payouts(since - LOOKED_BACK),
        since=min(since, covered["first"] or since),
        until=max(until, covered["last"] or until),
    )


def sent_transfers(since: date) -> list[Sent]:
    """Transfers of the batches signed for that day or later, as the bank may show them."""
    return [
        Sent(
            key=each.pk,
            end_to_end=each.end_to_end,
            batch=each.batch.code,
            holder=each.holder,
            cents=in_cents(each.amount),
            due_on=each.batch.execute_on,
            state=TransferState(each.state),
            debited=each.debited,  # type: ignore[attr-defined]
            returned=each.came_back,  # type: ignore[attr-defined]
        )
        for each in _with_lines(Transfer.objects.filter(batch__execute_on__gte=since))
    ]


def _with_lines(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    settled = BankMatch.objects.filter(state__in=SETTLED)
    one = settled.filter(transfer=OuterRef("pk"))
    whole = settled.filter(batch=OuterRef("batch"), verdict=BankVerdict.GROUPED)
    return (
        transfers.filter(batch__state=BatchState.SIGNED)
        .select_related("batch", "professional")
        .defer("batch__file")
        .annotate(
            debited=Exists(one.filter(verdict=BankVerdict.PAID)) | Exists(whole),
            came_back=Exists(one.filter(verdict=BankVerdict.RETURNED)),
        )
        .order_by("pk")
    )


def choices_of(match: BankMatch) -> list[Transfer]:
    """Transfers of the very amount that a line without answer may pay, or bring back.

    A person chooses: nothing is settled by a sum.
    """
    if match.line is None or not match.amount:
        return []
    found = _with_lines(Transfer.objects.filter(amount=abs(match.amount), state__in=AT_BANK))
    free = Q(debited=False) if match.amount < 0 else Q(came_back=False)
    return list(found.filter(free).order_by("-batch__execute_on", "pk")[:MOST_CHOICES])


def batch_choices_of(match: BankMatch) -> list[Batch]:
    """Batches of the very amount of a debit, none of whose transfers is debited yet."""
    if match.line is None or match.amount >= 0:
        return []
    at_bank = Q(transfers__state__in=AT_BANK)
    debited = BankMatch.objects.filter(
        Q(batch=OuterRef("pk"), verdict=BankVerdict.GROUPED)
        | Q(transfer__batch=OuterRef("pk"), verdict=BankVerdict.PAID),
        state__in=SETTLED,
    )
    found = Batch.objects.filter(state=BatchState.SIGNED).defer("file")
    found = found.annotate(at_bank=Sum("transfers__amount", filter=at_bank))
    return list(found.filter(~Exists(debited), at_bank=abs(match.amount))[:MOST_CHOICES])


def with_bank_counts(files: QuerySet[BankFile]) -> QuerySet[BankFile]:
    """Each file with its days, its lines and what waits in it."""
    waiting = Q(matches__state=DifferenceState.OPEN)
    return (
        files.defer("content")
        .select_related("received_by")
        .annotate(
            waiting=Count("matches", filter=waiting, distinct=True),
            at_stake=Sum("matches__stake", filter=waiting, default=ZERO),
            lines=Count("matches__line", distinct=True),
        )
        .order_by("-received_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class BankTally:
    """Euros of the lines of a file: each line stands in one state, so the parts make the whole."""

    lines: int
    debits: Decimal
    credits: Decimal
    settled: int
    waiting: int
    at_stake: Decimal


def bank_tally(matches: QuerySet[BankMatch]) -> BankTally:
    """One query."""
    of_line = Q(line__isnull=False)
    waiting = Q(state=DifferenceState.OPEN)
    found = matches.order_by().aggregate(
        lines=Count("line"),
        debits=Sum("amount", filter=of_line & Q(amount__lt=0), default=ZERO),
        credits=Sum("amount", filter=of_line & Q(amount__gt=0), default=ZERO),
        settled=Count(
            "line",
            filter=~Q(state__in=[DifferenceState.OPEN, DifferenceState.ASKED]),
        ),
        waiting=Count("pk", filter=waiting),
        at_stake=Sum("stake", filter=waiting, default=ZERO),
    )
    return BankTally(**found)


@dataclass(frozen=True, slots=True)
class BankShare:
    """Lines of one kind: how many, how many wait, and their euros."""

    verdict: str
    label: str
    count: int
    waiting: int
    amount: Decimal


def bank_shares(matches: QuerySet[BankMatch]) -> list[BankShare]:
    """The kinds of line, the most euros first. One query."""
    rows = (
        matches.order_by()
        .values("verdict")
        .annotate(
            count=Count("pk"),
            euros=Sum("amount", default=ZERO),
            waiting=Count("pk", filter=Q(state=DifferenceState.OPEN)),
        )
        .order_by("verdict")
    )
    labels = {str(each): str(label) for each, label in BANK_VERDICTS.items()}
    shares = [
        BankShare(
            row["verdict"], labels[row["verdict"]], row["count"], row["waiting"], row["euros"]
        )
        for row in rows
    ]
    return sorted(shares, key=lambda each: -abs(each.amount))


def waiting_lines() -> QuerySet[BankMatch]:
    """What accountants have to decide."""
    return BankMatch.objects.filter(state=DifferenceState.OPEN, file__state=FileState.OPEN)
