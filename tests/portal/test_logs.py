"""Log lines name nobody."""

import logging

import pytest

from portal.logs import WithoutPersons


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        ("refused: jeanne.roc@example.org", "refused: […]"),
        ("IBAN FR76 9999 9000 0100 0000 0004 286 kept", "IBAN […] kept"),
        ("call 06 39 98 00 12 or 0199001400", "call […] or […]"),
        ("RPPS 99700000013", "RPPS […]"),
        ("GET /patients/?q=roc", "GET /patients/?[…]"),
        ("Forbidden: /rdv/ab~c-d_9/annuler/", "Forbidden: /rdv/[…]/annuler/"),
        ("Not Found: /acces/x-9_Z/", "Not Found: /acces/[…]/"),
        ("DETAIL:  Key (last_name)=(Roc) already exists.", "DETAIL:[…]"),
        ("act 123 priced 15050.00 on 2026-11-16", "act 123 priced 15050.00 on 2026-11-16"),
    ],
)
def test_identities_masked(message: str, logged: str) -> None:
    record = logging.LogRecord("portal", logging.WARNING, "", 0, message, (), None)
    assert WithoutPersons().format(record).split(" portal ", 1)[1] == logged
