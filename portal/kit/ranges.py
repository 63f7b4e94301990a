"""Requests for a part of a file (RFC 9110, 14): one range of bytes, or the file whole.

A request for several ranges is answered by the whole, which the standard allows and every player
accepts.
"""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """From a byte to another, both inside."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(ValueError):
    """No byte of the file is in the range asked: 416."""


def asked_part(header: str, size: int) -> Part | None:
    """The part of a file of `size` bytes that a Range header asks for; None: the whole file.

    A header that is not understood is ignored, as the standard asks. Raises Unsatisfiable.
    """
    found = _ONE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    low, high = found.groups()
    if not low:  # the last bytes
        if not int(high) or not size:
            raise Unsatisfiable(header)
        return Part(max(size - int(high), 0), size - 1)
    first, last = int(low), min(int(high), size - 1) if high else size - 1
    if high and int(high) < first:
        return None
    if first >= size:
        raise Unsatisfiable(header)
    return Part(first, last)
