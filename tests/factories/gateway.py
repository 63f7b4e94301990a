"""A bank that reads plain lines: the contract of a gateway without XML, and its reader."""

from datetime import date, datetime
from decimal import Decimal

from fees.transfers import Batch, NotWritten, Order, Written

LENGTHS = {"message": 35, "payer": 140, "end_to_end": 35, "holder": 140, "remittance": 140}
"""The most signs of each text in a transfer file; none may be empty."""
MOST_DIGITS = 18


class PlainGateway:
    """One line for the batch, then one for each transfer; its fields apart by a tab."""

    def write(self, batch: Batch, *, at: datetime) -> Written:
        _check(batch, "message", "payer")
        first = [batch.message, batch.payer, batch.payer_iban, batch.execute_on.isoformat()]
        lines = [[*first, str(len(batch.orders)), f"{batch.total:f}", f"{at:%Y-%m-%dT%H:%M:%S}"]]
        for order in batch.orders:
            _check(order, "end_to_end", "holder", "remittance")
            _check_account(order.iban)
            if len(order.amount.as_tuple().digits) > MOST_DIGITS or order.amount <= 0:
                raise NotWritten(order.end_to_end)
            fields = (order.end_to_end, order.holder, order.iban, f"{order.amount:f}")
            lines.append([*fields, order.remittance])
        text = "".join("\t".join(line) + "\n" for line in lines)
        return Written(f"{batch.message}.txt", text.encode())


def _check(thing: Batch | Order, *names: str) -> None:
    for name in names:
        text = getattr(thing, name)
        if not text or len(text) > LENGTHS[name] or set("\t\r\n") & set(text):
            raise NotWritten(name)


def _check_account(iban: str) -> None:
    letters, key, body = iban[:2], iban[2:4], iban[4:]
    if not (letters.isalpha() and letters.isupper() and key.isdigit() and body.isalnum()):
        raise NotWritten("iban")


type Read = tuple[str, date, Decimal, list[tuple[str, str, str, Decimal, str]]]


def read_plain(content: bytes) -> Read:
    """What a plain file orders: message, day, total, and each transfer."""
    first, *lines = [line.split("\t") for line in content.decode().splitlines()]
    message, _, _, day, count, total, _ = first
    orders = [(end, name, iban, Decimal(euros), words) for end, name, iban, euros, words in lines]
    assert len(orders) == int(count)
    return message, date.fromisoformat(day), Decimal(total), orders
