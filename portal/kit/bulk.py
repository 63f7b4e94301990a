"""What commands that load invented rows in bulk have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


@contextmanager
def loading(command: BaseCommand, what: str, *, loaded: bool) -> Iterator[Callable[[int], None]]:
    """Around the loading; gives what tells how many rows (`what`) are written.

    Raises CommandError outside the demo, and where the set is loaded already.
    """
    if not settings.DEMO:
        raise CommandError("Des personnes inventées n’entrent que dans une démonstration.")
    if loaded:
        raise CommandError("Ce jeu est déjà chargé.")
    if connection.vendor == "postgresql":  # rows are made between two statements
        with connection.cursor() as cursor:
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
    began = monotonic()

    def tell(written: int) -> None:
        command.stdout.write(f"\r{written:,} {what}, {monotonic() - began:.0f} s", ending="")
        command.stdout.flush()

    yield tell
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner must know how large the tables are
    command.stdout.write("")
