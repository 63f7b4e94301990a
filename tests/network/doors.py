"""How tests go through the doors: real pages, real one-time codes, links read in the outbox."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from network.models import OutboxMessage, Patient, User
from tests.factories.network import PASSWORD, TOTP_SECRET

LOGIN = "/compte/login/"
CODE = "/compte/login/code/"
CONFIRM = "/compte/login/code/confirm/"
FACTOR = "/compte/2fa/authenticate/"
SET_UP = "/compte/2fa/totp/activate/"
INSIDE = "/compte/"


def totp(secret: str = TOTP_SECRET, *, shift: int = 0) -> str:
    """The code of this half-minute, as a telephone shows it."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift)))


def mails_to(user_or_email: User | str) -> list[OutboxMessage]:
    email = getattr(user_or_email, "email", user_or_email)
    return list(OutboxMessage.objects.filter(to=email).order_by("pk"))


def mailed_code(email: str) -> str:
    found = re.findall(r"^\d{6}$", mails_to(email)[-1].body, re.MULTILINE)
    return str(found[0])


def mailed_path(email: str) -> str:
    found = re.findall(r"http://localhost:8000(/\S+)", mails_to(email)[-1].body)
    return str(found[0])


def enter_password(client: Client, user: User, password: str = PASSWORD) -> Any:
    cache.clear()
    return client.post(LOGIN, {"login": user.email, "password": password})


def enter(client: Client, user: User) -> Client:
    """The whole way in of a protected account that has its factor."""
    enter_password(client, user)
    client.post(FACTOR, {"code": totp()})
    return client


def is_in(client: Client) -> bool:
    """Whether this client may work: « Mon compte » answers."""
    return bool(client.get(INSIDE).status_code == 200)


def mailed_link(patient: Patient) -> str:
    """The address of the last personal link mailed to a patient."""
    mail = OutboxMessage.objects.filter(to=patient.email, body__contains="/acces/").latest("pk")
    found = re.search(r"https?://[^/]+(/acces/\S+)", mail.body)
    assert found
    return found[1]
