"""Validation of many lines in one gesture: bounded transactions, resumed where they stopped.

Locks: the run, then the patients and the envelopes of one share of its lines. Two gestures at once
share the lines between them; the same gesture sent twice is one run.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fees.models import ControlRun
from fees.selectors.claim_queue import QueueSearch
from network.models import User

from .steps import Conflict
from .validation import total, validate_lines

AT_ONCE = 50
"""Lines in one transaction: their patients are held for about a second."""


def start_run(*, request_id: UUID, search: QueueSearch, by: User, now: datetime) -> ControlRun:
    """Begin to validate the lines without remark of what is shown. The same request twice is once.

    Raises Conflict when there is none.
    """
    if earlier := ControlRun.objects.filter(request_id=request_id).first():
        return earlier
    clean = search.clean_lines()
    last = clean.aggregate(last=Max("pk"))["last"]
    if last is None:
        raise Conflict(_("Aucune ligne sans remarque n’attend ici."))
    run, _created = ControlRun.objects.get_or_create(
        request_id=request_id,
        defaults={
            "by": by,
            "started_at": now,
            "query": search.as_query(),
            "last": last,
            "expected": clean.filter(pk__lte=last).count(),
        },
    )
    return run


def advance(*, run: ControlRun, now: datetime) -> ControlRun:
    """Validate the next share of a run, in the name of who began it; nothing once it has ended."""
    with transaction.atomic():
        locked = (
            ControlRun.objects.select_for_update(no_key=True).select_related(None).get(pk=run.pk)
        )
        if locked.ended_at:
            return locked
        waiting = QueueSearch.from_query(locked.query).clean_lines()
        lines = list(
            waiting.filter(pk__gt=locked.cursor, pk__lte=locked.last).order_by("pk")[:AT_ONCE]
        )
        if lines:
            outcome = validate_lines(lines=lines, by=locked.by, now=now)
            locked.validated += len(outcome.admitted)
            locked.validated_amount += total(outcome.admitted)
            locked.held += len(outcome.held)
            locked.held_amount += total(outcome.held)
            locked.left = [*locked.left, *(each.line.pk for each in outcome.left)]
            locked.cursor = lines[-1].pk
        if len(lines) < AT_ONCE:
            locked.ended_at = now
        locked.save()
    return locked
