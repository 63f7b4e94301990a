"""The accountant's queue: its pages among ten thousand claims, and 300 lines validated at once.

    DATABASE_URL=… python -m bench.claims [ACTS]

Fills the database at DATABASE_URL, if it is empty, with ACTS acts and their claims (`load_volume`),
checks the lines to control, and opens older claims again until 10,000 wait: these weigh on the
pages only. A page has 150 ms of server time.
"""

import os
import statistics
import sys
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from itertools import batched
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from fees.actions.books import grant_envelope  # noqa: E402
from fees.actions.checking import check_lines  # noqa: E402
from fees.actions.control_runs import AT_ONCE  # noqa: E402
from fees.actions.validation import validate_lines  # noqa: E402
from fees.enums import LineState, State  # noqa: E402
from fees.models import Act, Claim, ClaimLine, Envelope  # noqa: E402
from fees.selectors.claim_queue import QueueSearch, figures  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import Role  # noqa: E402
from network.models import Professional, User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402

CLAIMS, VALIDATED, VIEWS, MOST_PAGE = 10_000, 300, 7, 150
MOST_PATIENTS = 12_000
ACCOUNTANT = "comptabilite@bench.example.org"


def main(acts: int) -> None:
    call_command("migrate", verbosity=0)
    if not Act.objects.exists():
        patients = min(MOST_PATIENTS, max(250, acts // 80))
        call_command("load_volume", acts=acts, patients=patients, stdout=StringIO())
    by = _accountant()
    if not ClaimLine.objects.filter(checked_at__isnull=False).exists():
        _make_wait(by)
    found = figures(QueueSearch())
    say(f"\n{connection.vendor}, {Act.objects.count():,} acts, {found.claims:,} claims to control")
    say(f"{'':<46}{'ms (median)':>12}{'processor':>12}{'queries':>9}{'limit, ms':>11}")
    client = Client(headers={"host": "localhost"})
    sign_in(client, by)
    queue = reverse("fees:control_claims")
    month = f"{clock.today():%Y-%m}"
    waiting = _to_validate()
    claim, line = waiting[0].claim_id, waiting[0].pk
    for label, address in (
        ("queue, first page", queue),
        ("queue, a page in the middle", f"{queue}?page=200"),
        ("queue, a month", f"{queue}?mois={month}"),
        ("queue, a profession, with remarks", f"{queue}?profession=physio&vue=remarques"),
        ("queue, a name", f"{queue}?qui=corlieu"),
        ("one claim, every check", reverse("fees:control_claim", args=[claim])),
        ("one line", reverse("fees:control_line", args=[line])),
        ("home of the accountant", reverse("home:dashboard")),
    ):
        _page(label, client, address)
    _check(waiting)
    _validate(waiting, by)


def say(text: str) -> None:
    print(text, flush=True)


def _page(label: str, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address  # noqa: S101
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        queries = len(captured)
    clocked, used = zip(*(_spent(lambda: client.get(address)) for _ in range(VIEWS)), strict=True)
    clock_ms, cpu = statistics.median(clocked), statistics.median(used)
    say(f"{label:<46}{clock_ms:>12,.1f}{cpu:>12,.1f}{queries:>9}{MOST_PAGE:>11}")


def _check(lines: list[ClaimLine]) -> None:
    some = ClaimLine.objects.filter(pk__in=[line.pk for line in lines])
    spent, used = _spent(lambda: check_lines(some, now=clock.now()))
    say(f"{f'{len(lines)} lines checked again':<46}{spent:>12,.1f}{used:>12,.1f}")


def _validate(lines: list[ClaimLine], by: User) -> None:
    """In shares, each its transaction, as the page does."""
    statements, moved = 0, 0
    began, used = perf_counter(), process_time()
    for some in batched(lines, AT_ONCE):
        with CaptureQueriesContext(connection) as captured:
            outcome = validate_lines(lines=some, by=by, now=clock.now())
        statements += len(captured)
        moved += len(outcome.admitted)
    spent, cpu = 1000 * (perf_counter() - began), 1000 * (process_time() - used)
    say(f"{f'{moved} lines validated':<46}{spent:>12,.1f}{cpu:>12,.1f}{statements:>9}")


def _to_validate() -> list[ClaimLine]:
    lines = ClaimLine.objects.filter(
        state=LineState.SENT, act__state=State.SUBMITTED, remarks="", checked_at__isnull=False
    )
    return list(lines.order_by("pk")[:VALIDATED])


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor alone."""
    began, used = perf_counter(), process_time()
    work()
    return 1000 * (perf_counter() - began), 1000 * (process_time() - used)


def _accountant() -> User:
    user = User.objects.filter(email=ACCOUNTANT).first()
    if user is None:
        user = User.objects.create_user(ACCOUNTANT, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.ACCOUNTANT, by=None, now=clock.now())
    return user


def _make_wait(by: User) -> None:
    now, today = clock.now(), clock.today()
    people = list(Professional.objects.order_by("pk"))
    for number, person in enumerate(people):
        person.rpps, person.rpps_verified_on = f"{99_000_000_000 + number}", today
    Professional.objects.bulk_update(people, ["rpps", "rpps_verified_on"], batch_size=500)
    if not Envelope.objects.filter(year=today.year).exists():
        granted = Decimal(100 * Act.objects.count())
        grant_envelope(year=today.year, amount=granted, decision="1", by=by, now=now)
    sent = ClaimLine.objects.filter(state=LineState.SENT)
    check_lines(sent, now=now)
    to_control = sent.values("claim")
    left = CLAIMS - to_control.distinct().count()
    older = Claim.objects.exclude(pk__in=to_control).order_by("-month", "pk")[: max(0, left)]
    lines = ClaimLine.objects.filter(claim__in=list(older))
    marked = list(lines.values_list("pk", flat=True)[::20])
    lines.update(state=LineState.SENT, checked_at=now)
    ClaimLine.objects.filter(pk__in=marked).update(remarks="day_off")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
