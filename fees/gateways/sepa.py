"""SEPA credit transfers: pain.001.001.09, checked against the official schema."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import xmlschema
from sepaxml import SepaTransfer

from fees.transfers import Batch, NotWritten, Written
from portal.kit.money import in_cents

SCHEMA = "pain.001.001.09"
_NAMESPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"


class SepaGateway:
    """A file for the bank's site. The library draws identifiers at random: ours replace them."""

    def write(self, batch: Batch, *, at: datetime) -> Written:
        payer = {"name": batch.payer, "IBAN": batch.payer_iban, "batch": True, "currency": "EUR"}
        file = SepaTransfer(payer, schema=SCHEMA, clean=False)
        for order in batch.orders:
            file.add_payment(
                {
                    "name": order.holder,
                    "IBAN": order.iban,
                    "amount": in_cents(order.amount),
                    "execution_date": batch.execute_on,
                    "description": order.remittance,
                    "endtoend_id": order.end_to_end,
                }
            )
        content = _identified(file.export(validate=False), batch.message, at)
        _check(content)
        return Written(f"{batch.message}.xml", content)


def _identified(exported: bytes, message: str, at: datetime) -> bytes:
    ET.register_namespace("", _NAMESPACE.strip("{}"))
    document = ET.fromstring(exported)  # noqa: S314 - written a line before
    ours = {
        "MsgId": message,
        "PmtInfId": message,
        "CreDtTm": at.replace(microsecond=0, tzinfo=None).isoformat(),
    }
    for name, text in ours.items():
        for element in document.iter(_NAMESPACE + name):
            element.text = text
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(document, "utf-8")


def _check(content: bytes) -> None:
    error = next(_schema().iter_errors(content.decode()), None)
    if error is not None:
        raise NotWritten(f"{error.path}: {error.reason}")


@cache
def _schema() -> Any:
    return xmlschema.XMLSchema(str(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd"))
