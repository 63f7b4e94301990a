"""The database: DATABASE_URL for PostgreSQL, else the embedded SQLite of the demo."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .paths import VAR_DIR


def sqlite(path: str) -> dict[str, Any]:
    """SQLite in WAL mode; IMMEDIATE takes the write lock first, so no transaction fails half-way."""
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


url = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": postgresql(url) if url else sqlite(str(VAR_DIR / "demo" / "ariane.sqlite3"))
}
