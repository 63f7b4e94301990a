"""The bank’s statement of the month of the last signed batch: one debit for the whole batch, one
transfer that came back, fees, the agency’s payment, what the card service sent. Received, and
waiting to be read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from xml.sax.saxutils import escape

from django.conf import settings

from fees.actions.bank_files import digest_of, receive_bank_file
from fees.enums import BatchState, TransferState
from fees.imports.bank import packed
from fees.models import Batch, Transfer
from fees.reconcile.bank import AT_BANK
from home.demo_data.calendar import at
from home.demo_data.people import CONTROLLER
from home.demo_data.story import Story
from portal.kit.dates import add_months
from portal.kit.money import in_cents
from portal.kit.words import month
from training.models import Payout

OPENING = 812_450
AGENCY = 400_000
FEES = 1_250
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def plan_bank(story: Story) -> None:
    """On the reference morning, at the accountants' desk."""
    story.then(at(story.calendar.reference, 8, 40), partial(_receive, story))


def _receive(story: Story, now: datetime) -> None:
    signed = Batch.objects.filter(state=BatchState.SIGNED, execute_on__lt=now.date())
    batch = signed.order_by("number").last()
    if batch is None:
        return
    eve = now.date() - timedelta(days=1)
    content = statement_of(batch, until=eve, payouts=list(Payout.objects.order_by("pk")))
    receive_bank_file(
        name=f"Relevé de compte {month(batch.execute_on)}.xml",
        content=packed(content),
        size=len(content),
        digest=digest_of(content),
        by=story.users[CONTROLLER],
        now=now,
    )


def statement_of(
    batch: Batch, *, until: date | None = None, payouts: Sequence[Payout] = ()
) -> bytes:
    """The month in which the bank debited a batch, the last of whose transfers came back; then
    the months that follow, to `until`."""
    first = batch.execute_on.replace(day=1)
    end = add_months(first, 1) - timedelta(days=1)
    last = end if until is None else until
    debited = batch.transfers.filter(state__in=AT_BANK)
    back = debited.filter(state=TransferState.EXECUTED).latest("pk")
    total = sum(in_cents(each.amount) for each in debited)
    returned_on = min(batch.execute_on + timedelta(days=2), last)
    fees = "<AddtlNtryInf>COTISATION ET FRAIS DE TENUE DE COMPTE</AddtlNtryInf>"
    lines = [
        (AGENCY, first, _agency()),
        (-total, batch.execute_on, _grouped(batch, len(debited))),
        (in_cents(back.amount), returned_on, _returned(back)),
        (-FEES, min(end, last), fees),
    ]
    lines += [
        (each.amount, each.arrives_on, _paid_out(each))
        for each in payouts
        if first <= each.arrives_on <= last
    ]
    opening, statements = OPENING, ""
    while first <= last:
        next_month = add_months(first, 1)
        own = [line for line in lines if first <= line[1] < next_month]
        closing = opening + sum(cents for cents, _day, _said in own)
        span = (first, min(next_month - timedelta(days=1), last))
        statements += _statement(own, span, opening, closing)
        first, opening = next_month, closing
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{SPACE}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>REL{last:%Y%m%d}</MsgId></GrpHdr>{statements}"
        "</BkToCstmrStmt></Document>\n"
    ).encode()


def _statement(
    lines: Sequence[tuple[int, date, str]], span: tuple[date, date], opening: int, closing: int
) -> str:
    first, last = span
    entries = "".join(
        f"<Ntry>{_amount(cents)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<AcctSvcrRef>{day:%Y%m%d}{rank:05d}</AcctSvcrRef>{said}</Ntry>"
        for rank, (cents, day, said) in enumerate(lines, start=1)
    )
    return (
        f"<Stmt><Id>RELEVE-{last:%Y-%m}</Id><ElctrncSeqNb>{last.month}</ElctrncSeqNb>"
        f"<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{settings.PAYER_IBAN}</IBAN></Id></Acct>"
        f"{_balance('OPBD', opening, first)}{_balance('CLBD', closing, last)}{entries}</Stmt>"
    )


def _amount(cents: int) -> str:
    way = "DBIT" if cents < 0 else "CRDT"
    euros = f"{abs(cents) // 100}.{abs(cents) % 100:02d}"
    return f'<Amt Ccy="EUR">{euros}</Amt><CdtDbtInd>{way}</CdtDbtInd>'


def _balance(kind: str, cents: int, day: date) -> str:
    name = f"<Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{name}{_amount(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def _agency() -> str:
    who = "<RltdPties><Dbtr><Pty><Nm>AGENCE REGIONALE DE SANTE</Nm></Pty></Dbtr></RltdPties>"
    words = "<RmtInf><Ustrd>FONDS D INTERVENTION REGIONAL</Ustrd></RmtInf>"
    return f"<NtryDtls><TxDtls>{who}{words}</TxDtls></NtryDtls>"


def _grouped(batch: Batch, count: int) -> str:
    return (
        f"<NtryDtls><Btch><PmtInfId>{batch.code}</PmtInfId><NbOfTxs>{count}</NbOfTxs></Btch>"
        "</NtryDtls><AddtlNtryInf>VIREMENTS SEPA EMIS</AddtlNtryInf>"
    )


def _returned(transfer: Transfer) -> str:
    return (
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{transfer.end_to_end}</EndToEndId></Refs>"
        f"<RltdPties><Cdtr><Pty><Nm>{escape(transfer.holder)}</Nm></Pty></Cdtr></RltdPties>"
        "<RmtInf><Ustrd>VIREMENT RETOURNE</Ustrd></RmtInf>"
        "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>"
    )


def _paid_out(payout: Payout) -> str:
    who = "<RltdPties><Dbtr><Pty><Nm>STRIPE</Nm></Pty></Dbtr></RltdPties>"
    words = f"<RmtInf><Ustrd>STRIPE {payout.reference}</Ustrd></RmtInf>"
    return f"<NtryDtls><TxDtls>{who}{words}</TxDtls></NtryDtls>"
