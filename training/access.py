"""Who may do what with the education of professionals."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access


class Perm(StrEnum):
    EDIT_WEBINARS = "training.edit_webinars"


@access.rule(Perm.EDIT_WEBINARS)
def edit_webinars(user: Any, obj: Any) -> bool:
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR)
