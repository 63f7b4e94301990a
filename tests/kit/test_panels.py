"""Parts of a page that come from other rooms: in order, to those who may see them."""

from collections import defaultdict
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from portal.kit import panels


class Somebody:
    """A user who holds the permissions named."""

    def __init__(self, *held: str) -> None:
        self.held = held

    def has_perm(self, perm: str, subject: Any) -> bool:
        return perm in self.held


def request_of(*held: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = Somebody(*held)  # type: ignore[assignment]
    return request


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_PANELS", defaultdict(list))
    monkeypatch.setattr(
        panels, "render_to_string", lambda template, context, request: f"{template} {context}"
    )

    def add(name: str, order: int, perm: str, filled: panels.Filled | None) -> None:
        panels.panel("page", name=name, order=order, perm=perm)(lambda request, subject: filled)

    add("late", 20, "see", panels.Filled("late.html", {}))
    add("soon", 10, "see", panels.Filled("soon.html", {}))
    add("money", 15, "pay", panels.Filled("money.html", {}))
    add("nothing", 5, "see", None)


def test_parts_come_in_order_to_those_who_may_see_them() -> None:
    names = [part.name for part in panels.shown("page", request_of("see"), object())]
    assert names == ["soon", "late"]
    names = [part.name for part in panels.shown("page", request_of("see", "pay"), object())]
    assert names == ["soon", "money", "late"]
    assert panels.shown("page", request_of(), object()) == []
    assert panels.shown("elsewhere", request_of("see"), object()) == []


def test_name_serves_once_on_a_page() -> None:
    with pytest.raises(ValueError, match="twice"):
        panels.panel("page", name="late", order=1, perm="see")(lambda request, subject: None)
