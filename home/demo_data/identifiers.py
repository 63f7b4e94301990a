"""Identifiers that look right and belong to nobody: reserved series, valid keys."""

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from network.rules.identity import fold

RPPS_SERIES = "99700"
BANK, BRANCH = "99999", "00001"


def rpps(number: int) -> str:
    """The RPPS of that rank in the fictitious series, its Luhn key included."""
    body = f"{RPPS_SERIES}{number:05d}"
    return body + luhn.calc_check_digit(body)


def iban(number: int) -> str:
    """The French account of that number in a bank that does not exist, with its two keys."""
    account = f"{number:011d}"
    rib = 97 - (89 * int(BANK) + 15 * int(BRANCH) + 3 * int(account)) % 97
    bban = f"{BANK}{BRANCH}{account}{rib:02d}"
    return f"FR{mod_97_10.calc_check_digits(bban + 'FR')}{bban}"


def mailbox(first_name: str, last_name: str) -> str:
    """An address of the domain reserved for examples."""
    return f"{fold(first_name)}.{fold(last_name)}@example.org".replace(" ", "-")
