"""A bank's file as read: what it is says its content; each format is one reader, one module.

Bounded before anything is read; kept compressed, since a bank's XML repeats itself.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

from fees.reconcile.bank_columns import NOTHING, Remembered, TableRefused
from fees.reconcile.bank_lines import BankRead, check_balance
from portal.kit.grids.grid import Refused
from portal.kit.grids.opening import STRANGE

from . import bank_table, camt

MOST_BYTES = 40 * 2**20
MOST_UNPACKED = 400 * 2**20
HEAD = 1 << 12


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: whether the first bytes of a file are its own, and the reading."""

    recognises: Callable[[bytes], bool]
    read: Callable[[IO[bytes], Remembered], BankRead]


READERS = (
    Reader(camt.recognises, lambda file, _remembered: camt.read(file)),
    Reader(bank_table.recognises, bank_table.read),
)


def read_bank(file: IO[bytes], remembered: Remembered = NOTHING) -> BankRead:
    """Every statement of a bank's file, its balances checked. Raises Refused, and TableRefused for
    a table whose columns a person may name; `remembered`: what was said of such tables."""
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip():
        raise Refused("Le fichier est vide.")
    for start, why in STRANGE:
        if head.startswith(start):
            raise Refused(why.replace("le tableur d’origine (.xlsx ou .csv)", "le fichier .xml"))
    reader = next((each for each in READERS if each.recognises(head)), None)
    if reader is None:
        raise Refused("Ce n’est pas un relevé de banque : un fichier camt.053 ou .csv est attendu.")
    found = reader.read(file, remembered)
    try:
        for extract in found.extracts:
            check_balance(extract)
    except Refused as refusal:
        if found.table is None:
            raise
        raise TableRefused(str(refusal), found.table) from refusal
    return found


def packed(content: bytes) -> bytes:
    """The bytes as they are kept; the same ones give the same."""
    return gzip.compress(content, mtime=0)


def unpacked(kept: bytes) -> IO[bytes]:
    """What was kept, to read as it comes."""
    return cast("IO[bytes]", gzip.GzipFile(fileobj=BytesIO(kept)))
