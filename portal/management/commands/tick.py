"""Run the periodic work that is due, once or for ever."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from portal.kit import ticks
from portal.kit.clock import now


class Command(BaseCommand):
    help = "Runs the periodic jobs that are due; from a scheduler, or with --every as a service."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="stay, and run again")

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        while every:
            close_old_connections()  # the database may have been restarted meanwhile
            ticks.run_due(now())
            time.sleep(every)
        failed = [name for name, well in ticks.run_due(now()).items() if not well]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
