"""What waits for those who write what is taught, and sign it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.models import TrainingIndexPage
from training.selectors.editing import overdue, waiting_for_sign_off


@dashboard.todos(Perm.SIGN_SCIENCE, order=40)
def contents_to_sign(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """What its authors submitted, and nobody signed yet."""
    yield dashboard.Counted(_to_sign, waiting_for_sign_off())


def _to_sign(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Viser les contenus de formation soumis"),
        href=reverse("wagtailadmin_home"),
        note=ngettext(
            "%(count)s contenu attend votre relecture scientifique.",
            "%(count)s contenus attendent votre relecture scientifique.",
            count,
        )
        % {"count": count},
        label=_("À viser"),
        state="wait",
    )


@dashboard.todos(Perm.WRITE, order=55)
def readings_overdue(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Evidence and pages whose next reading should have taken place."""
    late = overdue(today)
    cards, pages = late.cards, late.pages
    if cards:
        yield dashboard.Todo(
            title=_("Relire les fiches de preuve"),
            href=reverse("wagtailsnippets_training_evidencecard:list") + "?overdue=true",
            note=ngettext(
                "%(count)s fiche a passé sa date de relecture.",
                "%(count)s fiches ont passé leur date de relecture.",
                cards,
            )
            % {"count": cards},
            label=_("En retard"),
            state="wait",
        )
    catalogue = TrainingIndexPage.objects.first() if pages else None
    if catalogue:
        yield dashboard.Todo(
            title=_("Relire les vignettes, modules et leçons"),
            href=reverse("wagtailadmin_explore", args=[catalogue.pk]),
            note=ngettext(
                "%(count)s page a passé sa date de relecture\u00a0: %(title)s",
                "%(count)s pages ont passé leur date de relecture. La première\u00a0: %(title)s",
                len(pages),
            )
            % {"count": len(pages), "title": pages[0]},
            label=_("En retard"),
            state="wait",
        )
