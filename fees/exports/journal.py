"""The journal in the layout of a « fichier des écritures comptables », to be integrated.

It is not such a file: a sub-ledger has neither the opening balances nor the other journals, and
the accountant's software gives the final numbers. Source of the layout: LPF, A47 A-1 (18 columns,
tabs, days as AAAAMMJJ, decimal comma).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fees.models.books import ENTRIES
from fees.selectors.journal import JournalLine, journal
from portal.kit import sepa

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
CODE, NAME = "ARI", "Actes derogatoires"


def file_name(year: int) -> str:
    return f"journal-a-integrer-{year}.txt"


def journal_text(year: int) -> Iterator[str]:
    """The file, a line at a time: ASCII, so that no software has to guess its encoding."""
    yield "\t".join(COLUMNS) + "\r\n"
    for line in journal(year):
        yield "\t".join(map(_plain, _cells(line))) + "\r\n"


def _cells(line: JournalLine) -> tuple[str, ...]:
    label = str(ENTRIES[line.kind])
    if line.mirrors:
        label = _("annulation\u00a0: %(entry)s") % {"entry": label}
    return (
        CODE,
        NAME,
        str(line.number),
        f"{line.on:%Y%m%d}",
        line.account.number,
        line.account.label,
        line.payee.number if line.payee else "",
        line.payee.name if line.payee else "",
        line.piece,
        f"{line.piece_on:%Y%m%d}",
        label,
        _amount(line.debit),
        _amount(line.credit),
        "",
        "",
        f"{line.on:%Y%m%d}",
        "",
        "",
    )


def _plain(text: str) -> str:
    """Without a tab, an accent, or the beginning of a spreadsheet's formula."""
    return sepa.text(text).lstrip("+-' ")


def _amount(euros: object) -> str:
    return f"{euros}".replace(".", ",")
