"""Recount claims: what was asked for, and what came of each act, from the steps alone."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from fees import course
from fees.enums import CLAIMED, ClaimMove, Decision, LineState, State
from fees.models import Act, Claim, ClaimLine, ClaimStep
from portal.kit.verify import Breach, recount

OWED = (State.VALIDATED, State.IN_BATCH, State.PAID, State.REVERSED)
"""States that an act reaches only once its claim was admitted."""


@recount("Demandes de paiement")
def recount_claims(tally: Counter[str]) -> Iterator[Breach]:
    """Every claim, every line with its steps, every act that was admitted."""
    yield from _claims(tally)
    yield from _lines(tally)
    yield from _steps(tally)
    yield from _acts()


def _claims(tally: Counter[str]) -> Iterator[Breach]:
    """A claim asks for something, and only for acts of its professional and its month."""
    tally["demandes"] += Claim.objects.count()
    lines = ClaimLine.objects.filter(claim=OuterRef("pk"))
    for pk in Claim.objects.filter(~Exists(lines)).values_list("pk", flat=True).iterator():
        yield Breach(f"demande {pk}", "aucune ligne", "une ligne au moins")
    strange = ClaimLine.objects.annotate(month=TruncMonth("act__done_on")).filter(
        ~Q(act__professional=F("claim__professional")) | ~Q(month=F("claim__month"))
    )
    for line in _few(strange):
        yield Breach(f"ligne {line.pk}", f"acte {line.act_id}", "un acte de sa demande")


def _lines(tally: Counter[str]) -> Iterator[Breach]:
    """A line stands as its act does: no live line for a cancelled act, no euro changed."""
    tally["lignes de demande"] += ClaimLine.objects.count()
    waiting = [LineState.SENT, LineState.HELD]
    submitted = Q(act__state=State.SUBMITTED, act__decision=Decision.ACCEPTED)
    expected = {
        "un acte accepté et soumis": ClaimLine.objects.filter(~submitted, state__in=waiting),
        "un acte validé": ClaimLine.objects.filter(
            ~Q(act__state__in=OWED), state=LineState.ADMITTED
        ),
        "un acte annulé": ClaimLine.objects.filter(
            ~Q(act__state=State.CANCELLED), state=LineState.WITHDRAWN
        ),
    }
    for words, lines in expected.items():
        for line in _few(lines):
            yield Breach(f"ligne {line.pk}", f"{line.state}, acte {line.act.state}", words)
    changed = ClaimLine.objects.filter(~Q(amount=F("act__amount")), state__in=CLAIMED)
    for line in _few(changed):
        yield Breach(f"ligne {line.pk}", line.amount, line.act.amount)


def _few(lines: QuerySet[ClaimLine]) -> Iterator[ClaimLine]:
    return lines.select_related("act").order_by("pk").iterator()


def _steps(tally: Counter[str]) -> Iterator[Breach]:
    """The steps follow the course of a line, and the last one says its state."""
    rows = ClaimStep.objects.order_by("line", "pk").values_list("line", "line__state", "move")
    line, state, reached = 0, "", ""
    for pk, holds, move in rows.iterator(2000):
        tally["étapes de demande"] += 1
        if pk != line:
            if line and reached != state:
                yield Breach(f"ligne {line}", state, reached)
            line, state, reached = pk, holds, ""
        target = _after(ClaimMove(move), reached)
        if target is None:
            yield Breach(f"ligne {pk}", f"étape {move} depuis {reached or 'rien'}", "une permise")
        reached = target or reached
    if line and reached != state:
        yield Breach(f"ligne {line}", state, reached)
    silent = ClaimLine.objects.filter(~Exists(ClaimStep.objects.filter(line=OuterRef("pk"))))
    for pk in silent.order_by("pk").values_list("pk", flat=True).iterator():
        yield Breach(f"ligne {pk}", "aucune étape", "une étape au moins")


def _after(move: ClaimMove, state: str) -> LineState | None:
    """Where the move leads a line that stands there; None when it may not be made."""
    if move is ClaimMove.SENT:
        return None if state else LineState.SENT
    sources, target = course.CLAIMS[move]
    return target if state in sources else None


def _acts() -> Iterator[Breach]:
    """What is owed or paid was asked for and admitted, once."""
    admitted = (
        ClaimLine.objects.filter(act=OuterRef("pk"), state=LineState.ADMITTED)
        .order_by()
        .values("act")
        .annotate(count=Count("pk"))
        .values("count")
    )
    acts = Act.objects.filter(state__in=OWED).annotate(admitted=Subquery(admitted))
    wrong = acts.filter(~Q(admitted=1) | Q(admitted=None))
    for pk, count in wrong.order_by("pk").values_list("pk", "admitted").iterator():
        yield Breach(f"acte {pk}", f"{count or 0} ligne admise", "une")
