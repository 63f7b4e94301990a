"""Databases for the tests: all migrations are run once, then copied.

A template holds what the migrations lay down (tables, tariffs, Wagtail's root). It is built when
a migration, or data that one loads, has changed; each test process works on its own copy, and a
test that commits gets that copy made afresh behind it, so the next one finds the same data.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import django
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections

FOLDER = settings.VAR_DIR / "tests"


class TestDatabase(Protocol):
    """A copy of the template, for one test process."""

    name: str

    def create(self) -> None:
        """Make the copy and turn the default connection to it."""

    def restore(self) -> None:
        """Bring the copy back to the template's content."""

    def drop(self) -> None:
        """Remove the copy."""


def migration_state() -> str:
    """Digest of all that decides a migrated database's content."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for folder in ("migrations", "data"):
            for path in sorted(Path(config.path, folder).rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    digest.update(path.name.encode())
                    digest.update(path.read_bytes())
    digest.update((settings.BASE_DIR / "portal/kit/append_only.py").read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def only_one_builds() -> Iterator[None]:
    """The processes of one run wait here for the first to build the template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def point_to(name: str) -> None:
    """Turn the default connection, in every thread, to the database `name`."""
    connection.close()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def migrate_into(name: str) -> None:
    point_to(name)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


class SqliteCopy:
    """A copied file; committed changes are undone by SQLite's own backup, page by page."""

    def __init__(self, worker: str) -> None:
        self.template = FOLDER / f"template-{migration_state()}.sqlite3"
        self.name = str(FOLDER / f"{worker}-{os.getpid()}.sqlite3")

    def create(self) -> None:
        with only_one_builds():
            if not self.template.exists():
                self._build()
        shutil.copy(self.template, self.name)
        point_to(self.name)

    def _build(self) -> None:
        for old in FOLDER.glob("template-*"):
            old.unlink()
        building = self.template.with_suffix(".building")
        building.unlink(missing_ok=True)
        migrate_into(str(building))
        building.rename(self.template)

    def restore(self) -> None:
        connection.close()
        source = sqlite3.connect(self.template)
        target = sqlite3.connect(self.name, timeout=20)
        with source, target:
            source.backup(target)
        source.close()
        target.close()

    def drop(self) -> None:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(self.name + suffix).unlink(missing_ok=True)


class PostgresqlCopy:
    """A database created from the template, and created again after a test that commits."""

    def __init__(self, worker: str) -> None:
        self.template = f"ariane_template_{migration_state()}"
        self.name = f"ariane_test_{worker}_{os.getpid()}"

    def create(self) -> None:
        with only_one_builds():
            if not self._exists(self.template):
                self._execute(f"DROP DATABASE IF EXISTS {self.template}_building WITH (FORCE)")
                self._execute(f"CREATE DATABASE {self.template}_building")
                migrate_into(f"{self.template}_building")
                self._execute(f"ALTER DATABASE {self.template}_building RENAME TO {self.template}")
        self._copy()
        point_to(self.name)

    def restore(self) -> None:
        connection.close()
        self._copy()

    def drop(self) -> None:
        connection.close()
        self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _copy(self) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def test_database(worker: str) -> TestDatabase:
    """The copy for this process, for the engine that DATABASE_URL names."""
    return SqliteCopy(worker) if connection.vendor == "sqlite" else PostgresqlCopy(worker)


def restore_after_commits(database: TestDatabase) -> None:
    """Forget what a committing test wrote, in the database and in the caches built from it."""
    database.restore()
    cache.clear()
