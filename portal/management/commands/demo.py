"""Start the demo: database, data, server, task worker and periodic work, stopped together."""

import os
import shutil
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from network.demo import DemoAccount, accounts
from portal.settings.reference import keep_clock
from portal.settings.stripe import STAND_IN_STEP
from portal.supervisor import Child, kept_together, watch

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Starts the demo on http://localhost:PORT (8000), with invented people and figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--reset", action="store_true", help="forget everything, and stop")

    def handle(self, *args: Any, port: int, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo runs under its own settings only.")
        if reset:
            forget()
            return
        refuse_busy(port)
        refuse_busy(port + STAND_IN_STEP)
        self.stdout.write("Préparation des données…")
        prepare()
        with kept_together(commands(port), settings.BASE_DIR) as children:
            wait_until_answering(port, children)
            self.stdout.write(welcome(port))
            self.stdout.flush()
            watch(children, lambda name: self.stderr.write(f"Relancé : {name}"))
        self.stdout.write("Arrêté.")


def forget() -> None:
    """Remove the embedded database and all that came with it."""
    if os.environ.get("DATABASE_URL"):
        raise CommandError("DATABASE_URL is set: drop and create that database yourself.")
    shutil.rmtree(settings.DEMO_DIR, ignore_errors=True)


def refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = f"make demo PORT={port + 1}"
            raise CommandError(
                f"Le port {port} est pris : arrêtez ce qui l’occupe, ou tapez « {other} »."
            ) from error


def prepare() -> None:
    """Tables and data; on a later start there is nothing to do."""
    call_command("migrate", verbosity=0, interactive=False)
    keep_clock(settings.DEMO_DIR / "clock", os.environ.get("DEMO_DATE", ""), settings.CLOCK_OFFSET)
    if "load_demo" in get_commands():
        call_command("load_demo")


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by name."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"  # the server's default is another
    os.environ["PORT"] = str(port)  # settings find the stand-in of the card service by it
    os.environ["STAND_IN_SECRET"] = settings.STRIPE_WEBHOOK_SECRETS[0]
    python = sys.executable
    server = ["--interface", "wsgi", "--no-ws", "--respawn-failed-workers", "--workers", "2"]
    threads = ["--blocking-threads", "4"]
    where = ["--host", HOST, "--port", str(port), "--log-level", "warning"]
    return {
        "serveur": [python, "-m", "granian", *server, *threads, *where, "portal.wsgi:application"],
        "tâches": [python, "manage.py", "db_worker", "--verbosity", "0", "--no-startup-delay"],
        "carte": [
            *(python, "-m", "training.gateways.stand_in"),
            *("--port", str(port + STAND_IN_STEP)),
            *("--file", str(settings.STAND_IN_FILE)),
            *("--offset", str(settings.CLOCK_OFFSET.total_seconds())),
            *("--webhook", f"http://localhost:{port}{reverse('training:card_webhook')}"),
        ],
        "rendez-vous": [python, "manage.py", "tick", "--every", "30"],
    }


def wait_until_answering(port: int, children: list[Child]) -> None:
    while True:
        if any(child.dead for child in children):
            raise CommandError("Le démarrage a échoué : voir le message ci-dessus.")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def welcome(port: int) -> str:
    lines = [
        f"\nAriane, démonstration : http://localhost:{port}/",
        *accounts_table(accounts()),
        "\nCtrl-C pour arrêter ; « make demo-reset » pour repartir de zéro.",
    ]
    return "\n".join(lines)


def accounts_table(personas: list[DemoAccount]) -> list[str]:
    """One line per persona, in columns."""
    rows = [
        (str(each.role_label), each.email, each.password or "code par mail", str(each.what_to_try))
        for each in personas
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
