"""`manage.py wipe_demo`: forget the demo's people."""

from typing import Any

from django.core.management.base import BaseCommand

from home.demo_data.wipe import wipe_demo


class Command(BaseCommand):
    help = "Efface les personnes et les actes de la démonstration ; les pages restent."

    def handle(self, *args: object, **options: Any) -> None:
        self.stdout.write(f"{wipe_demo()} comptes effacés.")
