"""Payments: the bank file, a batch of thousands of transfers, and the pages of those who pay.

    DATABASE_URL=… python -m bench.payments [ACTS] [TRANSFERS]

Files of 1, 100 and TRANSFERS transfers: time, peak memory, checked against the official schema as
they are written, read back by lxml. Then the database at DATABASE_URL is filled, if it is empty,
with ACTS acts (`load_volume`); TRANSFERS professionals get an account and an act each, which are
validated together, put in a batch, signed and executed. At last the accountants' pages, beside
their own statements sent again by the driver alone.
"""

import os
import statistics
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from io import StringIO
from time import perf_counter, process_time
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from lxml import etree  # noqa: E402

from fees.actions.bank_answers import execute_batch  # noqa: E402
from fees.actions.batches import drop_batch, prepare_batch, sign_batch  # noqa: E402
from fees.actions.books import grant_envelope  # noqa: E402
from fees.actions.moves import make_all  # noqa: E402
from fees.enums import BatchState, Decision, Kind, Move, State  # noqa: E402
from fees.gateways.sepa import SepaGateway  # noqa: E402
from fees.models import Act, Batch, Envelope  # noqa: E402
from fees.transfers import next_bank_day  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import BankState, PathwayState, Profession, Role, Sex  # noqa: E402
from network.models import BankDetails, Patient, Professional, User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402
from tests.factories.fees import make_iban  # noqa: E402
from tests.fees.payments.orders import make_batch  # noqa: E402

VIEWS = 7
MOST_PATIENTS = 12_000
MOST_PAGE = 150  # milliseconds
CAP = 10
"""Acts of each patient made here, one slot each."""


