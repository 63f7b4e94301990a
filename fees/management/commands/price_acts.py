"""`manage.py price_acts`: price a directory of acts, without a database (docs: the contract)."""

import gc
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fees.enums import DoctorCap, WindowKind
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.pricing.lines import write_lines
from fees.rules import Policy
from portal.kit.sheets import SheetError, day


class Command(BaseCommand):
    help = "Calcule ce qui est dû pour un dossier d’actes, à partir des seuls fichiers."
    requires_system_checks: list[str] = []  # checks may want a database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory",
            type=Path,
            metavar="DOSSIER",
            help="dossier des fichiers CSV (patients.csv, acts.csv…)",
        )
        parser.add_argument(
            "--doctor-cap",
            choices=[reading.value for reading in DoctorCap],
            default=Policy().doctor_cap.value,
            help="plafond des évaluations et réévaluations du médecin : commun ou séparé",
        )
        parser.add_argument(
            "--window",
            choices=[window.value for window in WindowKind],
            default=Policy().window.value,
            help="année civile, année depuis l’inclusion, ou tout le suivi",
        )
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="AAAA-MM-JJ",
            help="date du jour ; sans elle, le jour de saisie de chaque acte",
        )
        parser.add_argument(
            "--out",
            type=Path,
            metavar="FICHIER",
            help="fichier des verdicts ; sans lui, la sortie standard",
        )

    def handle(
        self,
        *args: object,
        directory: Path,
        doctor_cap: str,
        window: str,
        as_of: date | None,
        out: Path | None,
        **options: Any,
    ) -> None:
        policy = Policy(doctor_cap=DoctorCap(doctor_cap), window=WindowKind(window))
        with _no_collection():
            try:
                backlog = read_backlog(directory)
            except SheetError as error:
                raise CommandError(str(error), returncode=2) from error
            verdicts = price(backlog, policy, as_of)
            if out is None:
                if isinstance(sys.stdout, TextIOWrapper):
                    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
                write_lines(self.stdout, backlog.acts, verdicts)
            else:
                with out.open("w", encoding="utf-8", newline="") as file:
                    write_lines(file, backlog.acts, verdicts)


@contextmanager
def _no_collection() -> Iterator[None]:
    # A million records and not one cycle: each collection would walk them all for nothing.
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _day(text: str) -> date:
    try:
        return day(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
