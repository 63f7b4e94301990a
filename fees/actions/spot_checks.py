"""Paid acts drawn to be checked against their documents, and what was found."""

import secrets
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.draw import drawn
from fees.enums import Move, Payment, SpotResult
from fees.models import Act, ActStep, PaymentStep, SpotCheck, SpotRate
from network.actions.journal import record
from network.models import User

from .payment_steps import required
from .steps import Conflict


def set_spot_rate(*, percent: Decimal, decision: str, by: User, now: datetime) -> SpotRate:
    """Set the share of paid acts that is checked, in percent, from today on, with a new secret.

    Raises Conflict when it was already set today, and without the decision that asks for it.
    """
    decision = required(decision)
    try:
        with transaction.atomic():
            rate = SpotRate.objects.create(
                valid_from=timezone.localdate(now),
                percent=percent,
                salt=secrets.token_hex(16),
                decision=decision,
                recorded_at=now,
                recorded_by=by,
            )
            record(verb="spot_rate.set", by=by, at=now, subject=f"{percent} %", reason=decision)
    except IntegrityError as error:
        raise Conflict(_("La part vérifiée a déjà été fixée aujourd’hui.")) from error
    return rate


def draw_checks(*, transfer_id: int, now: datetime) -> int:
    """Draw the acts of an executed transfer, by the share of that day; how many. Twice is once."""
    step = PaymentStep.objects.filter(transfer=transfer_id, move=Payment.EXECUTED).last()
    if step is None:
        return 0
    day = timezone.localdate(step.at)
    rate = SpotRate.objects.filter(valid_from__lte=day).last()
    if rate is None:
        return 0
    steps = ActStep.objects.filter(
        move=Move.PAID, at=step.at, act__payment_lines__transfer=transfer_id
    )
    known = SpotCheck.objects.values("act")
    acts = Act.objects.filter(pk__in=steps.values("act")).exclude(pk__in=known).order_by("pk")
    chosen = [
        key for key in acts.values_list("pk", flat=True) if drawn(rate.salt, key, rate.percent)
    ]
    SpotCheck.objects.bulk_create(
        (SpotCheck(act_id=key, rate=rate, drawn_at=now) for key in chosen), ignore_conflicts=True
    )
    return len(chosen)


def note_result(
    *, check: SpotCheck, result: SpotResult, reason: str, by: User, now: datetime
) -> SpotCheck:
    """Note what the documents of a drawn act say. The same result twice is once.

    Nothing is reversed here: a fault proposes it. Raises Conflict for a fault without reason, for
    who validated the act, and once another result is noted.
    """
    with transaction.atomic():
        locked = SpotCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
        if locked.result == result:
            return locked
        if locked.result:
            raise Conflict(_("Cette vérification a déjà son résultat."))
        if ActStep.objects.filter(act=locked.act_id, move=Move.VALIDATED, by=by).exists():
            raise Conflict(_("Vous avez validé cet acte\u00a0: une autre personne le vérifie."))
        locked.reason = required(reason) if result == SpotResult.FAULT else reason.strip()
        locked.result, locked.checked_at, locked.checked_by = result, now, by
        locked.save()
        record(
            verb=f"spot_check.{result}",
            by=by,
            at=now,
            subject=f"acte {locked.act_id}",
            reason=locked.reason[:200],
        )
    return locked