def main(acts: int, transfers: int) -> None:
    _files(sorted({1, min(100, transfers), transfers}))
    call_command("migrate", verbosity=0)
    if acts and not Act.objects.exists():
        patients = min(MOST_PATIENTS, max(250, acts // 80))
        call_command("load_volume", acts=acts, patients=patients, stdout=StringIO())
    accountants = [_accountant(number) for number in range(3)]
    _tell(f"\n{connection.vendor}, {Act.objects.count():,} acts stored")
    _batches(transfers, accountants)
    _pages(accountants[0])


def _tell(line: str) -> None:
    print(line, flush=True)


# --- The file


def _files(sizes: list[int]) -> None:
    gateway, now = SepaGateway(), clock.now()
    gateway.write(make_batch(1), at=now)  # the schema is read once in each process
    _tell(f"\n{'transfers in a file':<34}{'ms':>12}{'CPU ms':>12}{'peak, MB':>12}{'kB':>12}")
    for size in sizes:
        batch = make_batch(size)
        began, used = perf_counter(), process_time()
        content = gateway.write(batch, at=now).content
        times = 1000 * (perf_counter() - began), 1000 * (process_time() - used)
        document = etree.fromstring(content)
        ends = [each.text for each in document.iterfind(".//{*}EndToEndId")]
        assert ends == [each.end_to_end for each in batch.orders]  # noqa: S101
        assert Decimal(document.findtext(".//{*}CtrlSum")) == batch.total  # noqa: S101
        tracemalloc.start()
        gateway.write(batch, at=now)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        figures = (*times, peak, len(content) / 1000)
        _tell(f"{size:<34,}" + "".join(f"{each:>12,.1f}" for each in figures))


# --- A batch


def _batches(transfers: int, accountants: list[User]) -> None:
    clerk, second, signer = accountants
    for waiting in Batch.objects.filter(state=BatchState.DRAFT):
        drop_batch(batch=waiting, reason="Mesure", by=clerk, now=clock.now())
    keys = _submitted(transfers)
    year = clock.today().year
    if not Envelope.objects.filter(year=year).exists():
        grant = Decimal(999_999_999)
        grant_envelope(year=year, amount=grant, decision="Mesure", by=clerk, now=clock.now())
    _tell(
        f"{f'{transfers:,} acts, as many transfers':<34}{'ms':>12}{'CPU ms':>12}{'statements':>12}"
    )
    with _measured("validated, one alone"), transaction.atomic():
        make_all(keys[:1], Move.VALIDATED, by=clerk, now=clock.now())
    with _measured("validated, the others together"), transaction.atomic():
        make_all(keys[1:], Move.VALIDATED, by=clerk, now=clock.now())
    day = next_bank_day(next_bank_day(clock.today()))
    with _measured("prepared"):
        batch = prepare_batch(execute_on=day, by=clerk, now=clock.now())
    _accounts_of(batch, second)
    with _measured("signed, with its file"):
        batch = sign_batch(batch=batch, gateway=SepaGateway(), by=signer, now=clock.now())
    _tell(f"{'  transfers in it':<34}{batch.transfers.count():>12,}")
    with _measured("executed"):
        execute_batch(batch=batch, by=clerk, now=clock.now())


@contextmanager
def _measured(label: str) -> Iterator[None]:
    reset_queries()  # the record of statements is bounded
    with CaptureQueriesContext(connection) as asked:
        began, used = perf_counter(), process_time()
        yield
        times = 1000 * (perf_counter() - began), 1000 * (process_time() - used)
    _tell(f"{label:<34}" + "".join(f"{each:>12,.0f}" for each in (*times, len(asked))))


def _submitted(count: int) -> list[int]:
    """Sessions waiting for their control, each of another professional; written as they are."""
    today, now = clock.today(), clock.now()
    first = Act.objects.count()
    people = Professional.objects.bulk_create(
        Professional(
            first_name="Camille",
            last_name=f"Fil-{first + each}",
            profession=Profession.PHYSIO,
            agreement_from=date(2020, 1, 1),
        )
        for each in range(count)
    )
    since = today - timedelta(days=200)
    patients = Patient.objects.bulk_create(
        Patient(
            code=f"B{first + each:07d}",
            birth_name=f"Brumelune-{each}",
            first_names="Ysée",
            sex=Sex.FEMALE,
            birth_date=date(1970, 1, 1),
            state=PathwayState.FOLLOWED,
            requested_on=since,
            completed_on=since,
            included_on=since,
        )
        for each in range(count // CAP + 1)
    )
    acts = Act.objects.bulk_create(
        Act(
            request_id=UUID(int=(1 << 100) + first + each),
            patient=patients[each // CAP],
            professional=payee,
            kind=Kind.KINE_REMOB,
            done_on=today,
            entered_at=now,
            state=State.SUBMITTED,
            decision=Decision.ACCEPTED,
            amount=Decimal(30),
            cap=Kind.KINE_REMOB,
            ordinal=each % CAP + 1,
            limit=CAP,
            window_from=date(today.year, 1, 1),
            window_to=date(today.year + 1, 1, 1),
        )
        for each, payee in enumerate(people)
    )
    return [act.pk for act in acts]


def _accounts_of(batch: Batch, by: User) -> None:
    """An account for each payee of the batch who has none: confirmed long ago."""
    long_ago = clock.now() - timedelta(days=400)
    payees = batch.transfers.filter(professional__bank_details=None).select_related("professional")
    BankDetails.objects.bulk_create(
        BankDetails(
            professional=each.professional,
            holder=f"Cabinet {each.professional_id}",
            iban=make_iban(each.professional_id),
            last4=make_iban(each.professional_id)[-4:],
            state=BankState.CONFIRMED,
            proposed_at=long_ago,
            proposed_by=batch.prepared_by,
            decided_at=long_ago,
            decided_by=by,
            note="Rappel fait.",
        )
        for each in payees
    )


def _accountant(number: int) -> User:
    email = f"accountant-{number}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.ACCOUNTANT, by=None, now=clock.now())
    return user


# --- Pages


def _pages(user: User) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) fees_act, fees_bookentry, fees_transferline")
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    latest = Batch.objects.order_by("-number")[0]
    _tell(f"{'':<34}{'ms (median)':>12}{'SQL alone':>12}{'queries':>12}{'limit, ms':>12}")
    for address in (
        reverse("fees:control"),
        reverse("fees:control") + "?state=all",
        reverse("fees:batches"),
        reverse("fees:batch", args=[latest.number]),
    ):
        page = partial(client.get, address)
        page()
        reset_queries()  # the record of statements is bounded
        with CaptureQueriesContext(connection) as asked:
            page()
        reads = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
        queries = len(asked)  # the next request forgets them
        whole, alone = _median(page), _median(partial(_again, reads))
        figures = (whole, alone, queries, MOST_PAGE)
        _tell(f"{address:<34}" + "".join(f"{each:>12,.0f}" for each in figures))


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(VIEWS):
        began = perf_counter()
        work()
        times.append(1000 * (perf_counter() - began))
    return statistics.median(times)


def _again(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


if __name__ == "__main__":
    sizes = [int(each) for each in sys.argv[1:3]]
    main(*sizes, *(1_000_000, 3_000)[len(sizes) :])
