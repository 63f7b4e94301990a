"""The public site for tests: the very pages that a new portal receives, loaded once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from home.models import HomePage
from portal.kit import clock
from tests.databases import DatabaseCopy, prepared
from tests.factories.home import make_site

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded_site(django_db_setup: DatabaseCopy, django_db_blocker: Any) -> Iterator[None]:
    """The pages are there for all the tests of the module, none of which commits."""
    with django_db_blocker.unblock(), prepared(django_db_setup, "site", make_site):
        yield


@pytest.fixture
def site(loaded_site: None, db: None) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def committed_site(django_db_setup: DatabaseCopy, transactional_db: None) -> Iterator[None]:
    """The same for a test that commits; ask for it before anything is written."""
    with prepared(django_db_setup, "site", make_site):
        yield


@pytest.fixture
def at_reference(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The kit's clock stands at the demo's reference date, 9 h in Paris."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW
