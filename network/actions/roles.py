"""Give and withdraw roles."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.enums import Role
from network.events import RoleChanged
from network.models import RoleGrant, User
from portal.kit.events import publish
from portal.kit.prepared import Prepared, given, insert_row


@Prepared
def _lock_account() -> QuerySet[User, tuple[int]]:
    account = User.objects.filter(pk=given("user", BigIntegerField()))
    return account.select_for_update(no_key=True).values_list("pk")


@transaction.atomic
def grant_role(*, user: User, role: Role, by: User | None, now: datetime) -> None:
    """Give a role; giving it twice changes nothing. `by` is empty for the very first account.

    Nobody gives a role to oneself: an administrator would open patients' files that way.
    """
    if by == user:
        raise ValidationError(_("Une autre personne doit vous donner ce rôle."), code="self")
    _lock_account(user=user.pk)
    user.__dict__.pop("roles", None)
    if role in user.roles:
        return
    insert_row(RoleGrant(user=user, role=role, granted_by=by, granted_at=now))
    user.__dict__.pop("roles", None)
    record(verb="role.granted", by=by, at=now, subject=f"compte {user.pk} {role}")
    publish(RoleChanged(user.pk))


@transaction.atomic
def withdraw_role(*, user: User, role: Role, by: User, now: datetime) -> None:
    """Withdraw a role, at once for every open session; the last administrator keeps it."""
    if role == Role.ADMINISTRATOR:
        refuse_last_administrator(user)
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    ended = RoleGrant.objects.filter(user=locked, role=role, ended_at=None).update(
        ended_at=now, ended_by=by
    )
    if ended:
        record(verb="role.withdrawn", by=by, at=now, subject=f"compte {locked.pk} {role}")
        publish(RoleChanged(locked.pk))
    user.__dict__.pop("roles", None)


def refuse_last_administrator(user: User) -> None:
    """Refuse when nobody else administers. Locks the grants: two withdrawals cannot cross."""
    grants = RoleGrant.objects.select_for_update(no_key=True, of=("self",)).filter(
        role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    )
    holders = {grant.user_id for grant in grants.order_by("pk")}
    if holders == {user.pk}:
        raise ValidationError(
            _("C’est la dernière personne qui administre\u00a0: nommez-en une autre avant."),
            code="last_administrator",
        )
