"""Ranges of bytes, as RFC 9110 writes them."""

import pytest

from portal.kit.ranges import Part, Unsatisfiable, asked_part


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("bytes=0-", Part(0, 999)),
        ("bytes=0-0", Part(0, 0)),
        ("Bytes= 10-19 ", Part(10, 19)),
        ("bytes=990-5000", Part(990, 999)),
        ("bytes=-10", Part(990, 999)),
        ("bytes=-5000", Part(0, 999)),
        ("bytes=0-1,5-6", None),  # several: the whole
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("items=0-3", None),
        ("bytes=٠-٣", None),
    ],
)
def test_part_asked(header: str, expected: Part | None) -> None:
    assert asked_part(header, 1000) == expected
    assert expected is None or len(expected) == expected.last - expected.first + 1


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=1000-", 1000), ("bytes=-0", 1000), ("bytes=0-", 0)]
)
def test_part_out_of_the_file(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        asked_part(header, size)
