"""Invite, send again, withdraw, accept: how accounts come to exist."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from network.actions.accounts import checked_rpps
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.roles import grant_role
from network.enums import InvitationState, Profession, Role
from network.models import Invitation, Patient, Professional, User
from network.selectors.accounts import invitation_state, may_invite
from network.tokens import is_ours, new_invitation_token, token_hash
from portal.kit.links import absolute


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    by: User,
    now: datetime,
    professional: Professional | None = None,
    patient: Patient | None = None,
) -> Invitation:
    """Send an invitation. A patient's goes to the address of the file, whatever was typed.

    Raises ValidationError when one already waits, or when the file is already open to somebody.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if patient:
        email = _address_of(patient)
    elif role == Role.PATIENT:
        raise ValidationError(_("Indiquez le dossier du patient."), code="no_file")
    if professional and professional.user_id:
        raise ValidationError(_("Cette personne a déjà un compte."), code="has_account")
    waiting = Invitation.objects.filter(
        email__iexact=email, role=role, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    if waiting.exists():
        raise ValidationError(
            _("Une invitation attend déjà à cette adresse\u00a0: vous pouvez la renvoyer."),
            code="waiting",
        )
    invitation = Invitation(
        email=email.lower(), role=role, professional=professional, patient=patient, invited_by=by
    )
    invitation.created_at = now
    _send(invitation, now)
    record(
        verb="invitation.sent", by=by, at=now, patient=patient, subject=f"n° {invitation.pk} {role}"
    )
    return invitation


@transaction.atomic
def invite_clinician(
    *,
    email: str,
    first_name: str,
    last_name: str,
    profession: Profession,
    rpps: str,
    by: User,
    now: datetime,
) -> Invitation:
    """Invite a clinician; the professional known under this RPPS, else a new one."""
    digits = "".join(rpps.split())
    known = Professional.objects.filter(rpps=digits, user=None).first() if digits else None
    professional = known or Professional.objects.create(
        first_name=first_name,
        last_name=last_name,
        profession=profession,
        rpps=checked_rpps(profession, rpps),
    )
    return invite(email=email, role=Role.CLINICIAN, by=by, now=now, professional=professional)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Send a new link; the former one stops working."""
    locked = _lock(invitation)
    if locked.accepted_at or locked.withdrawn_at:
        raise ValidationError(_("Cette invitation est déjà close."), code="closed")
    _send(locked, now)
    record(verb="invitation.resent", by=by, at=now, subject=f"n° {locked.pk} {locked.role}")


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Close a door that nobody has taken; twice changes nothing."""
    locked = _lock(invitation)
    if locked.accepted_at:
        raise ValidationError(_("Cette invitation a déjà servi."), code="accepted")
    if locked.withdrawn_at is None:
        locked.withdrawn_at = now
        locked.save(update_fields=["withdrawn_at"])
        record(verb="invitation.withdrawn", by=by, at=now, subject=f"n° {locked.pk} {locked.role}")


def find_invitation(*, token: str) -> Invitation | None:
    """The invitation of a link, whatever its state."""
    if not is_ours(token):
        return None
    return Invitation.objects.filter(token_hash=token_hash(token)).first()


def current_state(invitation: Invitation, now: datetime) -> InvitationState:
    """As stored, and withdrawn when whoever invited may not any more."""
    state = invitation_state(invitation, now)
    if may_invite(invitation.invited_by, Role(invitation.role)):
        return state
    return InvitationState.WITHDRAWN if state == InvitationState.WAITING else state


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    now: datetime,
    password: str | None = None,
    first_name: str = "",
    last_name: str = "",
) -> User:
    """Use the link once: create the account, or add the role to the one of this address.

    An existing account keeps its password: a mailbox alone never opens it.
    """
    locked = _lock(invitation)
    if current_state(locked, now) != InvitationState.WAITING:
        raise ValidationError(_("Ce lien ne peut plus servir."), code="closed")
    user = User.objects.filter(email__iexact=locked.email).first()
    if user is None:
        first, last = invited_names(locked)
        user = User.objects.create_user(
            locked.email, password, first_name=first_name or first, last_name=last_name or last
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif not user.is_active:
        raise ValidationError(_("Ce compte est désactivé."), code="inactive")
    _open_file(locked, user)
    grant_role(user=user, role=Role(locked.role), by=locked.invited_by, now=now)
    locked.accepted_at = now
    locked.save(update_fields=["accepted_at"])
    record(verb="invitation.accepted", by=user, at=now, subject=f"n° {locked.pk} {locked.role}")
    return user


def _lock(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)


def _address_of(patient: Patient) -> str:
    if patient.user_id:
        raise ValidationError(_("Ce patient a déjà un compte."), code="has_account")
    if not patient.email:
        raise ValidationError(
            _("Notez d’abord l’adresse e-mail dans le dossier du patient."), code="no_address"
        )
    return patient.email


def invited_names(invitation: Invitation) -> tuple[str, str]:
    """First and last name, where the invitation is for somebody already known."""
    if invitation.professional:
        return invitation.professional.first_name, invitation.professional.last_name
    if invitation.patient:
        patient = invitation.patient
        return patient.first_name, patient.used_name or patient.birth_name
    return "", ""


def _open_file(invitation: Invitation, user: User) -> None:
    """Tie the account to the professional or the patient that the invitation names."""
    for owned in (invitation.professional, invitation.patient):
        if owned is None or owned.user_id == user.pk:
            continue
        others = type(owned).objects.filter(user=user)
        if owned.user_id or others.exists():
            raise ValidationError(
                _("Ce compte est déjà lié à quelqu’un d’autre\u00a0: appelez le secrétariat."),
                code="taken",
            )
        owned.user = user
        owned.save(update_fields=["user"])


def _send(invitation: Invitation, now: datetime) -> None:
    token = new_invitation_token()
    invitation.token_hash = token_hash(token)
    invitation.expires_at = now + timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    context = {
        "link": absolute(reverse("account:invitation", args=[token])),
        "until": invitation.expires_at,
        "phone": settings.SECRETARIAT_PHONE,
    }
    queue_mail(
        to=invitation.email,
        subject=_("Votre invitation sur Ariane"),
        body=render_to_string("network/invitations/mail.txt", context).strip(),
        now=now,
    )
