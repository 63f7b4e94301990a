"""Who may open what in the house: the dashboard, and the editor of the public pages."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access
from portal.kit.indicators import Topic


class Perm(StrEnum):
    SEE_DASHBOARD = "home.see_dashboard"
    EDIT_PAGES = "home.edit_pages"
    OPEN_EDITOR = "home.open_editor"
    KEEP_UP = "home.keep_up"
    SEE_FIGURES = "home.see_figures"
    SEE_REPORT = "home.see_report"
    SEE_OWN_FIGURES = "home.see_own_figures"


@access.rule(Perm.SEE_DASHBOARD)
def see_dashboard(user: Any, obj: Any) -> bool:
    """Everybody who is signed in."""
    return bool(user.is_authenticated)


@access.rule(Perm.EDIT_PAGES)
def edit_pages(user: Any, obj: Any) -> bool:
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.OPEN_EDITOR)
def open_editor(user: Any, obj: Any) -> bool:
    """Those who write for the pages; administrators for addresses and redirects."""
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR)


@access.rule(Perm.KEEP_UP)
def keep_up(user: Any, obj: Any) -> bool:
    """What has aged: those who write mend it, the coordination knows of it."""
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR, Role.COORDINATOR)


TOPICS = {
    Role.COORDINATOR: frozenset(Topic),
    Role.MEDICAL_DIRECTOR: frozenset(Topic),
    Role.ADMINISTRATOR: frozenset(Topic),
    Role.ACCOUNTANT: frozenset({Topic.MONEY}),
    Role.EDITOR: frozenset({Topic.LEARNING}),
}
"""Figures without anybody's name, by role (facts 1.18): accountants see money, editors what comes
of their contents."""


def topics_of(user: Any) -> frozenset[Topic]:
    """What this person's dashboard shows."""
    return frozenset().union(*(TOPICS.get(role, frozenset()) for role in user.roles))


@access.rule(Perm.SEE_FIGURES)
def see_figures(user: Any, obj: Any) -> bool:
    """Those whose role has a dashboard; on one indicator, those of its topic."""
    return obj in topics_of(user) if isinstance(obj, Topic) else user.is_any(*TOPICS)


@access.rule(Perm.SEE_REPORT)
def see_report(user: Any, obj: Any) -> bool:
    """The yearly report and the exchange between networks: all topics at once."""
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR)


@access.rule(Perm.SEE_OWN_FIGURES)
def see_own_figures(user: Any, obj: Any) -> bool:
    """Clinicians known as professionals: the own acts."""
    return user.is_any(Role.CLINICIAN) and getattr(user, "professional", None) is not None
