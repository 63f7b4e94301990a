"""The public site for the tests of a module: loaded once, taken back at its end."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Site

from home.models import HomePage
from portal.kit import clock
from tests.factories.home import make_site

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The pages stand in a transaction round all the tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


@pytest.fixture
def site(loaded_site: None, db: None) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def at_reference(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The kit's clock stands at the demo's reference date, 9 h in Paris."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW
