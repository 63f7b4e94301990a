"""Rules of attachments: what a file is by its content, how much may be joined."""

from collections.abc import Collection
from enum import StrEnum

from network.enums import FileKind

MOST_BYTES = 10 * 2**20
"""Of one file: a scan of some twenty pages."""
MOST_FILES = 10
"""Joined to one referral."""
MOST_BYTES_IN_ALL = 30 * 2**20
"""Joined to one referral: what a phone sends in a minute."""

_STARTS = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}


class Unfit(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    STRANGE = "strange"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"


def kind_of(content: bytes) -> FileKind | None:
    """The type that the first bytes tell, whatever the name says; None for any other."""
    return next((kind for kind, start in _STARTS.items() if content.startswith(start)), None)


def unfit(content: bytes, sizes: Collection[int]) -> Unfit | None:
    """Why this content may not join files of these sizes; None when it may."""
    if not content:
        return Unfit.EMPTY
    if len(content) > MOST_BYTES:
        return Unfit.TOO_BIG
    if kind_of(content) is None:
        return Unfit.STRANGE
    if len(sizes) >= MOST_FILES:
        return Unfit.TOO_MANY
    return Unfit.TOO_MUCH if sum(sizes) + len(content) > MOST_BYTES_IN_ALL else None
