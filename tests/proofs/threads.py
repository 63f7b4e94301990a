"""Several people at the same instant: real threads, each with its own connection."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from fees.actions import arbitration, course, log, steps, waiting
from fees.selectors.dossiers import Dossiers, Schedule
from fees.selectors.facts import Facts, facts_of
from fees.selectors.verify import breaches
from network.models import Patient

SLOW = 1.0  # seconds between reading the facts and writing the act, in a control
LONGEST = 60  # seconds: a thread that has not answered by then is frozen


def together(*calls: Callable[[], Any], lag: float = 0) -> list[Any]:
    """Start all calls at once, or each `lag` seconds after the one before.

    Gives what each returned, or the exception that it raised.
    """
    start = threading.Barrier(len(calls))
    answers: list[Any] = [TimeoutError("frozen")] * len(calls)

    def run(position: int, call: Callable[[], Any]) -> None:
        connection.ensure_connection()
        start.wait()
        time.sleep(position * lag)
        try:
            answers[position] = call()
        except Exception as error:
            answers[position] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return answers


def faults(answers: list[Any], *allowed: type[Exception]) -> list[Any]:
    """The answers that are exceptions, but the allowed ones."""
    return [each for each in answers if isinstance(each, Exception) and type(each) not in allowed]


def recount() -> list[str]:
    """What the recount finds in the whole database."""
    schedule = Schedule()
    return [str(each) for dossier in Dossiers().all() for each in breaches(dossier, schedule)]


def only_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a writer locks all of SQLite: tried on PostgreSQL only")


def take_locks_away(patch: pytest.MonkeyPatch) -> None:
    """The defect that the proofs must see: nobody locks the patient, and everybody is slow."""

    def unlocked(patient_id: int) -> Patient:
        return Patient.objects.get(pk=patient_id)

    def slow(*args: Any, **kwargs: Any) -> Facts:
        facts = facts_of(*args, **kwargs)
        time.sleep(SLOW)
        return facts

    for module in (arbitration, course, log, waiting):
        patch.setattr(module, "lock_patient", unlocked)
    patch.setattr(steps, "facts_of", slow)
