"""`manage.py export_acts`: the portal's acts as a directory for `price_acts`, without any name."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fees.exports.contract import export_contract
from fees.models import PolicyVersion
from portal.kit import clock


class Command(BaseCommand):
    help = "Écrit les actes du portail dans le format de price_acts, sans aucun nom."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DOSSIER")

    def handle(self, *args: object, directory: Path, **options: Any) -> None:
        count = export_contract(directory)
        reading = PolicyVersion.objects.in_force(clock.today()).latest("valid_from")
        self.stdout.write(f"{count} actes dans {directory}. Pour les recalculer :")
        self.stdout.write(
            f"manage.py price_acts {directory}"
            f" --doctor-cap {reading.doctor_cap} --window {reading.window}"
        )
