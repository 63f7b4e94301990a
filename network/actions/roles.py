"""Give and withdraw roles."""

from datetime import datetime

from django.db import transaction

from network.actions.journal import record
from network.enums import Role
from network.events import RoleChanged
from network.models import RoleGrant, User
from portal.kit.events import publish


@transaction.atomic
def grant_role(*, user: User, role: Role, by: User | None, now: datetime) -> None:
    """Give a role; giving it twice changes nothing. `by` is empty for the very first account."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _, created = RoleGrant.objects.get_or_create(
        user=locked, role=role, ended_at=None, defaults={"granted_by": by, "granted_at": now}
    )
    if created:
        record(verb="role.granted", by=by, at=now, subject=f"{locked.email} {role}")
        publish(RoleChanged(locked.pk))
    user.__dict__.pop("roles", None)


@transaction.atomic
def withdraw_role(*, user: User, role: Role, by: User, now: datetime) -> None:
    """Withdraw a role, at once for every open session."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    ended = RoleGrant.objects.filter(user=locked, role=role, ended_at=None).update(
        ended_at=now, ended_by=by
    )
    if ended:
        record(verb="role.withdrawn", by=by, at=now, subject=f"{locked.email} {role}")
        publish(RoleChanged(locked.pk))
    user.__dict__.pop("roles", None)
