"""Register, verify an RPPS, deactivate, close sessions."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.roles import grant_role, refuse_last_administrator
from network.enums import Profession, Role
from network.models import Professional, RoleGrant, User
from network.rules.identity import RPPS_REQUIRED, is_rpps
from network.tokens import registration_token
from portal.kit.links import absolute


def ask_registration(*, email: str, now: datetime) -> None:
    """Mail a link to register; to somebody who has an account, the way to sign in.

    The caller answers the same in both cases.
    """
    known = User.objects.filter(email__iexact=email).exists()
    path = (
        reverse("account_login")
        if known
        else reverse("account:register_finish", args=[registration_token(email.lower(), now)])
    )
    context = {"known": known, "link": absolute(path), "phone": settings.SECRETARIAT_PHONE}
    queue_mail(
        to=email,
        subject=_("Votre inscription sur Ariane"),
        body=render_to_string("network/accounts/mail/registration.txt", context).strip(),
        now=now,
    )


def checked_rpps(profession: Profession, rpps: str) -> str | None:
    """The RPPS without spaces, or None where the profession may go without.

    Raises ValidationError on the field `rpps`: missing, misshapen, or already known.
    """
    digits = "".join(rpps.split())
    if not digits and profession not in RPPS_REQUIRED:
        return None
    if not digits:
        raise ValidationError({"rpps": _("Indiquez votre numéro RPPS.")})
    if not is_rpps(digits):
        raise ValidationError(
            {"rpps": _("Ce numéro n’est pas un RPPS\u00a0: comparez ses 11\u00a0chiffres.")}
        )
    if Professional.objects.filter(rpps=digits).exists():
        raise ValidationError(
            {"rpps": _("Le réseau connaît déjà ce numéro\u00a0: demandez une invitation.")}
        )
    return digits


@transaction.atomic
def register_clinician(
    *,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    profession: Profession,
    rpps: str,
    now: datetime,
) -> User:
    """Open an account for training. It follows no patient, and its RPPS waits to be verified."""
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(_("Un compte existe déjà avec cette adresse."), code="taken")
    number = checked_rpps(profession, rpps)
    names = {"first_name": first_name, "last_name": last_name}
    user = User.objects.create_user(email, password, **names)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Professional.objects.create(user=user, profession=profession, rpps=number, **names)
    grant_role(user=user, role=Role.CLINICIAN, by=None, now=now)
    record(verb="account.registered", by=user, at=now, subject=f"compte {user.pk}")
    return user


@transaction.atomic
def open_first_account(
    *, email: str, password: str, first_name: str, last_name: str, now: datetime
) -> User:
    """Open the first administrator's account, which nobody can invite.

    Raises ValidationError once there is an administrator: the next ones are invited.
    """
    if RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None).exists():
        raise ValidationError(_("Un administrateur existe déjà\u00a0: il invite les suivants."))
    user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    grant_role(user=user, role=Role.ADMINISTRATOR, by=None, now=now)
    record(verb="account.opened", by=user, at=now, subject=f"compte {user.pk}")
    return user


@transaction.atomic
def verify_rpps(*, professional: Professional, by: User, on: date, now: datetime) -> None:
    """Note that the RPPS was found in the national directory, under this name, on that day."""
    locked = Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
    if not locked.rpps:
        raise ValidationError(_("Cette personne n’a pas donné de RPPS."), code="no_rpps")
    if locked.user_id == by.pk:
        raise ValidationError(_("Une autre personne doit vérifier votre RPPS."), code="self")
    if locked.rpps_verified_on is None:
        locked.rpps_verified_on = on
        locked.save(update_fields=["rpps_verified_on"])
        record(verb="rpps.verified", by=by, at=now, subject=f"RPPS {locked.rpps}")


@transaction.atomic
def deactivate_account(*, user: User, by: User, reason: str, now: datetime) -> None:
    """Close an account at once: no session, no sign-in; what it did stays."""
    if user == by:
        raise ValidationError(_("Une autre personne doit fermer votre compte."), code="self")
    if user.is_any(Role.ADMINISTRATOR):
        refuse_last_administrator(user)
    _set_active(user, active=False)
    end_sessions(user=user)
    subject = f"compte {user.pk}"
    record(verb="account.deactivated", by=by, at=now, subject=subject, reason=reason)


@transaction.atomic
def reactivate_account(*, user: User, by: User, reason: str, now: datetime) -> None:
    """Open again an account that was closed, with the roles that it still holds."""
    _set_active(user, active=True)
    subject = f"compte {user.pk}"
    record(verb="account.reactivated", by=by, at=now, subject=subject, reason=reason)


def end_sessions(*, user: User) -> None:
    """Close every open session of a person."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def end_session(*, user: User, session: int) -> None:
    """Close one session of a person; somebody else's, or one already closed, changes nothing."""
    for each in UserSession.objects.filter(user=user, pk=session):
        each.end()


def _set_active(user: User, *, active: bool) -> None:
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    user.is_active = active
