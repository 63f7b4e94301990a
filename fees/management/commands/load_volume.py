"""`manage.py load_volume`: a national-size set of invented people and acts."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from fees.management.volume import PATIENTS, load_volume
from network.models import Patient
from portal.kit import clock


class Command(BaseCommand):
    help = "Ajoute des patients, professionnels et actes inventés, à l’échelle nationale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--acts", type=int, default=1_000_000, metavar="N")
        parser.add_argument("--patients", type=int, default=PATIENTS, metavar="N")

    def handle(self, *args: object, acts: int, patients: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Des personnes inventées n’entrent que dans une démonstration.")
        if Patient.objects.filter(code="V000000").exists():
            raise CommandError("Ce jeu est déjà chargé.")
        if connection.vendor == "postgresql":  # rows are made between two statements
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0")
        began = monotonic()

        def tell(written: int) -> None:
            self.stdout.write(f"\r{written:,} actes, {monotonic() - began:.0f} s", ending="")
            self.stdout.flush()

        load_volume(acts=acts, patients=patients, until=clock.today(), tell=tell)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner must know how large the tables are
        self.stdout.write(f"\n{patients:,} patients.")
