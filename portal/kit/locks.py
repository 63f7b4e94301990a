"""Rows held by somebody else for too long: told from other failures of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL: lock_timeout has passed


@contextmanager
def waiting(busy: Callable[[], Exception]) -> Iterator[None]:
    """Around the statement that locks: when it gives up waiting, raises what `busy` makes."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise busy() from error
