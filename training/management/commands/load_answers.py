"""`manage.py load_answers`: a national-size set of invented answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from network.models import User
from portal.kit import clock
from portal.kit.bulk import loading
from training.management.volume import load_answers


class Command(BaseCommand):
    help = "Ajoute des apprenants, des cas et des réponses inventés, à l’échelle nationale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--answers", type=int, default=200_000, metavar="N")

    def handle(self, *args: object, answers: int, **options: Any) -> None:
        loaded = User.objects.filter(email="apprenant000000@example.org").exists()
        with loading(self, "réponses", loaded=loaded) as tell:
            load_answers(answers=answers, until=clock.now(), tell=tell)
