"""Log lines fit to be kept and shown: what could name a person is masked."""

import logging
import re

IDENTIFYING = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail address
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"  # IBAN
    r"|(?<!\d)(?:\+33 ?|0)[1-9](?:[ .]?\d\d){4}(?!\d)"  # telephone
    r"|(?<!\d)\d{11,15}(?!\d)"  # RPPS, health insurance number
    r"|(?:(?<=/acces/)|(?<=/rdv/)|(?<=/agenda-personnel/))[^/\s]+"  # addresses that are secrets
    r"|(?<=\?)\S+"  # what follows an address's question mark
    r"|(?<=DETAIL:).*"  # PostgreSQL repeats the values that it refuses
)


class WithoutPersons(logging.Formatter):
    """Level, logger, message and traceback on lines that begin by the date, identities masked."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return IDENTIFYING.sub("[…]", super().format(record))
