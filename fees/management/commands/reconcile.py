"""`manage.py reconcile`: a statement against logged acts, on files alone (docs: the contract)."""

import resource
import sys
from argparse import ArgumentTypeError
from decimal import Decimal, InvalidOperation
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fees.exports.reconciliation import write_files
from fees.imports.contract import read_acts, read_statement
from fees.reconcile.engine import DAYS, reconcile
from portal.kit.sheets import SheetError


class Command(BaseCommand):
    help = "Rapproche un relevé et les actes notés, à partir des seuls fichiers."
    requires_system_checks: list[str] = []  # checks may want a database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--acts", type=Path, required=True, help="actes notés (CSV)")
        parser.add_argument("--statement", type=Path, required=True, help="relevé (CSV)")
        parser.add_argument(
            "--out", type=Path, default=Path(), metavar="DOSSIER", help="où écrire les résultats"
        )
        parser.add_argument(
            "--date-tolerance",
            type=_days,
            default=DAYS,
            metavar="JOURS",
            help="écart de date admis, en jours (3)",
        )
        parser.add_argument(
            "--amount-tolerance",
            type=_euros,
            default=Decimal(0),
            metavar="EUROS",
            help="écart de montant admis, en euros (0.00)",
        )

    def handle(
        self,
        *args: object,
        acts: Path,
        statement: Path,
        out: Path,
        date_tolerance: int,
        amount_tolerance: Decimal,
        **options: Any,
    ) -> None:
        start = perf_counter()
        try:
            logged, claimed = read_acts(acts), read_statement(statement)
        except SheetError as error:
            raise CommandError(str(error), returncode=2) from error
        result = reconcile(
            logged, claimed, date_tolerance=date_tolerance, amount_tolerance=amount_tolerance
        )
        write_files(result, out, seconds=perf_counter() - start, peak_mb=_peak_mb())


def _peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ArgumentTypeError(f"nombre de jours attendu, lu « {text} »")
    return int(text)


def _euros(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        raise ArgumentTypeError(f"montant en euros attendu, lu « {text} »")
    return value
