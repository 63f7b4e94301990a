"""Where allauth asks us: who may enter by which door, what is mailed, what is encrypted."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network import notices
from network.actions.mail import queue_mail
from network.models import User
from network.selectors.accounts import has_factor, is_protected, signs_in_by_code
from portal.kit import clock, encrypted
from portal.kit.links import absolute

KNOWN_DEVICE = "ariane_appareil"
A_YEAR = 365 * 24 * 3600


class AccountAdapter(DefaultAccountAdapter):
    """Our doors: by invitation or self-registration, with links and mails of our own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Trop d’essais. Patientez quelques minutes, puis recommencez."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_login_by_code_required(self, login: Login) -> bool:
        """A protected account without second factor proves its mailbox at each sign-in.

        Otherwise a stolen password would be enough to set up a factor in the owner's place.
        """
        records = get_authentication_records(context.request, login.user)
        if not isinstance(login.user, User) or (records and records[-1]["method"] == "code"):
            return False
        return is_protected(login.user) and not has_factor(login.user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has just signed in sets up a first factor without a second password."""
        user = context.request.user
        records = get_authentication_records(context.request, user)
        recent = records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        if app == "allauth.mfa" and recent and not has_factor(user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Without the Host header, which would give as many tries as one can write hosts."""
        return str(credentials.get("email", "")).strip().lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        made = super().get_reset_password_from_key_url(key)
        return absolute(made.removeprefix(context.request.build_absolute_uri("/").rstrip("/")))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in our words; an unknown prefix says nothing rather than too much."""
        notice = notices.NOTICES.get(template_prefix)
        if template_prefix == "account/email/unknown_account":
            notice = self._right_door(email)
        if notice is None:
            return
        link = context.get("password_reset_url", "") or absolute(reverse(notice.url_name))
        body = notices.body(notice, code=context.get("code", ""), link=link)
        queue_mail(to=email, subject=str(notice.subject), body=body, now=clock.now())

    def _right_door(self, email: str) -> notices.Notice | None:
        """Somebody known who tried the other door is told which one to take; a stranger nothing."""
        known = EmailAddress.objects.filter(email__iexact=email, user__is_active=True).first()
        if known is None:
            return None
        user: User = known.user
        return notices.USE_CODE if signs_in_by_code(user) else notices.USE_PASSWORD

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Tell the owner of a sign-in from a device where this account was never opened."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        seen = request.get_signed_cookie(KNOWN_DEVICE, default="", salt=KNOWN_DEVICE)
        devices = seen.split(".") if seen else []
        if str(user.pk) not in devices:
            if user.last_login_before:  # type: ignore[attr-defined]
                self.send_notification_mail("network/new_sign_in", user)
            devices = [*devices[-9:], str(user.pk)]
        response.set_signed_cookie(
            KNOWN_DEVICE,
            ".".join(devices),
            salt=KNOWN_DEVICE,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        user.last_login_before = user.last_login  # type: ignore[attr-defined]
        super().login(request, user)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: encrypted at rest, and never fewer than one for a protected role."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Votre rôle demande un second facteur\u00a0: ajoutez-en un autre avant."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypted.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encrypted.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not is_protected(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An outside identity only ever opens an account that exists."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
