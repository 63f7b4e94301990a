"""One world for a module: it takes seconds to make, and each test leaves it as it was."""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.template.base import Template
from django.test import Client
from django.utils.safestring import SafeString

from network.enums import Role
from tests.databases import kept_apart
from tests.factories.network import sign_in
from tests.house.world import World
from tests.proofs.scale import SCALE


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
def answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may open is decided before the page is drawn: only `make prove` draws it too."""
    if SCALE:
        return
    drawn = Template._render  # type: ignore[attr-defined]  # what Django's own test set-up replaces

    def render(template: Any, context: Any) -> SafeString:
        page = (template.name or "").endswith(".html")
        return SafeString("") if page else drawn(template, context)

    monkeypatch.setattr(Template, "_render", render)
