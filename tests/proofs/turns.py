"""Two gestures in a chosen order: the first stops between what it read and what it writes.

With the locks the second waits for it. Without, it runs in between: what was read is no longer so.
"""

import threading
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest

from etp.actions import cycles, places, sessions, settle, steps, waiting
from etp.models import Session
from network.models import Patient
from tests.proofs.threads import together

HELD = 0.3  # seconds that the first one stops, while the second waits for its lock
SLOW = 1.5  # in a control: time for the second to end, less than a lock is waited for
WRITES = ("make_move", "insert_row")
MODULES = (cycles, places, sessions, settle, waiting)
PLACES = tuple(product(MODULES, WRITES))
"""Where a gesture on places first writes, as (module, name of the function)."""
RESHAPES = ((sessions, "_reseat"), (Session, "save"), (sessions, "settle"))
"""A change of a session: its seats were read; before its own row is written; people were told."""


class Turns:
    """Calls of `first` and `second`, whose first write waits for the other to be over."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        *,
        held: float = HELD,
        stops: Iterable[tuple[Any, str]] = PLACES,
        after: Iterable[tuple[Any, str]] = (),
    ) -> None:
        self.held = held
        self.only: str | None = None  # the one function at which to stop; None: at any
        self.at: int | None = None  # the place whose first write is waited for; None: any write
        self.reached, self.over = threading.Event(), threading.Event()
        self.thread: int | None = None
        for module, name in stops:
            if hasattr(module, name):
                patch.setattr(module, name, self._stopping(getattr(module, name), name))
        for module, name in after:
            patch.setattr(module, name, self._stopping_after(getattr(module, name), name))

    def play(self, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[list[Any], bool]:
        """Both answers, and whether the second ended while the first was stopped."""
        self.reached.clear()
        self.over.clear()
        self.between = False

        def begin() -> Any:
            self.thread = threading.get_ident()
            try:
                return first()
            finally:
                self.thread = None
                self.reached.set()

        def follow() -> Any:
            self.reached.wait(20)
            try:
                return second()
            finally:
                self.over.set()

        return together(begin, follow), self.between

    def _stopping(self, write: Callable[..., Any], name: str) -> Callable[..., Any]:
        def stopped(*args: Any, **kwargs: Any) -> Any:
            if self.at is None or getattr(args[0], "pk", None) == self.at:
                self._stop(name)
            return write(*args, **kwargs)

        return stopped

    def _stopping_after(self, read: Callable[..., Any], name: str) -> Callable[..., Any]:
        def stopped(*args: Any, **kwargs: Any) -> Any:
            found = read(*args, **kwargs)
            self._stop(name)
            return found

        return stopped

    def _stop(self, name: str) -> None:
        here = self.only in (None, name) and threading.get_ident() == self.thread
        if here and not self.reached.is_set():
            self.reached.set()
            self.between = self.over.wait(self.held)


def unlock_sessions(patch: pytest.MonkeyPatch) -> None:
    """The defect: seats move without their session's lock."""

    def unlocked(pk: int) -> Session:
        return Session.objects.get(pk=pk)

    for module in (steps, places, sessions, settle, waiting):
        if hasattr(module, "lock_session"):
            patch.setattr(module, "lock_session", unlocked)


def unlock_patients(patch: pytest.MonkeyPatch) -> None:
    """The defect: a person books twice at once."""

    def unlocked(pk: int) -> Patient:
        return Patient.objects.get(pk=pk)

    for module in (cycles, places, waiting):
        patch.setattr(module, "lock_patient", unlocked)
