"""`manage.py load_demo`: the demo's people, their history and the pages, once."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo_data.load import NotEmpty, load_demo
from portal.kit import clock


class Command(BaseCommand):
    help = (
        "Charge les personnes et les actes de la démonstration ; une seconde fois ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--date", type=date.fromisoformat, help="date de référence (celle de l’horloge)"
        )

    def handle(self, *args: object, **options: Any) -> None:
        start = time.monotonic()
        reference = options["date"] or clock.today()
        try:
            loaded = load_demo(reference=reference)
        except NotEmpty as error:
            raise CommandError(
                "Cette base contient déjà d’autres personnes : tapez « make demo-reset »."
            ) from error
        if loaded:
            self.stdout.write(f"Démonstration chargée en {time.monotonic() - start:.0f} s.")
