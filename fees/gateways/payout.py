"""How a signed batch leaves the house: a bank file, or its stand-in in tests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fees.transfers import Batch


@dataclass(frozen=True, slots=True)
class Written:
    """The file of a batch: its name, which tells nothing of anybody, and its bytes."""

    name: str
    content: bytes


class NotWritten(Exception):
    """The file does not agree with the official schema: nothing may be sent."""


class PayoutGateway(Protocol):
    """Turns a batch without fault into what the bank executes.

    The same batch at the same instant gives the same bytes. Raises NotWritten.
    """

    def write(self, batch: Batch, *, at: datetime) -> Written: ...
