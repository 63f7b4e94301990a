"""Databases for the tests: what is slow to make is made once, then copied.

A template holds what the migrations lay down (tables, tariffs, Wagtail's root). It is built when
a migration, or data that one loads, has changed; each test process works on its own copy, and a
test that commits gets that copy made afresh behind it, so the next one finds the same data.

A prepared template holds more: the public site, the demo. It is built by the first process that
asks for it, again when any source has changed, and again each day.
"""

import fcntl
import gc
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache as django_cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.state import StateApps

FOLDER = settings.VAR_DIR / "tests"
SOURCES = ("portal", "network", "etp", "training", "fees", "home", "tests/factories")


class DatabaseCopy(Protocol):
    """A copy of a template, for one test process."""

    name: str

    def create(self) -> None:
        """Make the copy and turn the default connection to it."""

    def restore(self) -> None:
        """Bring the copy back to what the migrations lay down."""

    def prepare(self, content: str, load: Callable[[], object]) -> None:
        """Bring the copy to what `load` adds to that; `content` names it."""

    def drop(self) -> None:
        """Remove the copy."""


def digest_of(start: str, folders: list[Path]) -> str:
    digest = hashlib.sha256(start.encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def migration_state() -> str:
    """Digest of all that decides a migrated database's content."""
    kit = settings.BASE_DIR / "portal/kit"
    steps = "".join((kit / f"{name}.py").read_text() for name in ("append_only", "migrations"))
    configs = sorted(apps.get_app_configs(), key=lambda config: config.label)
    folders = [Path(each.path, name) for each in configs for name in ("migrations", "data")]
    return digest_of(django.__version__ + steps, folders)


@cache
def source_state() -> str:
    """Digest of all that may decide what is prepared: migrations, sources, versions, the day."""
    lock = (settings.BASE_DIR / "requirements.lock").read_text()
    start = f"{migration_state()} {lock} {datetime.now(UTC).date()}"
    return digest_of(start, [settings.BASE_DIR / name for name in SOURCES])


@contextmanager
def only_one_builds(template: str) -> Iterator[None]:
    """Processes that want this template wait here for the first to build it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{template}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def point_to(name: str) -> None:
    """Turn the default connection, in every thread, to the database `name`."""
    connection.close()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def migrate() -> None:
    """Without what Django does over again at each operation: asking all models which of them a
    setting names, and walking in vain, for the collector, what their states hold.
    """
    named = cache(apps.get_swappable_settings_name)  # each state forgets this; not what it asks
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StateApps, "get_swappable_settings_name", staticmethod(named))
        gc.disable()
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            gc.enable()


class SqliteCopy:
    """A copied file; committed changes are undone by SQLite's own backup, page by page."""

    def __init__(self, worker: str) -> None:
        self.template = FOLDER / f"template-{migration_state()}.sqlite3"
        self.name = str(FOLDER / f"{worker}-{os.getpid()}.sqlite3")

    def create(self) -> None:
        self._have(self.template, migrate)
        shutil.copy(self.template, self.name)
        point_to(self.name)

    def restore(self) -> None:
        self._fill(self.template)

    def prepare(self, content: str, load: Callable[[], object]) -> None:
        prepared = FOLDER / f"{content}-{source_state()}.sqlite3"
        self._have(prepared, load, start=self.template)
        self._fill(prepared)

    def drop(self) -> None:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(self.name + suffix).unlink(missing_ok=True)

    def _have(self, template: Path, load: Callable[[], object], start: Path | None = None) -> None:
        """Build the template, from `start`, unless it is there."""
        with only_one_builds(template.stem):
            if template.exists():
                return
            for old in FOLDER.glob(f"{template.stem.rpartition('-')[0]}-*"):
                if old.stem != template.stem:
                    old.unlink(missing_ok=True)
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            if start:
                shutil.copy(start, building)
            try:
                point_to(str(building))
                load()
            finally:
                point_to(self.name)
            building.rename(template)

    def _fill(self, template: Path) -> None:
        connection.close()
        source = sqlite3.connect(template)
        target = sqlite3.connect(self.name, timeout=20)
        with source, target:
            source.backup(target)
        source.close()
        target.close()


class PostgresqlCopy:
    """A database created from a template, and created again after a test that commits."""

    def __init__(self, worker: str) -> None:
        self.template = f"ariane_template_{migration_state()}"
        self.name = f"ariane_test_{worker}_{os.getpid()}"

    def create(self) -> None:
        self._have(self.template, migrate, start="template1")
        self._copy(self.template, self.name)
        point_to(self.name)

    def restore(self) -> None:
        connection.close()
        self._copy(self.template, self.name)

    def prepare(self, content: str, load: Callable[[], object]) -> None:
        prepared = f"ariane_{content}_{source_state()}".replace("-", "_")
        self._have(prepared, load, start=self.template)
        connection.close()
        self._copy(prepared, self.name)

    def drop(self) -> None:
        connection.close()
        self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _have(self, template: str, load: Callable[[], object], start: str) -> None:
        """Build the template, from `start`, unless it is there."""
        with only_one_builds(template):
            if self._exists(template):
                return
            building = f"{template}_building"
            self._copy(start, building)
            try:
                point_to(building)
                with connection.cursor() as cursor:  # a loaded machine thinks between statements
                    cursor.execute("SET idle_in_transaction_session_timeout = 0")
                load()
            finally:
                point_to(self.name)
            self._execute(f"ALTER DATABASE {building} RENAME TO {template}")

    def _copy(self, template: str, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def test_database(worker: str) -> DatabaseCopy:
    """The copy for this process, for the engine that DATABASE_URL names."""
    return SqliteCopy(worker) if connection.vendor == "sqlite" else PostgresqlCopy(worker)


def restore_after_commits(database: DatabaseCopy) -> None:
    """Forget what a committing test wrote, in the database and in the caches built from it."""
    database.restore()
    django_cache.clear()


@contextmanager
def prepared(database: DatabaseCopy, content: str, load: Callable[[], object]) -> Iterator[None]:
    """The database holds what `load` makes, made once for all that call it `content`."""
    django_cache.clear()
    database.prepare(content, load)
    yield
    restore_after_commits(database)


@contextmanager
def kept_apart(blocker: Any) -> Iterator[None]:
    """For a fixture of a whole module: what is written inside is there for each of its tests, all
    of which are rolled back to it, and none of which commits.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
