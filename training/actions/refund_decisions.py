"""Refunds that people decide: one asks, another confirms or refuses."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.models import User
from portal.kit.events import publish
from training.enums import RefundCause, RefundState
from training.events import CardsToWatch
from training.models import CardPayment, CardRefund
from training.notices import amount

from .refunds import unpromised
from .registrations import free_seat, lock_meeting


@transaction.atomic
def ask_refund(
    *,
    payment: CardPayment,
    cents: int,
    reason: str,
    by: User,
    now: datetime,
    frees_seat: bool = False,
) -> CardRefund:
    """Ask that `cents` of a payment go back. The same one again, while it waits, is the same.

    `frees_seat`: the person will not come, the seat goes on once it is confirmed.
    Raises ValidationError, Busy.
    """
    lock_meeting(payment.registration.meeting_id)
    payment = CardPayment.objects.get(pk=payment.pk)
    waits = payment.refunds.filter(state=RefundState.ASKED).first()
    if waits and (waits.amount, waits.asked_by_id) == (cents, by.pk):
        return waits
    if waits:
        raise ValidationError(_("Un remboursement attend déjà une décision."))
    if not payment.is_settled:
        raise ValidationError(_("Ce paiement n’est pas arrivé\u00a0: rien à rembourser."))
    most = unpromised(payment)
    if not 0 < cents <= most:
        told = _("Il reste %(most)s à rembourser au plus.") % {"most": amount(most)}
        raise ValidationError({"euros": told})
    made: CardRefund = CardRefund.objects.create(
        payment=payment,
        amount=cents,
        cause=RefundCause.PEOPLE,
        reason=reason,
        frees_seat=frees_seat,
        state=RefundState.ASKED,
        asked_by=by,
        asked_at=now,
    )
    record(verb="refund.asked", by=by, at=now, subject=f"paiement {payment.pk}", reason=reason)
    return made


@transaction.atomic
def decide_refund(
    *, refund: CardRefund, confirm: bool, by: User, now: datetime, why: str = ""
) -> CardRefund:
    """Confirm or refuse what somebody else asked. Twice is once.

    Confirmed, one that frees a seat gives it to the next in line, unless the meeting has begun.
    Raises ValidationError, Busy.
    """
    held = lock_meeting(refund.payment.registration.meeting_id)
    found = CardRefund.objects.get(pk=refund.pk)
    if found.state != RefundState.ASKED:
        return found
    if found.asked_by_id == by.pk:
        raise ValidationError(_("Vous avez demandé ce remboursement\u00a0: un autre décide."))
    if not confirm and not why:
        raise ValidationError({"why": _("Dites pourquoi\u00a0: la personne qui demande le lira.")})
    found.state = RefundState.CONFIRMED if confirm else RefundState.REFUSED
    found.decided_by, found.decided_at = by, now
    found.decision = "" if confirm else why
    found.save()
    verb = "refund.confirmed" if confirm else "refund.refused"
    record(verb=verb, by=by, at=now, subject=f"paiement {found.payment_id}", reason=why)
    if confirm and found.frees_seat:
        free_seat(held, found.payment.registration, by=by, now=now, cents=found.amount)
    publish(CardsToWatch())
    return found
