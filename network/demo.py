"""Demo accounts, their factor and its current code. Dead outside demo mode."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise

    from network.models import User

DEMO_TOTP_SECRET = "IFZGSYLOMUQGIZLNN4WCA23ON53W4IBB"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One persona. Without password (patients), the code arrives on the messages page."""

    slug: str
    email: str
    name: str
    role_label: "str | Promise"
    what_to_try: "str | Promise"
    seal: str = ""
    password: str = ""
    totp_secret: str = DEMO_TOTP_SECRET


_ACCOUNTS: dict[str, DemoAccount] = {}


def register(*accounts: DemoAccount) -> None:
    """Called once by the room that holds the demo data, when it is ready."""
    _ACCOUNTS.update({account.slug: account for account in accounts})


def accounts() -> list[DemoAccount]:
    """The personas in the order of their registration; none outside the demo."""
    return list(_ACCOUNTS.values()) if settings.DEMO else []


def chosen(request: "HttpRequest | None") -> DemoAccount | None:
    """The persona named by `?compte=…`."""
    if request is None or not settings.DEMO:
        return None
    return _ACCOUNTS.get(request.GET.get("compte", ""))


def account_of(email: str) -> DemoAccount | None:
    return next((each for each in accounts() if each.email == email), None)


def current_code(account: DemoAccount, at: float | None = None) -> str:
    """The one-time code of this instant (machine time, as sign-in keeps it)."""
    _refuse_outside_demo()
    counter = int(at or time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(account.totp_secret, counter)))


def enrol_demo_factor(user: "User", secret: str = DEMO_TOTP_SECRET) -> Authenticator:
    """Set up the known factor, encrypted as any other; a second call changes nothing."""
    _refuse_outside_demo()
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return kept or TOTP.activate(user, secret).instance


def _refuse_outside_demo() -> None:
    if not settings.DEMO:
        raise ImproperlyConfigured("demo accounts exist in demo mode only")
