"""The demo as it stands one morning, made once for all the tests that ask for the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.test import override_settings

from home.demo_data.calendar import MODEL_REFERENCE
from home.demo_data.load import load_demo
from tests.databases import DatabaseCopy, prepared

DEFAULT = MODEL_REFERENCE


def load(on: date, *, learned: bool = True) -> None:
    """`learned`: with what people learned, which is half of the loading."""
    with pytest.MonkeyPatch.context() as patch:
        if not learned:
            patch.setattr("home.demo_data.load.plan_learning", lambda story: None)
        load_demo(reference=on)


@contextmanager
def demo_at(database: DatabaseCopy, on: date, *, learned: bool) -> Iterator[None]:
    """The demo loaded for that reference; what is written meanwhile is forgotten."""
    content = f"demo-{on}" if learned else f"demo-{on}-short"
    with (
        override_settings(DEMO=True, STRIPE_KEY="rk_test_demo"),
        prepared(database, content, partial(load, on, learned=learned)),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)
