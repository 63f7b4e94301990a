"""A bank's file as kept: read again, planned against what is imported, imported."""

from datetime import datetime

from django.db import transaction

from fees.actions.bank_files import import_bank_file, lock_bank, refuse_bank_file
from fees.models import BankFile
from fees.reconcile.bank_lines import BankRead
from fees.selectors.bank import plan_of, told_columns
from portal.kit.grids.grid import Refused

from .bank import read_bank, unpacked


def read_kept(file: BankFile) -> BankRead:
    """What the file says. Raises Refused, and TableRefused where a person may name columns."""
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
