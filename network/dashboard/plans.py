"""Files opened by break-glass, and care plans that wait."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.selectors.glass import to_check
from network.selectors.plans import to_review, unsigned
from portal.kit import dashboard


@dashboard.todos(Perm.CHECK_GLASS, order=12)
def exceptional_accesses(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Files opened by break-glass that nobody has looked at yet."""
    yield dashboard.Counted(_to_check, to_check())


def _to_check(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Vérifier les accès exceptionnels"),
        href=reverse("network:glasses"),
        note=ngettext(
            "%(count)s dossier a été ouvert hors de l’équipe.",
            "%(count)s dossiers ont été ouverts hors de l’équipe.",
            count,
        )
        % {"count": count},
        label=_("À vérifier"),
        state="bad",
    )


@dashboard.todos(Perm.WRITE_PLAN, order=34)
def plans_waiting(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Plans whose date of review is near or past, then drafts that nobody has signed."""
    near = to_review(user, today)
    yield dashboard.Counted(_to_review, near, near.filter(review_on__lt=today))
    yield dashboard.Counted(_to_sign, unsigned(user, today))


def _to_review(count: int, late: int) -> Iterator[dashboard.Todo]:
    words = ngettext("%(count)s en retard", "%(count)s en retard", late) % {"count": late}
    yield dashboard.Todo(
        title=_("Revoir les plans de soins"),
        href=reverse("network:plans"),
        note=ngettext(
            "%(count)s plan arrive à sa date de revue.",
            "%(count)s plans arrivent à leur date de revue.",
            count,
        )
        % {"count": count},
        label=words if late else _("Bientôt"),
        state="bad" if late else "wait",
    )


def _to_sign(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Signer les plans en brouillon"),
        href=f"{reverse('network:plans')}?brouillons",
        note=ngettext(
            "%(count)s brouillon attend une signature.",
            "%(count)s brouillons attendent une signature.",
            count,
        )
        % {"count": count},
        label=_("À signer"),
        state="info",
    )
