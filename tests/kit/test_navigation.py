"""Which link holds the page that one reads."""

import pytest

from portal.kit.navigation import Link, mark_current

LINKS = [Link("Actes", "/actes/", "file"), Link("Noter", "/actes/noter/", "add")]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/actes/", ["Actes"]),
        ("/actes/12/", ["Actes"]),
        ("/actes/noter/", ["Noter"]),
        ("/actes/noter/fin/", ["Noter"]),
        ("/compte/", []),
        ("/", []),
    ],
)
def test_nearest_link_marked(path: str, current: list[str]) -> None:
    assert [link.label for link in mark_current(LINKS, path) if link.current] == current
