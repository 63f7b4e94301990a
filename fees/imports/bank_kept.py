"""A bank's file as kept: read again, planned against what is imported, imported."""

from datetime import datetime

from django.db import transaction

from fees.actions.bank_files import import_bank_file, lock_bank, refuse_bank_file
from fees.models import BankFile
from fees.reconcile.bank_columns import BankTable, TableRefused, find_table
from fees.reconcile.bank_lines import BankRead
from fees.selectors.bank import plan_of, told_columns
from portal.kit.grids.grid import Refused
from portal.kit.grids.opening import MOST_BYTES, open_grid

from . import bank_table, camt
from .bank import HEAD, read_bank, unpacked


def kept_table(file: BankFile) -> BankTable | None:
    """The table of a file that is one, with what its columns are taken to hold."""
    content = unpacked(bytes(file.content))
    head = content.read(HEAD)
    if camt.recognises(head) or not bank_table.recognises(head):
        return None
    content.seek(0)
    try:
        return find_table(open_grid(content.read(MOST_BYTES + 1)), told_columns())
    except TableRefused as refused:
        return refused.table


def read_kept(file: BankFile) -> BankRead:
    """What the file says. Raises Refused."""
    return read_bank(unpacked(bytes(file.content)), told_columns())


def import_kept(file: BankFile, *, now: datetime) -> BankFile:
    """Import a file that a person confirmed: whole or not at all; refused, it says why."""
    try:
        read = read_kept(file)
        with transaction.atomic():
            lock_bank()
            return import_bank_file(file=file, form=read.form, plan=plan_of(read, file), now=now)
    except Refused as refusal:
        refuse_bank_file(file=file, why=str(refusal))
        raise
