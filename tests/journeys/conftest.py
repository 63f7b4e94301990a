"""Browser journeys, in the system's Chromium, on a phone (`phone`) and on a desk (`page`).

def test_act_noted_from_a_phone(phone, enter, physio):
    enter(phone, physio)
    phone.goto("/actes/noter/")
    ...
    axe(phone)

A journey fails by itself on an error in the console, a breach of the content policy, an answer
5xx, a missing file, or a request that leaves for another host.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from network.models import User
from tests.browser import system_chromium
from tests.doors import sign_in
from tests.journeys.watch import DESK, PHONE, Check, Enter, OpenPage, Witness, assert_well_made
from tests.public_site import committed_site

__all__ = ["committed_site"]

# Playwright's loop runs in this thread, and Django would take our queries for asynchronous ones
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--disable-gpu",
)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Started once the database is a file: before, its threads would share one connection."""
    return live_server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = system_chromium()
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(live_server: LiveServer) -> dict[str, Any]:
    return {
        "base_url": live_server.url,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], live_server: LiveServer) -> Iterator[Any]:
    """`open_page(viewport=…)`: a watched page in its own session, for a second person.

    `friends`: other hosts that it may go to, such as the stand-in of the card service.
    """
    witnesses: list[Witness] = []

    def open_one(friends: tuple[str, ...] = (), **options: Any) -> Page:
        context = new_context(**{"viewport": DESK, **options})
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(60_000)  # a loaded machine is not a broken page
        witnesses.append(Witness(context, live_server.url, *friends))
        return context.new_page()

    yield open_one
    assert [fault for witness in witnesses for fault in witness.faults] == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desk: 1280 × 900."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A phone: 390 × 844, touch."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def axe() -> Check:
    """`axe(page)`: no violation, no sideways scroll at 390 and 1280 px; dark too if proving."""
    return assert_well_made


@pytest.fixture
def enter(live_server: LiveServer) -> Enter:
    """`enter(page, user)`: that person is signed in, second factor included."""

    def sign_in_on(page: Page, user: User) -> None:
        client = Client()
        sign_in(client, user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return sign_in_on
