"""What production reads from its environment, refused where it is missing or unsafe.

The table of variables is in docs/operations.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

PRODUCTION_VARIABLES = ("ARIANE_SECRET_KEY", "ARIANE_FIELD_KEYS", "ARIANE_HOSTS")
DEMO_VARIABLES = ("DEMO", "DEMO_DATE")
MIN_KEY_LENGTH = 50
MIN_KEY_VARIETY = 10
PUBLISHED_FIELD_KEYS = frozenset(
    {
        "ZGVtby1vbmx5LW5ldmVyLXVzZWQtd2l0aC1yZWFsLXA=",
        "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    }
)
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Production:
    """Settings of one installation, checked."""

    secret_key: str
    field_keys: list[str]
    hosts: list[str]
    database_url: str
    transport: dict[str, Any]
    mail_from: str
    proxies: int


def refuse_production_in_demo(environ: Mapping[str, str]) -> None:
    """The demo shows accounts and codes to everybody: never where real settings are at hand."""
    found = [name for name in PRODUCTION_VARIABLES if environ.get(name)]
    if found:
        raise ImproperlyConfigured(
            f"The demo refuses to start: {', '.join(found)} set, as on a real installation. "
            "There, set DJANGO_SETTINGS_MODULE=portal.settings.production."
        )


def read_production(environ: Mapping[str, str]) -> Production:
    """Read and check every variable; the first fault is said, with how to mend it."""
    if found := [name for name in DEMO_VARIABLES if environ.get(name)]:
        raise ImproperlyConfigured(f"Production refuses to start: {', '.join(found)} set.")
    return Production(
        secret_key=_secret_key(_required(environ, "ARIANE_SECRET_KEY")),
        field_keys=_field_keys(_listed(environ, "ARIANE_FIELD_KEYS")),
        hosts=_hosts(_listed(environ, "ARIANE_HOSTS")),
        database_url=_database_url(_required(environ, "DATABASE_URL")),
        transport=_transport(_required(environ, "ARIANE_MAIL_URL")),
        mail_from=_required(environ, "ARIANE_MAIL_FROM"),
        proxies=_proxies(environ.get("ARIANE_PROXIES", "1")),
    )


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is missing; see docs/operations.md.")
    return value


def _listed(environ: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in _required(environ, name).split(",") if part.strip()]


def _secret_key(key: str) -> str:
    if len(key) < MIN_KEY_LENGTH or len(set(key)) < MIN_KEY_VARIETY:
        raise ImproperlyConfigured(
            f"ARIANE_SECRET_KEY is too weak: {MIN_KEY_LENGTH} random characters or more."
        )
    if key.startswith("django-insecure"):
        raise ImproperlyConfigured("ARIANE_SECRET_KEY is a published example: draw another.")
    return key


def _field_keys(keys: list[str]) -> list[str]:
    for key in keys:
        if key in PUBLISHED_FIELD_KEYS:
            raise ImproperlyConfigured("ARIANE_FIELD_KEYS holds the demo's or the tests' key.")
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(
                "ARIANE_FIELD_KEYS: each key is 32 random bytes in URL-safe base64."
            ) from error
    if len(set(keys)) != len(keys):
        raise ImproperlyConfigured("ARIANE_FIELD_KEYS holds the same key twice.")
    return keys


def _hosts(hosts: list[str]) -> list[str]:
    wild = [host for host in hosts if "*" in host or host.startswith(".")]
    if wild:
        raise ImproperlyConfigured(f"ARIANE_HOSTS: name each host, without wildcard: {wild}.")
    return hosts


def _database_url(url: str) -> str:
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL: production runs on PostgreSQL only.")
    return url


def _transport(url: str) -> dict[str, Any]:
    """Django's settings of the mail server; without encryption only when it is asked for."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("ARIANE_MAIL_URL: smtp://user:password@host:587 or smtps://…")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and not _in_clear(parts),
            "timeout": 10,
        },
    }


def _in_clear(parts: SplitResult) -> bool:
    """`?tls=no`, for a relay on the same machine; refused with a password or another machine."""
    if parse_qs(parts.query).get("tls") != ["no"]:
        return False
    if parts.username or parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("ARIANE_MAIL_URL: tls=no is for a relay on this machine.")
    return True


def _proxies(number: str) -> int:
    if not number.isdecimal():
        raise ImproperlyConfigured("ARIANE_PROXIES: how many reverse proxies stand in front.")
    return int(number)
