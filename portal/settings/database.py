"""The database that DATABASE_URL names, else the embedded SQLite of the demo.

`postgresql://user:password@host:port/name`, with `?host=/run/postgresql` for a local socket;
`sqlite:////absolute/path`.
"""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .paths import VAR_DIR


def sqlite(path: str) -> dict[str, Any]:
    """SQLite in WAL mode; IMMEDIATE takes the write lock first: none fails half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL with time-outs, so that a hung client or a cut network freezes nobody."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,
            "options": "-c statement_timeout=8s -c lock_timeout=2s"
            " -c idle_in_transaction_session_timeout=5s",
            **query,
        },
    }


def from_url(url: str) -> dict[str, Any]:
    """Settings of the database at `url`; without one, the demo's file."""
    if not url:
        return sqlite(str(VAR_DIR / "demo" / "ariane.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(parts.path.removeprefix("/"))
    if parts.scheme in {"postgresql", "postgres"}:
        return postgresql(url)
    raise ImproperlyConfigured(f"DATABASE_URL: unknown scheme {parts.scheme!r}")


DATABASES = {"default": from_url(os.environ.get("DATABASE_URL", ""))}
