"""`manage.py verify`: every room recounts what its rows must hold; exit 1 on any breach."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.kit.verify import recounts


class Command(BaseCommand):
    help = "Recompte les plafonds et relit les étapes ; dit chaque écart, sans donnée personnelle."

    def handle(self, *args: object, **options: Any) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")  # a recount takes its time
        breaches = 0
        for name, recount in recounts().items():
            tally: Counter[str] = Counter()
            for breach in recount(tally):
                breaches += 1
                self.stdout.write(str(breach))
            counted = ", ".join(f"{count} {what}" for what, count in tally.items())
            self.stdout.write(f"{name} : {counted or 'rien à vérifier'}.")
        if breaches:
            raise CommandError(f"{breaches} écart(s).", returncode=1)
        self.stdout.write("Aucun écart.")
