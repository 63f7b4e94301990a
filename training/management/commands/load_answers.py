"""`manage.py load_answers`: a national-size set of invented answers."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from network.models import User
from portal.kit import clock
from training.management.volume import load_answers


class Command(BaseCommand):
    help = "Ajoute des apprenants, des cas et des réponses inventés, à l’échelle nationale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--answers", type=int, default=200_000, metavar="N")

    def handle(self, *args: object, answers: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Des réponses inventées n’entrent que dans une démonstration.")
        if User.objects.filter(email="apprenant000000@example.org").exists():
            raise CommandError("Ce jeu est déjà chargé.")
        if connection.vendor == "postgresql":  # rows are made between two statements
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0")
        began = monotonic()

        def tell(written: int) -> None:
            self.stdout.write(f"\r{written:,} réponses, {monotonic() - began:.0f} s", ending="")
            self.stdout.flush()

        load_answers(answers=answers, until=clock.now(), tell=tell)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner must know how large the tables are
        self.stdout.write("")
