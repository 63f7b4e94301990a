"""Rows held by somebody else for too long: told from other failures of the database."""

from django.db import OperationalError

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL: lock_timeout has passed


def timed_out(error: OperationalError) -> bool:
    """Whether the statement gave up waiting for a lock."""
    return getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE
