"""Tell a professional by mail that an advice waits: no amount, no act, no account, but a link."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from fees.enums import Payment, TransferState
from fees.models import PaymentStep, Transfer
from network.actions.mail import queue_mail
from portal.kit.links import absolute

NEWS = timedelta(days=7)
"""An execution is told within a week; later its mail would surprise more than it says."""


def tell_payee(*, transfer_id: int, executed_at: datetime, now: datetime) -> None:
    """Queue the mail of an executed transfer, once. Nobody is told without an account, or late."""
    transfer = Transfer.objects.select_related("professional__user").get(pk=transfer_id)
    user = transfer.professional.user
    told = transfer.state == TransferState.EXECUTED and now - executed_at <= NEWS
    if user is None or not user.is_active or not told:
        return
    link = absolute(reverse("fees:my_payment", args=[transfer.pk]))
    context = {"link": link, "phone": settings.SECRETARIAT_PHONE}
    queue_mail(
        to=user.email,
        subject=_("Un avis de virement vous attend sur Ariane"),
        body=render_to_string("fees/payments/mail.txt", context).strip(),
        now=now,
        key=f"advice-{transfer.pk}",
    )


def tell_payees(*, now: datetime) -> None:
    """Every execution that is still news."""
    steps = PaymentStep.objects.filter(move=Payment.EXECUTED, at__gte=now - NEWS, at__lte=now)
    for transfer_id, at in steps.exclude(transfer=None).values_list("transfer", "at"):
        tell_payee(transfer_id=transfer_id, executed_at=at, now=now)
