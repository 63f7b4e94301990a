"""The transfer file: valid for the official schema, read back by another library, to the cent."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from lxml import etree

from fees.gateways.sepa import SCHEMA, SepaGateway
from fees.transfers import Batch, NotWritten, PayoutGateway
from portal.kit import sepa
from portal.kit.money import in_cents

from .orders import make_batch, make_order, with_order

AT = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)
NAMES = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}


@pytest.fixture
def gateway() -> PayoutGateway:
    return SepaGateway()


def read_back(content: bytes) -> etree._Element:
    """By lxml: our file is written with the standard library."""
    return etree.fromstring(content)


def texts(document: etree._Element, path: str) -> list[str]:
    found = document.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(each.text) for each in found if isinstance(each, etree._Element)]


@pytest.mark.parametrize("orders", [1, 100])
def test_file_says_what_the_batch_holds(gateway: PayoutGateway, orders: int) -> None:
    batch = make_batch(orders)
    document = read_back(gateway.write(batch, at=AT).content)
    assert texts(document, "//p:GrpHdr/p:MsgId") == ["AR-2026-0001"]
    assert texts(document, "//p:PmtInf/p:PmtInfId") == ["AR-2026-0001"]
    assert texts(document, "//p:CreDtTm") == ["2026-11-16T10:30:00"]
    assert texts(document, "//p:ReqdExctnDt/p:Dt") == ["2026-11-23"]
    assert texts(document, "//p:NbOfTxs") == [str(orders)] * 2
    assert {Decimal(each) for each in texts(document, "//p:CtrlSum")} == {batch.total}
    assert texts(document, "//p:EndToEndId") == [each.end_to_end for each in batch.orders]
    assert texts(document, "//p:Cdtr/p:Nm") == [each.holder for each in batch.orders]
    assert texts(document, "//p:CdtrAcct//p:IBAN") == [each.iban for each in batch.orders]
    assert texts(document, "//p:Ustrd") == [each.remittance for each in batch.orders]
    amounts = list(map(Decimal, texts(document, "//p:InstdAmt")))
    assert amounts == [each.amount for each in batch.orders]


def test_file_has_no_address(gateway: PayoutGateway) -> None:
    """Within the area none is needed, and an unstructured one is refused since November 2026."""
    content = gateway.write(make_batch(), at=AT).content
    assert texts(read_back(content), "//p:PstlAdr") == []


def test_same_batch_gives_the_same_file(gateway: PayoutGateway) -> None:
    assert gateway.write(make_batch(), at=AT) == gateway.write(make_batch(), at=AT)


def test_file_name_tells_nothing(gateway: PayoutGateway) -> None:
    assert gateway.write(make_batch(), at=AT).name == "AR-2026-0001.xml"


@pytest.mark.parametrize(
    "hostile",
    [
        "Éloïse d’Aubrac & fils",
        "Œuvre <script>alert(1)</script>",
        "Société « Fil »\u00a0: soins",
        "Jean-Noël Gué\r\nCRLF",
        "Şükrü Łukasz Ðorđe",
        "=HYPERLINK(1)",
    ],
)
def test_hostile_names_become_plain_text(gateway: PayoutGateway, hostile: str) -> None:
    holder = sepa.text(hostile)
    document = read_back(gateway.write(with_order(holder=holder), at=AT).content)
    assert texts(document, "//p:Cdtr/p:Nm")[1] == holder
    assert holder.isascii()


@pytest.mark.parametrize(
    "batch",
    [
        with_order(holder=""),
        with_order(end_to_end="A" * 36),
        with_order(iban="not an account"),
        with_order(remittance="A" * 141),
        with_order(amount=Decimal("1000000000000000000.00")),
        make_batch(message="A" * 36),
    ],
)
def test_schema_refuses_what_was_not_checked(gateway: PayoutGateway, batch: Batch) -> None:
    with pytest.raises(NotWritten):
        gateway.write(batch, at=AT)


@pytest.mark.parametrize(("euros", "cents"), [("0.01", 1), ("12.3", 1230), ("1500", 150_000)])
def test_cents_of_euros(euros: str, cents: int) -> None:
    assert in_cents(Decimal(euros)) == cents


def test_fraction_of_a_cent_is_no_amount() -> None:
    with pytest.raises(ValueError, match="not whole cents"):
        in_cents(Decimal("0.005"))


def test_three_thousand_transfers(gateway: PayoutGateway) -> None:
    document = read_back(gateway.write(make_batch(3000), at=AT).content)
    assert texts(document, "//p:CtrlSum") == ["450000.00"] * 2
    assert len(set(texts(document, "//p:EndToEndId"))) == 3000
    assert make_order(3000).end_to_end == texts(document, "//p:EndToEndId")[-1]
