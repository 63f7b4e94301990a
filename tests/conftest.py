"""What every test can ask for: a migrated database, our mailers, a signed-in client."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.template.base import Template
from django.test import Client, TransactionTestCase
from django.test.utils import instrumented_test_render  # type: ignore[attr-defined]
from hypothesis import settings as hypothesis_settings

from network.models import User
from tests.databases import DatabaseCopy, restore_after_commits, test_database
from tests.doors import sign_in
from tests.order import dealt
from tests.quicker import quicker

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
LARGER = {"answers_alone", "axe"}
"""What asks for more under PROOF_SCALE=1: pages drawn too, all the looks at each."""
# an example is not wrong for being slow on a busy machine
hypothesis_settings.register_profile("ariane", deadline=None)
hypothesis_settings.load_profile("ariane")

MAILERS = settings.MAILERS  # Django's test set-up replaces them: ours write to the outbox


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
) -> Iterator[DatabaseCopy]:
    """Copy the migrated template instead of running the migrations; see tests/databases.py."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database = test_database(worker)
    with django_db_blocker.unblock():
        database.create()
    # in place of Django's flush, which would empty what the migrations laid down
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _: restore_after_commits(database)
        )
        yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session", autouse=True)
def our_mailers(django_test_environment: None) -> None:
    """Mails go to the outbox table, as everywhere; what is delivered lands in `mailoutbox`."""
    settings.MAILERS = MAILERS


@pytest.fixture(scope="session", autouse=True)
def light_tools(django_test_environment: None) -> Iterator[None]:
    """Clients and templates cost what the test asks of them; see tests/quicker.py."""
    with quicker():
        yield


@pytest.fixture
def every_template(light_tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """`answer.context` and `answer.templates` hold those of all components too."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """`signed_in(user)` gives the test client of that person, second factor included."""

    def enter(user: User) -> Client:
        sign_in(client, user)
        return client

    return enter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser, what is worth a second run on PostgreSQL, and the long proofs."""
    for item in items:
        if item.nodeid.startswith("tests/proofs/"):
            item.add_marker(pytest.mark.wide)
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & LARGER:
            item.add_marker(pytest.mark.prove)
        if "new_context" in fixtures:
            item.add_marker(pytest.mark.browser)
        elif item.get_closest_marker("portable"):
            continue
        elif item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


class Shares:
    """Comes last, once it is known which tests run."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Shares())


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing of what collection makes can be dropped yet: the collector would walk it in vain."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What imports and collection made stays to the end: the collector need not walk it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """Under --no-skips nothing is left out in silence."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.option.no_skips:
        report.outcome = "failed"
        report.longrepr = f"skipped, which this run does not allow: {report.longrepr}"
    return report
