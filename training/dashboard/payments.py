"""What waits for accountancy about card payments: refunds to decide, payments contested."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.enums import DisputeState, RefundState
from training.models import CardPayment, CardRefund
from training.selectors.payments import ASKED, DISPUTED


@dashboard.todos(Perm.CONFIRM_REFUND, order=24)
def card_payments(user: Any, today: date) -> Iterator[dashboard.Counted]:
    yield dashboard.Counted(_refunds, CardRefund.objects.filter(state=RefundState.ASKED))
    yield dashboard.Counted(_disputes, CardPayment.objects.filter(dispute=DisputeState.OPEN))


def _refunds(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Décider des remboursements par carte"),
        href=f"{reverse('training:payments')}?etat={ASKED}",
        note=ngettext(
            "%(count)s remboursement attend une seconde personne.",
            "%(count)s remboursements attendent une seconde personne.",
            count,
        )
        % {"count": count},
        label=_("À confirmer"),
        state="wait",
    )


def _disputes(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Répondre aux paiements contestés"),
        href=f"{reverse('training:payments')}?etat={DISPUTED}",
        note=ngettext(
            "%(count)s personne conteste son paiement auprès de sa banque.",
            "%(count)s personnes contestent leur paiement auprès de leur banque.",
            count,
        )
        % {"count": count},
        label=_("Contesté"),
        state="bad",
    )
