"""Keep the groups of Wagtail in step with the roles, which alone decide."""

from django.contrib.auth.models import Group
from django.db import transaction

from network.enums import Role
from network.models import User

GROUPS: dict[Role, str] = {
    Role.EDITOR: "Rédaction",
    Role.MEDICAL_DIRECTOR: "Direction médicale",
    Role.ADMINISTRATOR: "Administration du site",
}
"""The group that gives each role its rights in the editor; made by the home room's migrations."""


@transaction.atomic
def keep_groups(*, user: User) -> None:
    """Put a person in the groups of the roles held now, and out of all other groups.

    Asks one query when nothing has to change. A person without account left active has none.
    """
    wanted = {GROUPS[role] for role in user.roles if role in GROUPS} if user.is_active else set()
    if set(user.groups.values_list("name", flat=True)) != wanted:
        user.groups.set(Group.objects.filter(name__in=wanted))
