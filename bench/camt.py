"""A camt.053 of 100,000 entries, read with its balances, beside a bare parse of the same bytes.

    python -m bench.camt [ENTRIES]

Each is a process of its own; CPU seconds and peak memory are the system's. The bare parse counts
the entries and forgets each: what the standard library costs before anything is understood.
"""

import sys
import tempfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from bench.cost import measure, tell_cost

ENTRIES = 100_000
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
IBAN = "FR7699999000010000099999937"
FIRST = date(2026, 1, 1)


def main(entries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        size = write_file(Path(folder), entries) / 2**20
        ours, peak = measure("bench.camt", "read", folder)
        bare, bare_peak = measure("bench.camt", "parse", folder)
    base, base_peak = measure("bench.camt", "nothing", "")
    print(f"\n{'camt.053':<20}{'CPU s':>9}{'peak MB':>9}")
    print(f"{f'{entries:,} ({size:.0f} MB)':<20}{ours:>9.2f}{peak:>9.0f}")
    print(f"{'bare parse':<20}{bare:>9.2f}{bare_peak:>9.0f}")
    print(f"{'(imports)':<20}{base:>9.2f}{base_peak:>9.0f}")


def write_file(folder: Path, entries: int) -> int:
    """One statement a month of a year, whose balances follow; gives its bytes."""
    with (folder / "bank.xml").open("w", encoding="utf-8") as file:
        file.write(f'<Document xmlns="{SPACE}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>')
        opening = 500_000_000
        for month in range(1, 13):
            mine = range(month, entries + 1, 12)
            closing = opening - sum(map(_cents, mine))
            file.write(_head(month, opening, closing))
            file.writelines(_entry(each, month) for each in mine)
            file.write("</Stmt>")
            opening = closing
        file.write("</BkToCstmrStmt></Document>")
        return file.tell()


def _cents(entry: int) -> int:
    return 3_000 + entry % 97


def _head(month: int, opening: int, closing: int) -> str:
    first = date(2026, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{cents / 100:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
        for kind, cents, day in (("OPBD", opening, first), ("CLBD", closing, last))
    )
    return (
        f"<Stmt><Id>REL-{month:02d}</Id><ElctrncSeqNb>{month}</ElctrncSeqNb>"
        f"<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{balances}"
    )


def _entry(entry: int, month: int) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{_cents(entry) / 100:.2f}</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-{month:02d}-{entry % 28 + 1:02d}</Dt></BookgDt>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>AR-2026-{entry % 9999:04d}-{entry % 997:04d}"
        f"</EndToEndId></Refs><RltdPties><Cdtr><Pty><Nm>Anne Fil{entry}</Nm></Pty></Cdtr>"
        f"</RltdPties><RmtInf><Ustrd>ACTES {entry}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def read(folder: Path) -> None:
    from fees.imports.bank import read_bank  # noqa: PLC0415 - its own process

    read_bank(BytesIO((folder / "bank.xml").read_bytes()))


def parse(folder: Path) -> None:
    from xml.etree.ElementTree import iterparse  # noqa: PLC0415 - our own file

    count = 0
    for _event, element in iterparse(BytesIO((folder / "bank.xml").read_bytes())):  # noqa: S314
        if element.tag.endswith("}Ntry"):
            count += 1
            element.clear()


def imports(_folder: Path) -> None:
    import fees.imports.bank  # noqa: F401, PLC0415 - what `read` begins with


if __name__ == "__main__":
    works = {"read": read, "parse": parse, "nothing": imports}
    if work := works.get(sys.argv[1] if sys.argv[1:] else ""):
        work(Path(sys.argv[2]))
        tell_cost()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
