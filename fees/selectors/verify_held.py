"""Recount who waits for the envelope, from the steps alone, and what was asked for late."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from fees import rules
from fees.enums import ClaimMove, LineState
from fees.models import BookEntry, ClaimLine, ClaimStep, Envelope, PolicyVersion
from fees.selectors.held import held_steps, held_years
from portal.kit.dates import covers
from portal.kit.verify import Breach, recount
from portal.kit.words import euros

CONTROLLED = (LineState.HELD, LineState.ADMITTED)
AT_ONCE = 500


@recount("Attente de l’enveloppe et délais de demande")
def recount_held(tally: Counter[str]) -> Iterator[Breach]:
    """The line of each year, the euros that it waits for, and the claim window of every line."""
    yield from _turns(tally)
    yield from _euros()
    yield from _windows(tally)


def _turns(tally: Counter[str]) -> Iterator[Breach]:
    """Played again as a line of people: nobody was admitted before who came earlier."""
    held = ClaimStep.objects.filter(move=ClaimMove.HELD).order_by()
    for year in sorted(set(held.values_list("line__act__done_on__year", flat=True).distinct())):
        steps = ClaimStep.objects.filter(
            line__act__done_on__gte=date(year, 1, 1),
            line__act__done_on__lt=date(year + 1, 1, 1),
        ).exclude(move=ClaimMove.SENT)
        waiting: dict[int, None] = {}
        rows = steps.order_by("pk").values_list("line", "move")
        for line, move in rows.iterator(chunk_size=2000):
            if move == ClaimMove.HELD:
                tally["mises en attente"] += 1
                waiting[line] = None
                continue
            first = next(iter(waiting), line)
            if move == ClaimMove.ADMITTED and line != first:
                yield Breach(f"file {year}", f"ligne {line} admise", f"ligne {first} d’abord")
            waiting.pop(line, None)
        standing = list(held_steps(year).values_list("line", flat=True))
        if standing != list(waiting):
            yield Breach(f"file {year}", standing, list(waiting))


def _euros() -> Iterator[Breach]:
    """Whoever is first waits for euros that the envelope does not hold."""
    for year in sorted(held_years()):
        first = held_steps(year).select_related("line").first()
        if first is None or not Envelope.objects.filter(year=year).exists():
            continue
        left = BookEntry.objects.filter(year=year).in_envelope()
        if first.line.amount <= left:
            yield Breach(
                f"file {year}", f"ligne {first.line_id} en attente, {euros(left)}", "admise"
            )


def _windows(tally: Counter[str]) -> Iterator[Breach]:
    """What was asked for after its window was read by somebody before it was let through."""
    late: list[tuple[int, int]] = []
    for found in _late_lines(tally):
        late.append(found)
        if len(late) == AT_ONCE:
            yield from _unread(late)
            late.clear()
    yield from _unread(late)


def _late_lines(tally: Counter[str]) -> Iterator[tuple[int, int]]:
    """Controlled lines whose act was first asked for too late, each with its days."""
    policies = list(PolicyVersion.objects.order_by("-valid_from"))
    rows = ClaimLine.objects.order_by("act", "pk").values_list(
        "pk", "act", "act__done_on", "state", "claim__sent_at"
    )
    asked, current = date.min, 0
    for pk, act, done_on, state, sent_at in rows.iterator(chunk_size=2000):
        if act != current:
            asked, current = timezone.localdate(sent_at), act
        if state not in CONTROLLED:
            continue
        tally["lignes contrôlées"] += 1
        policy = next((p for p in policies if covers(p.valid_from, p.valid_to, done_on)), None)
        if policy and rules.days_late(done_on, asked, policy.claim_days):
            yield pk, (asked - done_on).days


def _unread(late: Sequence[tuple[int, int]]) -> Iterator[Breach]:
    steps = ClaimStep.objects.filter(
        line__in=[pk for pk, _days in late],
        move__in=[ClaimMove.HELD, ClaimMove.ADMITTED],
        by__isnull=False,
    )
    read: dict[int, bool] = defaultdict(bool)
    for line, note in steps.order_by().values_list("line", "note"):
        read[line] |= bool(note)
    for pk, days in late:
        if not read[pk]:
            yield Breach(f"ligne {pk}", f"demandée après {days} jours", "lue par une personne")
