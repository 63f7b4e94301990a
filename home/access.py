"""Who may open what in the house: the dashboard, and the editor of the public pages."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access


class Perm(StrEnum):
    SEE_DASHBOARD = "home.see_dashboard"
    EDIT_PAGES = "home.edit_pages"
    OPEN_EDITOR = "home.open_editor"
    KEEP_UP = "home.keep_up"


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
