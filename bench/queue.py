"""The coordination's lists among many patients: the queue beside its SQL alone, then the others.

    DATABASE_URL=… python -m bench.queue [PATIENTS]

Fills the database at DATABASE_URL, if it is empty, with PATIENTS patients, one in ten of whom
waits for an answer, half of these with a referral that bears a flag. The queue has 100 ms of server
time, the other lists 150; the processor's own time and the number of queries are beside.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from time import perf_counter, process_time
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from network.actions.pathway import steps_behind  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import FastTrack, PathwayState, Role  # noqa: E402
from network.models import PathwayStep, Patient, Referral, User  # noqa: E402
from network.rules.identity import fold  # noqa: E402
from network.selectors.requests import QueueSearch, queue, rows, totals  # noqa: E402
from network.views.pages import PER_PAGE  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402

VIEWS, MOST, LIST_MOST = 15, 100, 150
LISTS = ("patients", "ceo_queue", "endings", "rcps", "rcp_proposals", "plans", "questionnaires")
COORDINATOR = "coordination@example.org"
STEMS = ("bran", "cor", "del", "fon", "gris", "lam", "mor", "ran", "sol", "val")
ENDS = ("ac", "ain", "ault", "eray", "erin", "ier", "ot", "oux", "uel", "ive")
FIRST = ("Ysée", "Hugo", "Rose", "Marc", "Lou", "Ugo", "Inès", "Noé")


def main(patients: int) -> None:
    call_command("migrate", verbosity=0)
    user = _coordinator()
    if not Patient.objects.exists():
        _fill(patients, user)
    today = clock.today()
    _say(f"\n{connection.vendor}, {Patient.objects.count():,} patients, {totals(today)}")
    _say(f"{'':<44}{'ms (median)':>12}{'processor':>12}{'queries':>9}{'limit, ms':>12}")
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    address = reverse("network:queue")
    for label, query in (
        ("queue, first page", ""),
        ("queue, a page in the middle", "?page=10"),
        ("queue, fast track", "?coupe=1"),
        ("queue, a name", "?q=bran"),
        ("incomplete requests", "?vue=incompletes"),
    ):
        _line(label, partial(client.get, address + query), MOST)
    for name in LISTS:
        _line(f"list: {name}", partial(client.get, reverse(f"network:{name}")), LIST_MOST)
    code = queue(QueueSearch(), today)[0].code
    _line("one request", partial(client.get, reverse("network:request", args=[code])), MOST)
    _line("  rows of a page", lambda: rows(queue(QueueSearch(), today)[:PER_PAGE], today))
    _line("  the page's SQL by the driver", _raw(today))


def _raw(today: date) -> Callable[[], object]:
    sql, parameters = queue(QueueSearch(), today)[:PER_PAGE].query.sql_with_params()

    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            cursor.fetchall()

    return fetch


def _line(label: str, work: Callable[[], object], most: int | None = None) -> None:
    work()  # what is read once is read
    with CaptureQueriesContext(connection) as asked:
        work()
        queries = len(asked)  # the next request clears them
    spent = [_spent(work) for _ in range(VIEWS)]
    clocked, processor = (statistics.median(each) for each in zip(*spent, strict=True))
    limit = f"{most:>12,}" if most else ""
    _say(f"{label:<44}{clocked:>12,.1f}{processor:>12,.1f}{queries:>9}{limit}")


def _say(line: str) -> None:
    """At once, even into a file: a long fill is followed as it goes."""
    print(line, flush=True)


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor alone."""
    began, used = perf_counter(), process_time()
    work()
    return 1000 * (perf_counter() - began), 1000 * (process_time() - used)


def _coordinator() -> User:
    user = User.objects.filter(email=COORDINATOR).first()
    if user is None:
        user = User.objects.create_user(COORDINATOR, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.COORDINATOR, by=None, now=clock.now())
    return user


def _fill(patients: int, author: User) -> None:
    today, draw = clock.today(), random.Random(5)
    made = Patient.objects.bulk_create(_patients(patients, today, draw), batch_size=2000)
    steps = (step for each in made for step in steps_behind(each))
    PathwayStep.objects.bulk_create(steps, batch_size=2000)
    undecided = {PathwayState.REQUESTED, PathwayState.INCOMPLETE}
    waiting = [each for each in made if each.state in undecided]
    referrals = (
        Referral(
            key=UUID(int=draw.getrandbits(128)),
            author=author,
            begun_at=clock.now(),
            kept_at=clock.now(),
            sent_at=clock.now(),
            patient=each,
            informed=True,
            question="Que proposer ?",
            fast_tracks=[FastTrack.CANCER] if draw.random() < 0.5 else [],
        )
        for each in waiting
    )
    Referral.objects.bulk_create(referrals, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _patients(count: int, today: date, draw: random.Random) -> Iterator[Patient]:
    for number in range(count):
        requested = today - timedelta(days=draw.randrange(0, 1200))
        state = PathwayState.FOLLOWED
        completed: date | None = requested
        included: date | None = requested
        if number % 10 == 0:
            requested = today - timedelta(days=draw.randrange(0, 40))
            state, completed, included = PathwayState.INCOMPLETE, None, None
            if number % 20 == 0:
                state, completed = PathwayState.REQUESTED, requested
        name = (draw.choice(STEMS) + draw.choice(ENDS) + draw.choice(ENDS)).capitalize()
        first = draw.choice(FIRST)
        yield Patient(
            code=f"{100_000 + number}",
            birth_name=name,
            first_names=first,
            search_name=fold(f"{name} {first}"),
            sex=draw.choice("FM"),
            birth_date=date(1940, 1, 1) + timedelta(days=draw.randrange(25_000)),
            state=state,
            requested_on=requested,
            completed_on=completed,
            included_on=included,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
