"""A gesture that dies at a chosen statement, as a process: nothing of it is cleaned up."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIGKILL
from typing import Any

from django.db import connection


@contextmanager
def dying(at: int) -> Iterator[None]:
    """Killed (`kill -9`) by itself as it is about to send its statement number `at`; lives on when
    fewer statements are sent."""
    sent = 0

    def execute_or_die(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal sent
        sent += 1
        if sent == at:
            os.kill(os.getpid(), SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(execute_or_die):
        yield
