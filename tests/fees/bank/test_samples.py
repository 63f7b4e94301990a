"""The sample files are understood as is written beside them; long ones in bounded memory."""

from collections.abc import Iterator
from io import BytesIO, RawIOBase
from textwrap import dedent
from time import process_time
from tracemalloc import get_traced_memory, start, stop

import pytest

from fees.imports import camt as reader
from fees.imports.bank import read_bank
from fees.reconcile.bank import Sent, match_bank
from fees.reconcile.bank_lines import BankRead, check_balance, check_sequence
from portal.kit.grids.grid import Refused
from tests.factories.bank_files import V02, Line, entry, statement
from tests.proofs.scale import scaled

from .samples import DAY, LOU, SENT, Sample, samples

ENTRIES = scaled(3_000, 100_000)


def told(read: BankRead, sent: tuple[Sent, ...]) -> list[str]:
    found = match_bank(read.movements, sent, since=DAY, until=DAY)
    answers = {each.line: each for each in found}
    names = {each.key: each.end_to_end for each in sent}
    rows = []
    for line in read.movements:
        answer = answers[line.key]
        named = names.get(answer.transfer or 0) or answer.batch or "-"
        euros = f"{line.cents / 100:.2f}"
        rows.append(f"{line.key} | {line.booked_on} | {euros} | {answer.verdict} | {named}")
    return rows


@pytest.mark.parametrize("sample", samples(), ids=lambda each: each.name)
def test_sample_is_understood(sample: Sample) -> None:
    if sample.refused:
        with pytest.raises(Refused, match=sample.refused):
            check_sequence([each.span for each in read_bank(BytesIO(sample.content)).extracts])
        return
    read = read_bank(BytesIO(sample.content))
    remarks = read.remarks + check_sequence([each.span for each in read.extracts])
    assert told(read, SENT) == dedent(sample.understood).strip().splitlines()
    assert sample.remark in "\n".join(remarks)
    assert bool(remarks) == bool(sample.remark)


class Written(RawIOBase):
    """A file that is written as it is read: nothing of it is held."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts, self.left = parts, b""

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < max(size, 1) and (part := next(self.parts, b"")):
            self.left += part
        found, self.left = self.left[:size], self.left[size:]
        return found


def long_file(entries: int) -> Iterator[bytes]:
    whole = -3_000 * entries
    shell = statement([Line(whole, DAY)], days=(DAY, DAY))
    first, last = shell.index("<Ntry>"), shell.index("</Stmt>")
    space = f"urn:iso:std:iso:20022:tech:xsd:{V02}"
    yield f'<Document xmlns="{space}"><BkToCstmrStmt>{shell[:first]}'.encode()
    for rank in range(entries):
        line = Line(-3_000, DAY, f"Cabinet Fil {rank}", "ACTES", f"X-{rank:06d}")
        yield entry(line, V02, rank).encode()
    yield f"{shell[last:]}</BkToCstmrStmt></Document>".encode()


@pytest.mark.prove
def test_long_statement_is_read_in_seconds_and_bounded_memory() -> None:
    """No more than 2 kB and 1 ms of CPU a line, whatever the number of lines; the tree of the
    whole file, or a reader that looks back, would take several times as much."""
    before = process_time()
    read = reader._Reader(V02).read(Written(long_file(ENTRIES)))  # type: ignore[arg-type]
    spent = process_time() - before
    check_balance(read.extracts[0])
    assert len(read.movements) == ENTRIES
    assert spent < 1 + ENTRIES * 0.001
    start()
    kept = reader._Reader(V02).read(Written(long_file(600)))  # type: ignore[arg-type]
    _now, peak = get_traced_memory()
    stop()
    assert peak < 600 * 2_000 + 1_000_000
    assert len(match_bank(kept.movements, [LOU], since=DAY, until=DAY)) == 600
