"""Bank files for tests, in both versions of camt.053."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

V02, V08 = "camt.053.001.02", "camt.053.001.08"
IBAN = "FR7699999000010000099999937"


@dataclass(frozen=True)
class Line:
    """One line as a bank writes it; `parts` are the amounts of the transfers that it details."""

    cents: int
    day: date
    name: str = ""
    text: str = ""
    end_to_end: str = ""
    group: str = ""
    count: int = 0
    reason: str = ""
    status: str = "BOOK"
    parts: Sequence["Line"] = ()


def money(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def way(cents: int) -> str:
    return f"<CdtDbtInd>{'DBIT' if cents < 0 else 'CRDT'}</CdtDbtInd>"


def statement(
    lines: Sequence[Line],
    *,
    version: str = V02,
    number: int = 1,
    opening: int = 1_000_000,
    closing: int | None = None,
    account: str = IBAN,
    days: tuple[date, date] | None = None,
) -> str:
    booked = sum(each.cents for each in lines if each.status == "BOOK")
    closing = opening + booked if closing is None else closing
    first, last = days or (min(e.day for e in lines), max(e.day for e in lines))
    return (
        f"<Stmt><Id>REL-{last:%Y}-{number:04d}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        f"<CreDtTm>{last}T22:00:00</CreDtTm>"
        f"<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, first)}{_balance('CLBD', closing, last)}"
        f"{''.join(entry(each, version, rank) for rank, each in enumerate(lines, 1))}</Stmt>"
    )


def _balance(kind: str, cents: int, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{money(cents)}</Amt>{way(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>'
    )


def entry(line: Line, version: str, rank: int) -> str:
    status = f"<Cd>{line.status}</Cd>" if version == V08 else line.status
    batch = ""
    if line.group and not line.parts:
        batch = f"<Btch><PmtInfId>{line.group}</PmtInfId><NbOfTxs>{line.count}</NbOfTxs></Btch>"
    bare = batch and not line.end_to_end
    parts = line.parts or ([] if bare else [line])
    details = "".join(_detail(each, line.group, version) for each in parts)
    return (
        f'<Ntry><Amt Ccy="EUR">{money(line.cents)}</Amt>{way(line.cents)}<Sts>{status}</Sts>'
        f"<BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>"
        f"<AcctSvcrRef>B{line.day:%y%m%d}{rank:06d}</AcctSvcrRef>"
        f"<NtryDtls>{batch}{details}</NtryDtls>"
        f"<AddtlNtryInf>{escape(line.text)}</AddtlNtryInf></Ntry>"
    )


def _detail(line: Line, group: str, version: str) -> str:
    end = line.end_to_end or "NOTPROVIDED"
    side = "Cdtr" if line.cents < 0 or line.reason else "Dbtr"
    nested = version == V08
    who = f"<Pty><Nm>{escape(line.name)}</Nm></Pty>" if nested else f"<Nm>{escape(line.name)}</Nm>"
    amount = f'<Amt Ccy="EUR">{money(line.cents)}</Amt>'
    amounts = (
        f"{amount}{way(line.cents)}" if nested else f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>"
    )
    named = f"<PmtInfId>{group}</PmtInfId>" if group else ""
    parties = f"<RltdPties><{side}>{who}</{side}></RltdPties>" if line.name else ""
    back = f"<RtrInf><Rsn><Cd>{line.reason}</Cd></Rsn></RtrInf>" if line.reason else ""
    return (
        f"<TxDtls><Refs>{named}<EndToEndId>{end}</EndToEndId></Refs>{amounts}{parties}"
        f"<RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf>{back}</TxDtls>"
    )


def camt(*statements: str, version: str = V02) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr>{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()
