"""What waits for the coordination, about assessments and evaluations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etp.access import Perm
from etp.selectors import assessments
from portal.kit import clock, dashboard


@dashboard.todos(Perm.ASSESS, order=40)
def assessments_to_see_to(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Patients without assessment, drafts to finish, evaluations due."""
    yield dashboard.Counted(_without, assessments.without_assessment())
    yield dashboard.Counted(_drafts, assessments.drafts())
    yield dashboard.Counted(_to_evaluate, assessments.to_evaluate(clock.now()))


def _without(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Faire un bilan éducatif", "Faire %(n)s bilans éducatifs", count)
        % {"n": count},
        href=reverse("etp:assessments"),
        note=_("Les plus anciennes inclusions d’abord."),
        label=_("À faire"),
        state="wait",
    )


def _drafts(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Terminer un bilan éducatif", "Terminer %(n)s bilans éducatifs", count)
        % {"n": count},
        href=f"{reverse('etp:assessments')}?etat=commences",
        note=_("Un bilan commencé n’ouvre pas encore d’atelier."),
        label=_("Commencé"),
    )


def _to_evaluate(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Faire une évaluation", "Faire %(n)s évaluations", count) % {"n": count},
        href=f"{reverse('etp:assessments')}?etat=evaluer",
        note=_("Leurs séances sont passées, rien n’est à venir."),
        label=_("À évaluer"),
    )
