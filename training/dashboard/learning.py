"""What waits for learners."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.selectors.learner import begun
from training.selectors.path import under_way
from training.selectors.returns import waiting_returns
from training.templatetags.agenda import duration


@dashboard.todos(Perm.LEARN, order=60)
def modules_under_way(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """The two modules begun last, with the time that each still takes."""
    for path in under_way(user, most=2):
        yield dashboard.Todo(
            title=_("Reprendre «\u00a0%(title)s\u00a0»") % {"title": path.content.page.title},
            href=reverse("training:module", args=[path.content.page.line]),
            note=_("%(done)s étapes sur %(all)s\u202f; encore %(left)s environ.")
            % {
                "done": path.done,
                "all": len(path.stages),
                "left": duration(path.minutes_left),
            },
            label=_("En cours"),
        )


@dashboard.todos(Perm.LEARN, order=61)
def cases_that_came_back(user: Any, today: date) -> Iterator[dashboard.Todo]:
    count = len(waiting_returns(user, today))
    if count:
        yield dashboard.Todo(
            title=ngettext("Revoir un cas", "Revoir %(n)s cas", count) % {"n": count},
            href=reverse("training:home"),
            note=_("Un cas revu après quelques semaines se retient mieux."),
            label=_("De retour"),
            state="info",
        )


@dashboard.todos(Perm.LEARN, order=65)
def case_to_resume(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """The latest case left on the way."""
    for case in begun(user)[:1]:
        yield dashboard.Todo(
            title=_("Reprendre «\u00a0%(title)s\u00a0»") % {"title": case.title},
            href=reverse("training:run", args=[case.run]),
            note=_("Étape %(number)s\u00a0: %(doing)s")
            % {"number": case.number, "doing": case.doing},
            label=_("Commencé"),
            state="info",
        )
