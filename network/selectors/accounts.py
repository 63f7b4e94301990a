"""Who may sign in how, and the accounts that a person may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from network.access import Perm
from network.enums import InvitationState, Role
from network.models import Invitation, Patient, Professional, RoleGrant, User
from network.roles import PROTECTED


def is_protected(user: User) -> bool:
    """Whether the person must have a password and a second factor."""
    return user.is_any(*PROTECTED)


def signs_in_by_code(user: User) -> bool:
    """Patients, and nobody who holds a protected role: a mailed code is a single factor."""
    return Role.PATIENT in user.roles and not is_protected(user)


def may_invite(user: User, role: Role) -> bool:
    """Whether this person may invite to that role."""
    asked: Any = role  # not a row: Django's types expect one
    return user.has_perm(Perm.INVITE, asked)


def has_factor(user: User) -> bool:
    """Recovery codes alone are none: they only stand in for a lost one."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=types).exists())


def factors_of(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user).order_by("type", "pk"))


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it; `device` is what the browser says of itself."""

    pk: int
    key: str
    opened_at: datetime
    device: str


def sessions_of(user: User) -> list[OpenSession]:
    """The open sessions, the most recent first."""
    sessions: list[UserSession] = UserSession.objects.purge_and_list(user)
    return [
        OpenSession(each.pk, each.session_key, each.created_at, device_name(each.user_agent))
        for each in sorted(sessions, key=lambda each: each.created_at, reverse=True)
    ]


BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """« Firefox, Windows »: enough to know one's own devices."""
    named = [
        next((label for sign, label in words.items() if sign in user_agent), "")
        for words in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, named))


def accounts_visible_to(user: User) -> QuerySet[User]:
    """Administrators see every account; coordinators those of clinicians and patients."""
    accounts = User.objects.order_by("last_name", "first_name", "email")
    if user.is_any(Role.ADMINISTRATOR):
        return accounts
    if not user.is_any(Role.COORDINATOR):
        return accounts.none()
    held = RoleGrant.objects.filter(user=OuterRef("pk"), ended_at=None)
    others = held.exclude(role__in=[Role.CLINICIAN, Role.PATIENT])
    return accounts.filter(Exists(held), ~Exists(others))


def account_list(
    user: User, *, role: str = "", words: str = "", rpps_to_verify: bool = False
) -> QuerySet[User]:
    """Accounts as the list shows them: open roles and professional read beforehand."""
    accounts = accounts_visible_to(user).select_related("professional")
    held_now = RoleGrant.objects.filter(ended_at=None).order_by("pk")
    accounts = accounts.prefetch_related(Prefetch("grants", held_now, to_attr="held_now"))
    if role:
        held = RoleGrant.objects.filter(user=OuterRef("pk"), role=role, ended_at=None)
        accounts = accounts.filter(Exists(held))
    if rpps_to_verify:
        accounts = accounts.filter(
            professional__rpps__isnull=False, professional__rpps_verified_on=None
        )
    for word in words.split():
        accounts = accounts.filter(last_name__icontains=word) | accounts.filter(
            email__icontains=word
        )
    return accounts


def open_grants(account: User) -> list[RoleGrant]:
    """The roles held by an account of `account_list`, already read."""
    held: list[RoleGrant] = vars(account)["held_now"]
    return held


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """As for accounts: a coordinator sees the doors of clinicians and patients only."""
    invitations = Invitation.objects.select_related("invited_by")
    if user.is_any(Role.ADMINISTRATOR):
        return invitations
    if not user.is_any(Role.COORDINATOR):
        return invitations.none()
    return invitations.filter(role__in=[Role.CLINICIAN, Role.PATIENT])


def invitation_state(invitation: Invitation, now: datetime) -> InvitationState:
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at:
        return InvitationState.WITHDRAWN
    if invitation.expires_at <= now:
        return InvitationState.EXPIRED
    return InvitationState.WAITING


def account_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def patient_with_code(code: str) -> Patient | None:
    """For an invitation only: says that a file exists, and nothing of it."""
    return Patient.objects.filter(code__iexact=code.strip()).first()


def professional_of(user: User) -> Professional | None:
    return Professional.objects.filter(user=user).first()
