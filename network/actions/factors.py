"""A lost second factor, reset by a second person."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from network import notices
from network.access import Perm
from network.actions.accounts import end_sessions
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.models import User
from portal.kit.links import absolute


@transaction.atomic
def reset_factor(*, person: User, by: User, reason: str, now: datetime) -> None:
    """Remove every factor of a person, close the sessions, tell the person.

    Until a new one is set up, sign-in asks for the password and a mailed code.
    """
    if not by.has_perm(Perm.RESET_FACTOR, person):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Dites comment vous avez reconnu la personne.")})
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    Authenticator.objects.filter(user=locked).delete()
    end_sessions(user=locked)
    record(verb="factor.reset", by=by, at=now, subject=f"compte {locked.pk}", reason=reason.strip())
    notice = notices.NOTICES["network/factor_reset"]
    body = notices.body(notice, link=absolute(reverse("account_login")))
    queue_mail(to=locked.email, subject=str(notice.subject), body=body, now=now)
