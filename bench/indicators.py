"""Indicators at volume: a dashboard from the cache, and the full computation behind it.

    DATABASE_URL=… python -m bench.indicators [ACTS]

Fills the database at DATABASE_URL, if it is empty, with ACTS acts and a fifth as many answers.
Each extract is read and computed apart: CPU, the memory that it held at most, and the ratio to
the same rows read by the driver alone, a page at a time, in the same run. Then the dashboard and
the report, asked as a person asks them.
"""

import os
import sys
import tracemalloc
from collections.abc import Callable
from io import StringIO
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from fees.models import Act  # noqa: E402
from home.actions.computing import (  # noqa: E402
    ask_for_figures,
    compute_figures,
    extracts,
    figures_of,
    version_of_facts,
)
from home.models import Computation  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import Role  # noqa: E402
from network.models import User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.factories.network import sign_in  # noqa: E402
from training.models import Answer  # noqa: E402

MOST_PATIENTS = 12_000
ANSWERS_PER_ACT = 5
AT_ONCE = 2_000
ASKED = 15
PAGE_LIMIT = 0.3
"""Seconds of a dashboard answered from the cache."""
PAGES = ("home:indicators", "home:sites", "home:report")
PLAIN = {
    "fees.acts": "SELECT done_on, kind, state, decision, reasons, amount FROM fees_act",
    "training.answers": "SELECT given_at, profession, counted, credit FROM training_answer",
    "network.decisions": 'SELECT patient_id, move, "on" FROM network_pathwaystep',
    "network.follow_ups": "SELECT id, postcode, included_on, left_on FROM network_patient",
    "network.files": "SELECT meeting_id, work_then, work_later FROM network_rcpfile",
}


def main(acts: int) -> float:
    """Gives the median time of the dashboard, in seconds."""
    if connection.vendor == "postgresql":  # a slow machine thinks long between two migrations
        with connection.cursor() as cursor:
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
    call_command("migrate", verbosity=0)
    if not Act.objects.exists():
        patients = min(MOST_PATIENTS, max(250, acts // 80))
        call_command("load_volume", acts=acts, patients=patients, stdout=StringIO())
    if not Answer.objects.exists():
        call_command("load_answers", answers=acts // ANSWERS_PER_ACT, stdout=StringIO())
    say(f"\n{connection.vendor}, {Act.objects.count():,} acts, {Answer.objects.count():,} answers")
    today = clock.today()
    used, version = spent(lambda: version_of_facts(today))
    say(f"version of the facts: {1000 * used:.0f} ms of CPU ({version[:8]}…)")
    say(f"{'':<26}{'CPU s':>9}{'plain s':>9}{'ratio':>8}{'peak MB':>9}")
    whole = 0.0
    for extract in extracts():
        used, _ = spent(lambda each=extract: figures_of(each, today))  # type: ignore[misc]
        whole += used
        plain = ratio = ""
        if statement := PLAIN.get(extract.name):
            limit, _ = spent(lambda asked=statement: _read(asked))  # type: ignore[misc]
            plain, ratio = f"{limit:.2f}", f"{used / limit:.1f}" if limit else ""
        tracemalloc.start()
        extract.read(today)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        say(f"{extract.name:<26}{used:>9.2f}{plain:>9}{ratio:>8}{peak:>9.1f}")
    say(f"{'everything':<26}{whole:>9.2f}")
    now = clock.now()
    began = perf_counter()
    computation = compute_figures(computation=ask_for_figures(by=None, now=now), now=now)
    say(f"asked, computed and kept: {perf_counter() - began:.2f} s by the clock")
    size = len(str(Computation.objects.get(pk=computation.pk).values))
    say(f"figures kept: {size / 1e3:.0f} kB; the process held {_resident():.0f} MB at most")
    with transaction.atomic():
        client = _coordinator()
        slowest = max(_page(client, name) for name in PAGES)
        transaction.set_rollback(True)
    if slowest > PAGE_LIMIT:
        raise SystemExit(f"a page from the cache took {1000 * slowest:.0f} ms")
    return slowest


def _coordinator() -> Client:
    """Somebody who opens them all, second factor included."""
    person = User.objects.create_user(email="figures@bench.example.org", password=None)
    grant_role(user=person, role=Role.COORDINATOR, by=None, now=clock.now())
    client = Client(headers={"host": "localhost"})
    return sign_in(client, User.objects.get(pk=person.pk))


def _page(client: Client, name: str) -> float:
    """The median time of a page in seconds; its CPU and its statements are told."""

    def ask() -> None:
        answer = client.get(reverse(name))
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")

    ask()
    times = []
    for _ in range(ASKED):
        began = perf_counter()
        ask()
        times.append(perf_counter() - began)
    used, _none = spent(ask)
    with CaptureQueriesContext(connection) as caught:
        ask()
    took = f"{1000 * median(times):.0f} ms, {1000 * used:.0f} ms of CPU"
    say(f"{name}: {took}, {len(caught)} statements")
    return median(times)


def spent[T](work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of CPU, and the result."""
    began = process_time()
    found = work()
    return process_time() - began, found


def _read(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while cursor.fetchmany(AT_ONCE):
            pass


def _resident() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1e3


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
