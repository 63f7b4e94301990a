"""How a test enters the portal: the one place that knows what a complete sign-in leaves behind."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from network.models import User
from network.roles import PROTECTED


def give_factor(user: User) -> None:
    """Enrol a one-time-code generator, unless the account has one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())


def sign_in(client: Client, user: User) -> None:
    """Open the session that a password, then (for protected roles) a second factor, would open."""
    methods = [{"method": "password", "at": time.time(), "email": user.email}]
    if user.is_any(*PROTECTED):
        give_factor(user)
        methods.append({"method": "mfa", "at": time.time(), "type": "totp"})
    client.force_login(user, backend="network.backends.AccountBackend")
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
