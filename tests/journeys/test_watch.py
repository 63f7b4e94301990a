"""The journeys' own instruments see what they must see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from network.models import User
from tests.journeys.watch import Enter, Witness, overflow, violations


@pytest.fixture
def doctor(transactional_db: None) -> User:
    return User.objects.create_user("medecin@example.org")


def test_signed_in_person_reaches_a_private_page(page: Page, enter: Enter, doctor: User) -> None:
    enter(page, doctor)
    answer = page.goto("/accueil/")
    assert answer is not None
    assert (answer.status, page.url.split("/", 3)[3]) == (200, "accueil/")


def test_witness_sees_faults(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    context = new_context()
    witness = Witness(context, live_server.url)
    page = context.new_page()
    page.goto("/compte/login/")
    page.evaluate("fetch('http://ailleurs.invalid/').catch(() => null)")
    page.evaluate("console.error('panne')")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/static/absent.png'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(300)
    heard = "\n".join(witness.faults)
    assert [
        word
        for word in ("ailleurs.invalid", "panne", "404", "Content Security Policy")
        if word not in heard
    ] == []


def test_axe_and_overflow_see_faults(page: Page, live_server: LiveServer) -> None:
    page.goto("/compte/login/")
    page.evaluate(
        "document.body.innerHTML = '<img src=\"data:,\"><pre>' + 'x'.repeat(999) + '</pre>'"
    )
    assert any(line.startswith("image-alt") for line in violations(page))
    assert overflow(page) > 1000
