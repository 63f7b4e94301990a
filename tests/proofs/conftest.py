"""Proofs that only PostgreSQL can be asked for are left to its own run (`make test-postgres`)."""

import pytest
from django.db import connection

from tests.public_site import committed_site

__all__ = ["committed_site"]


@pytest.fixture
def postgresql() -> None:
    """Asked for by what SQLite cannot do: there, one writer locks the whole database."""


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
