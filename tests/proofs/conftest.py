"""Proofs that only PostgreSQL can be asked for are left to its own run (`make test-postgres`)."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.databases import DatabaseCopy
from tests.proofs import server
from tests.proofs.brood import Brood
from tests.proofs.brood import brood as one_brood
from tests.public_site import committed_site

__all__ = ["committed_site"]


@pytest.fixture
def postgresql() -> None:
    """Asked for by what SQLite cannot do: there, one writer locks the whole database."""


@pytest.fixture(scope="module")
def brood(django_db_setup: DatabaseCopy) -> Iterator[Brood]:
    """Processes at work on the test's database, of which each may be killed."""
    with one_brood() as each:
        yield each


@pytest.fixture(scope="session", autouse=True)
def servers_end() -> Iterator[None]:
    """A server that a test leaves standing serves the next one, and ends with the last."""
    yield
    server.end_standing()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        return
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        callspec = getattr(item, "callspec", None)
        unlocked = callspec is not None and callspec.params.get("locked") == "unlocked"
        asks = unlocked or "postgresql" in getattr(item, "fixturenames", ())
        (left if asks else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
