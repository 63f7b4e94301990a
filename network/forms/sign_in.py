"""allauth's sign-in forms, each with the rule of our doors."""

from typing import Any

from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from network import demo
from network.models import User
from network.selectors.accounts import is_protected, signs_in_by_code


class SignInForm(LoginForm):
    """E-mail and password; in the demo, `?compte=…` fills them in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Indiquez votre adresse mail.")
        self.fields["password"].error_messages["required"] = _("Indiquez votre mot de passe.")
        account = demo.chosen(self.request)
        if account and account.password:
            self.fields["login"].initial = account.email
            self.fields["password"].initial = account.password
            self.fields["password"].widget.render_value = True


class AskCodeForm(RequestLoginCodeForm):
    """Asks for a code by mail. For anybody but a patient, nothing happens and nothing shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = demo.chosen(context.request)
        if account:
            self.fields["email"].initial = account.email

    def clean_email(self) -> str:
        email: str = super().clean_email()
        user = getattr(self, "_user", None)
        if user and not signs_in_by_code(user):
            self._user = None
        return email


class LostPasswordForm(ResetPasswordForm):
    """Asks for a new password; those who have none by rule get no link."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users: list[User] = list(filter(is_protected, self.users))
        return email


class SingleUseCode:
    """A code serves once as long as it is valid.

    allauth remembers a used code for one period only; with a tolerance of one period on both
    sides it stays valid for three.
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        key = f"used-code:{self.user.pk}:{normalize_user_code(code)}"  # type: ignore[attr-defined]
        validity = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(key, True, timeout=validity):
            raise get_adapter().validation_error("incorrect_code")
        return code


class FactorForm(SingleUseCode, AuthenticateForm):
    """The second step of a sign-in."""


class FactorAgainForm(SingleUseCode, ReauthenticateForm):
    """The factor asked again before a change of security."""
