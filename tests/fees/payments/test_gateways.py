"""The contract of a gateway, on the one that writes for banks and on a plain one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from fees.actions.bank_answers import execute_batch, send_back
from fees.actions.batches import Refused, prepare_batch, sign_batch
from fees.actions.steps import Conflict
from fees.enums import Kind, Payment, TransferState
from fees.gateways.sepa import SepaGateway
from fees.models import Batch as Signed
from fees.transfers import Batch, Fault, NotWritten, PayoutGateway
from network.enums import BankState, Role
from network.models import BankDetails
from portal.kit import sepa
from tests.factories.fees import at, log, make_account, validate
from tests.factories.gateway import PlainGateway, Read, read_plain
from tests.factories.network import make_patient, make_professional, make_user
from tests.fees.payments.orders import make_batch, make_order, with_order

AT = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)


def read_xml(content: bytes) -> Read:
    """By lxml, another library than those that wrote it."""
    document = etree.fromstring(content)

    def text(path: str, within: etree._Element = document) -> str:
        found = within.findtext(path)
        assert found is not None
        return found

    orders = [
        (
            text(".//{*}EndToEndId", each),
            text("{*}Cdtr/{*}Nm", each),
            text("{*}CdtrAcct//{*}IBAN", each),
            Decimal(text(".//{*}InstdAmt", each)),
            text(".//{*}Ustrd", each),
        )
        for each in document.iterfind(".//{*}CdtTrfTxInf")
    ]
    assert text(".//{*}GrpHdr/{*}NbOfTxs") == str(len(orders))
    day = date.fromisoformat(text(".//{*}ReqdExctnDt/{*}Dt"))
    return text(".//{*}MsgId"), day, Decimal(text(".//{*}GrpHdr/{*}CtrlSum")), orders


@dataclass(frozen=True)
class Bank:
    """A gateway, and the reader of its files."""

    gateway: PayoutGateway
    read: Callable[[bytes], Read]


BANKS = {"sepa": Bank(SepaGateway(), read_xml), "plain": Bank(PlainGateway(), read_plain)}


@pytest.fixture(params=BANKS)
def bank(request: pytest.FixtureRequest) -> Bank:
    return BANKS[request.param]


def ordered(batch: Batch) -> Read:
    """What the file of a batch must order."""
    orders = [
        (each.end_to_end, each.holder, each.iban, each.amount, each.remittance)
        for each in batch.orders
    ]
    return batch.message, batch.execute_on, batch.total, orders


HOSTILE = (
    "Éloïse d’Aubrac & fils",
    "Œuvre <script>alert(1)</script>",
    "Société « Fil »\u00a0: soins",
    "Jean-Noël Gué\r\nCRLF\tTAB",
    "Şükrü Łukasz Ðorđe Ağaoğlu",
    "=HYPERLINK(1)",
    "]]></Nm><Nm>Autre",
    "Robert'); DROP TABLE fees_batch;--",
    "Z\u0301alg\u0336o\u0489",
    "O\u2019Fil \U0001f9f6",
)

GOOD = {
    "one transfer": make_batch(1),
    "a hundred": make_batch(100),
    "a cent": with_order(amount=Decimal("0.01")),
    "the most": with_order(amount=Decimal("999999999.99")),
    "no decimals": with_order(amount=Decimal(50)),
    "a foreign account": with_order(iban="DE89370400440532013000"),
    "the longest texts": with_order(holder="F" * 70, remittance="A" * 140, end_to_end="A" * 35),
} | {name: with_order(holder=sepa.text(name)[:70]) for name in HOSTILE}

BAD = {
    "no holder": with_order(holder=""),
    "a holder of 141 signs": with_order(holder="F" * 141),
    "no identifier": with_order(end_to_end=""),
    "an identifier of 36 signs": with_order(end_to_end="A" * 36),
    "no account": with_order(iban=""),
    "no account number": with_order(iban="not an account"),
    "a masked account": with_order(iban="•••• 0204"),
    "no remittance": with_order(remittance=""),
    "a remittance of 141 signs": with_order(remittance="A" * 141),
    "more digits than a bank reads": with_order(amount=Decimal("1000000000000000000.00")),
    "no message": make_batch(message=""),
    "a message of 36 signs": make_batch(message="A" * 36),
    "no payer": make_batch(payer=""),
    "a second wrong one": make_batch(2, orders=(make_order(1), make_order(2, holder=""))),
}


@pytest.mark.parametrize("case", GOOD)
def test_file_orders_what_the_batch_holds(bank: Bank, case: str) -> None:
    assert bank.read(bank.gateway.write(GOOD[case], at=AT).content) == ordered(GOOD[case])


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit_is_not_written(bank: Bank, case: str) -> None:
    with pytest.raises(NotWritten):
        bank.gateway.write(BAD[case], at=AT)


def test_same_batch_gives_the_same_bytes(bank: Bank) -> None:
    first, again = (bank.gateway.write(make_batch(), at=AT) for _ in range(2))
    assert first == again
    later = bank.gateway.write(make_batch(), at=AT + timedelta(seconds=1))
    assert (later.name, later.content == first.content) == (first.name, False)


def test_name_is_the_message_alone(bank: Bank) -> None:
    assert bank.gateway.write(make_batch(), at=AT).name.split(".")[0] == "AR-2026-0001"


# --- Through the actions: the same refusals, totals and identifiers

NOW = at(date(2026, 7, 1))


@pytest.mark.django_db
def test_same_story_whatever_the_gateway(bank: Bank) -> None:
    clerk, signer = (make_user(Role.ACCOUNTANT) for _ in range(2))
    payees = [make_professional() for _ in range(2)]
    for payee in payees:
        make_account(payee)
        act = log(make_patient(), payee, Kind.KINE_REMOB, date(2026, 6, 1))
        validate(act, by=clerk, now=NOW)

    def sign(batch: Signed) -> Signed:
        return sign_batch(batch=batch, gateway=bank.gateway, by=signer, now=NOW)

    draft = prepare_batch(execute_on=date(2026, 7, 3), by=clerk, now=NOW)
    with pytest.raises(Conflict, match="un autre signe"):
        sign_batch(batch=draft, gateway=bank.gateway, by=clerk, now=NOW)
    BankDetails.objects.filter(professional=payees[0]).update(state=BankState.REJECTED)
    with pytest.raises(Refused) as refused:
        sign(draft)
    assert [each.fault for each in refused.value.found] == [Fault.NAME, Fault.IBAN]
    BankDetails.objects.update(state=BankState.CONFIRMED)
    signed = sign(draft)
    message, day, total, orders = bank.read(signed.file.encode())
    assert (message, day, total) == ("AR-2026-0001", date(2026, 7, 3), Decimal(60))
    assert sorted(end for end, *_ in orders) == ["AR-2026-0001-0001", "AR-2026-0001-0002"]
    back = signed.transfers.get(professional=payees[0])
    send_back(transfer=back, move=Payment.REJECTED, reason="Clos", by=clerk, now=NOW)
    execute_batch(batch=signed, by=clerk, now=NOW)
    states = set(signed.transfers.values_list("state", flat=True))
    assert states == {TransferState.REJECTED, TransferState.EXECUTED}
    again = sign(prepare_batch(execute_on=date(2026, 7, 3), by=clerk, now=NOW))
    assert bank.read(again.file.encode())[3][0][0] == "AR-2026-0002-0001"
