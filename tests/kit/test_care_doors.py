"""Doors to care: for whom, on which topic, in which order."""

from types import SimpleNamespace
from typing import Any

import pytest

from portal.kit import care_doors
from portal.kit.care_doors import Door, care_door, doors_for

NOBODY: Any = SimpleNamespace(has_perm=lambda perm: False)
SOMEBODY: Any = SimpleNamespace(has_perm=lambda perm: perm == "open")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care_doors, "_DOORS", [])


@pytest.mark.parametrize(
    ("user", "topic", "expected"),
    [
        (SOMEBODY, "back", ["first", "guarded"]),
        (SOMEBODY, "work", ["first", "guarded", "on work"]),
        (NOBODY, "work", ["first", "on work"]),
    ],
)
def test_doors_open_to_a_person_on_a_topic(user: Any, topic: str, expected: list[str]) -> None:
    care_door(order=30, topics=["work"])(lambda user, topic: Door("on work", "/w/"))
    care_door("open", order=20)(lambda user, topic: Door("guarded", "/g/"))
    care_door(order=10)(lambda user, topic: Door("first", "/f/"))
    care_door(order=5)(lambda user, topic: None)  # a room that is not built
    assert [door.label for door in doors_for(user, topic)] == expected
