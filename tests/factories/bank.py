"""Bank files received and imported, for tests; their bytes are made by `bank_files`."""

from datetime import datetime

from fees.actions.bank_files import confirm_bank_file, digest_of, receive_bank_file
from fees.imports.bank import packed
from fees.imports.bank_kept import import_kept
from fees.models import BankFile, Transfer
from network.models import User
from portal.kit.money import in_cents
from tests.factories.bank_files import Line


def received(
    content: bytes, *, by: User, now: datetime, name: str = "releve-banque.xml"
) -> BankFile:
    return receive_bank_file(
        name=name,
        content=packed(content),
        size=len(content),
        digest=digest_of(content),
        by=by,
        now=now,
    )


def imported(content: bytes, *, by: User, now: datetime) -> BankFile:
    """Received, taken as understood, imported."""
    file = confirm_bank_file(file=received(content, by=by, now=now), by=by, now=now)
    return import_kept(BankFile.objects.get(pk=file.pk), now=now)


def debit(transfer: Transfer, **fields: object) -> Line:
    """The line by which the bank pays a transfer, on its day."""
    said = {
        "cents": -in_cents(transfer.amount),
        "day": transfer.batch.execute_on,
        "name": transfer.holder,
        "text": "ACTES",
        "end_to_end": transfer.end_to_end,
    }
    return Line(**(said | fields))  # type: ignore[arg-type]


def back(transfer: Transfer, **fields: object) -> Line:
    """The line by which a transfer comes back: the account is closed."""
    said = {"cents": in_cents(transfer.amount), "text": "VIREMENT RETOURNE", "reason": "AC04"}
    return debit(transfer, **(said | fields))
