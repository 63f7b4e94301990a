"""`manage.py load_volume`: a national-size set of invented people and acts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fees.management.volume import PATIENTS, load_volume
from network.models import Patient
from portal.kit import clock
from portal.kit.bulk import loading


class Command(BaseCommand):
    help = "Ajoute des patients, professionnels et actes inventés, à l’échelle nationale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--acts", type=int, default=1_000_000, metavar="N")
        parser.add_argument("--patients", type=int, default=PATIENTS, metavar="N")

    def handle(self, *args: object, acts: int, patients: int, **options: Any) -> None:
        loaded = Patient.objects.filter(code="V000000").exists()
        with loading(self, "actes", loaded=loaded) as tell:
            load_volume(acts=acts, patients=patients, until=clock.today(), tell=tell)
        self.stdout.write(f"{patients:,} patients.")
