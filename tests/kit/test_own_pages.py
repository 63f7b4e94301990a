"""Where a person who has entered by a link goes first."""

from collections.abc import Callable

import pytest

from portal.kit import own_pages
from portal.kit.own_pages import OwnPage, first_of, own_page, pages_of


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_pages, "_PROVIDERS", [])


def holding(page: OwnPage | None) -> Callable[[object, object], OwnPage | None]:
    return lambda user, patient: page


def test_what_waits_opens_first_then_the_order() -> None:
    own_page(order=50)(holding(OwnPage("Ateliers", "/a/")))
    own_page(order=10)(holding(OwnPage("Réponses", "/r/")))
    assert [each.href for each in pages_of(None, None)] == ["/r/", "/a/"]
    assert first_of(None, None) == "/r/"
    own_page(order=70)(holding(OwnPage("Plan", "/p/", waits=True)))
    assert first_of(None, None) == "/p/"


def test_without_page_it_is_the_public_home() -> None:
    own_page(order=10)(holding(None))
    assert first_of(None, None) == "/"
