"""One world for a module: it takes seconds to make, and each test leaves it as it was."""

from collections.abc import Iterator
from contextlib import nullcontext
from copy import copy
from typing import Any

import pytest
from django.test import Client

from network.enums import Role
from tests.databases import kept_apart
from tests.factories.network import sign_in
from tests.house.world import World
from tests.proofs.scale import SCALE
from tests.quicker import undrawn


@pytest.fixture(scope="module")
def common_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with kept_apart(django_db_blocker):
        yield World(Role.CLINICIAN)


@pytest.fixture
def world(common_world: World, db: None) -> World:
    """The module's world, of which the test may change what it likes; a clinician's to begin."""
    own = copy(common_world)
    own.client = sign_in(Client(), own.me)
    return own


@pytest.fixture
def answers_alone() -> Iterator[None]:
    """Who may open is decided before the page is drawn: only `make prove` draws it too."""
    with nullcontext() if SCALE else undrawn():
        yield
