"""What waits for those who run the workshops, on their dashboard."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etp.access import Perm
from etp.enums import Stage
from etp.selectors import attention
from network.enums import Role
from portal.kit import clock, dashboard


@dashboard.todos(Perm.PLAN, order=25)
def sessions_to_see_to(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Sessions to which too few people come, those without attendance, absents to call."""
    now = clock.now()
    yield dashboard.Counted(_too_few, attention.under_minimum(now))
    yield dashboard.Counted(_all_to_note, attention.lately_to_note(now))
    yield dashboard.Counted(_absents, attention.absents(now))


def _too_few(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Décider des séances sous leur minimum"),
        href=f"{reverse('etp:planning')}?etat={Stage.UNDER_MINIMUM}",
        note=ngettext(
            "%(count)s séance des trois prochains jours manque d’inscrits.",
            "%(count)s séances des trois prochains jours manquent d’inscrits.",
            count,
        )
        % {"count": count},
        label=_("Minimum non atteint"),
        state="bad",
    )


def _absents(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Appeler les absents des ateliers"),
        href=reverse("etp:absents"),
        note=ngettext(
            "%(count)s personne n’est pas venue sans prévenir.",
            "%(count)s personnes ne sont pas venues sans prévenir.",
            count,
        )
        % {"count": count},
        label=_("À appeler"),
        state="info",
    )


@dashboard.todos(Perm.ANIMATE, order=35)
def own_attendance_to_note(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """A facilitator's own sessions, without attendance."""
    own = attention.to_note(clock.now()).filter(facilitator__professional__user=user)
    yield dashboard.Counted(_own_to_note, own)


def _own_to_note(count: int) -> Iterator[dashboard.Todo]:
    yield _to_note(count, reverse("etp:my_sessions"))


def _all_to_note(count: int) -> Iterator[dashboard.Todo]:
    yield _to_note(count, f"{reverse('etp:planning')}?etat={Stage.TO_NOTE}")


def _to_note(count: int, href: str) -> dashboard.Todo:
    return dashboard.Todo(
        title=_("Noter les présences aux ateliers"),
        href=href,
        note=ngettext(
            "%(count)s séance terminée attend ses présences.",
            "%(count)s séances terminées attendent leurs présences.",
            count,
        )
        % {"count": count},
        label=_("Présences à noter"),
        state="wait",
    )


@dashboard.card(Perm.SEE_PLANNING, order=40)
def next_sessions(user: Any, today: date) -> dashboard.Card | None:
    """The next five sessions, for those who run them every day."""
    if not user.is_any(Role.COORDINATOR):
        return None
    sessions = list(attention.coming(clock.now())[:5])
    return (
        dashboard.Card("etp/cards/next_sessions.html", {"sessions": sessions}) if sessions else None
    )
