"""Bookings per second through the real action, beside the same rows written without any rule.

    DATABASE_URL=… python -m bench.places

Books on one session that everybody wants and on a hundred of them, by one process and by two, each
booking in its own transaction with its step, its journal line and its mail. The limit is the driver
alone: the session's lock, its seats, the place, the step, the journal and the outbox, which decides
nothing. A session has fifty seats at most: what fills the wanted one is taken away between the
bookings, outside of the measure. Then a patient's page, with 50 and with 500 sessions to come.
"""

import os
import statistics
import subprocess
import sys
from datetime import timedelta
from itertools import product
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from etp.actions.places import book  # noqa: E402
from etp.models import Place, Session, Workshop  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import Role  # noqa: E402
from network.models import Patient, User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402
from tests.factories.etp import (  # noqa: E402
    make_facilitator,
    make_participant,
    make_programme,
    make_session,
    make_site,
    make_workshop,
    open_to,
)
from tests.factories.network import make_user  # noqa: E402

BOOKED, WARM = 300, 20  # bookings by each process
ROUND = 20  # bookings of one process on the wanted session before its seats are freed
SEATS, MANY = 50, 100
WORKS = {"hot": "one session", "spread": "100 sessions"}
PATIENT = "patient@example.org"
VIEWS = 7


def main() -> None:
    call_command("migrate", verbosity=0)
    _make_people()
    print(f"\n{connection.vendor}, places in workshops")
    print(f"{'':<40}{'1 process':>14}{'2 processes':>14}")
    for where, words in WORKS.items():
        ours = [_rate(f"book-{where}", count) for count in (1, 2)]
        rows = [_rate(f"write-{where}", count) for count in (1, 2)]
        _line(f"bookings a second, {words}", *(each[0] for each in ours))
        _line("  rows alone", *(each[0] for each in rows))
        ratios = [one[0] / other[0] for one, other in zip(ours, rows, strict=True)]
        _line("  ratio", *ratios, digits=2)
        _line("CPU ms a booking", *(each[1] for each in ours), digits=2)
        _line("  rows alone", *(each[1] for each in rows), digits=2)
    print(f"{'statements a booking':<40}{_statements():>14}")
    print(f"{'':<40}{'ms (median)':>14}{'queries':>14}")
    for sessions in (50, 500):
        _line(f"{reverse('etp:mine')}, {sessions} sessions", *_page(sessions))


def _line(label: str, *figures: float, digits: int = 0) -> None:
    print(f"{label:<40}" + "".join(f"{figure:>14,.{digits}f}" for figure in figures))


# --- Sessions and people, once


def _make_people() -> None:
    """A workshop for each measure, and the patients to whom all of them are open."""
    now = clock.now()
    given: dict[str, Any] = {"site": make_site(), "facilitator": make_facilitator()}
    programme = make_programme()
    coordinator = make_user(Role.COORDINATOR)
    workshops = []
    with transaction.atomic():
        measures = ("book-hot", "write-hot", "book-spread", "write-spread")
        for hour, (measure, processes) in enumerate(product(measures, (1, 2))):
            workshop = make_workshop(programme=programme, title=f"{measure}-{processes}")
            workshops.append(workshop)
            for each in range(1 if "hot" in measure else MANY):
                # an hour of its own: the same patients book for every measure
                starts_at = now + timedelta(days=10 + each, hours=2 * hour)
                make_session(workshop, starts_at=starts_at, seats=SEATS, **given)
        for _ in range(2 * (BOOKED + WARM)):
            open_to(make_participant(), *workshops, by=coordinator)
        make_workshop(programme=programme, title="page")


def _sessions(measure: str, processes: int) -> list[Session]:
    return list(Session.objects.filter(workshop__title=f"{measure}-{processes}").order_by("pk"))


# --- Booking, by one process or two


def _rate(measure: str, processes: int) -> tuple[float, float]:
    """Bookings a second by all processes together, and CPU milliseconds a booking."""
    command = [sys.executable, "-m", "bench.places", measure, str(processes)]
    workers = [
        subprocess.Popen(  # noqa: S603 - ourselves
            [*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for number in range(processes)
    ]
    for worker in workers:
        assert worker.stdout is not None  # noqa: S101
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin is not None  # noqa: S101
        worker.stdin.write("go\n")
        worker.stdin.flush()
    seconds, spent = zip(
        *(map(float, worker.communicate()[0].split()) for worker in workers), strict=True
    )
    return sum(BOOKED / each for each in seconds), 1000 * sum(spent) / (BOOKED * processes)


def work(measure: str, processes: int, number: int) -> None:
    """One process: warm up, say so, wait for the start, book, tell how long it took."""
    sessions = _sessions(measure, processes)
    people = list(Patient.objects.exclude(email="").order_by("pk")[number::2])
    do = place if measure.startswith("book") else write
    hot = len(sessions) == 1
    for rank, patient in enumerate(people[:WARM]):
        do(sessions[rank % len(sessions)], patient)
    free(sessions[0])
    print("ready", flush=True)
    sys.stdin.readline()
    taken = spent = 0.0
    for rank, patient in enumerate(people[WARM : WARM + BOOKED]):
        if hot and rank % ROUND == 0:
            free(sessions[0], number)
        began, used = perf_counter(), process_time()
        do(sessions[(2 * rank + number) % len(sessions)], patient)
        taken += perf_counter() - began
        spent += process_time() - used
    print(taken, spent)


def place(session: Session, patient: Patient) -> None:
    book(session=session, patient=patient, request_id=uuid4(), by=None, now=clock.now())


def free(session: Session, number: int | None = None) -> None:
    """Take away the places of one process, as if given up: it wrote those of every second key."""
    places = Place.objects.filter(session=session, seat__isnull=False)
    if number is not None:
        mine = Patient.objects.exclude(email="").order_by("pk").values_list("pk", flat=True)
        places = places.filter(patient__in=list(mine)[number::2])
    places.update(state="cancelled", seat=None, ended_at=clock.now())


def write(session: Session, patient: Patient) -> None:
    """The rows of a booking by the driver alone, durable like the others."""
    connection.ensure_connection()
    raw = connection.connection
    sqlite = connection.vendor == "sqlite"
    now = clock.now()
    uids = (uuid4(), uuid4())
    when, uid, request = (str(now), *(each.hex for each in uids)) if sqlite else (now, *uids)
    cursor = raw.cursor()

    def run(statement: str, *arguments: object) -> None:
        cursor.execute(statement if sqlite else statement.replace("?", "%s"), arguments)

    run("BEGIN IMMEDIATE" if sqlite else "BEGIN")
    lock = "" if sqlite else " FOR NO KEY UPDATE"
    run(f"SELECT capacity FROM etp_session WHERE id = ?{lock}", session.pk)  # noqa: S608
    (capacity,) = cursor.fetchone()
    run("SELECT seat FROM etp_place WHERE session_id = ? AND seat IS NOT NULL", session.pk)
    taken = {seat for (seat,) in cursor.fetchall()}
    seat = min(set(range(1, capacity + 1)) - taken)
    run(PLACE, uid, request, when, patient.pk, session.pk, seat, capacity)
    (key,) = cursor.fetchone()
    run(STEP, key, when, seat)
    run(JOURNAL, when, patient.pk, f"séance {session.pk}")
    run(OUTBOX, patient.email, when, when)
    run("COMMIT")


PLACE = (
    "INSERT INTO etp_place (uid, request_id, made_at, patient_id, session_id, seat, capacity,"
    " state) VALUES (?, ?, ?, ?, ?, ?, ?, 'booked') RETURNING id"
)
STEP = (
    "INSERT INTO etp_placestep (place_id, at, move, state, seat, note)"
    " VALUES (?, ?, 'booked', 'booked', ?, '')"
)
JOURNAL = (
    "INSERT INTO network_journalentry (at, patient_id, verb, subject, reason)"
    " VALUES (?, ?, 'place.booked', ?, '')"
)
OUTBOX = (
    'INSERT INTO network_outboxmessage ("to", subject, body, html, calendar, created_at,'
    " next_attempt_at, attempts, last_error) VALUES (?, 'Votre rendez-vous', '', '', '', ?, ?, 0,"
    " '')"
)


def _statements() -> int:
    """Those of the application: a transaction's own begin and end are not counted."""
    session = _sessions("book-spread", 1)[-1]
    patient = Patient.objects.exclude(email="").latest("pk")
    Place.objects.filter(patient=patient).update(state="cancelled", seat=None, ended_at=clock.now())
    with CaptureQueriesContext(connection) as queries:
        place(session, patient)
    return len([each for each in queries if each["sql"].split()[0] not in ("BEGIN", "COMMIT")])


# --- A patient's page


def _page(sessions: int) -> tuple[float, float]:
    """Milliseconds of server time (median) and number of queries, through all layers."""
    workshop = Workshop.objects.get(title="page")
    given: dict[str, Any] = {"site": make_site(), "facilitator": make_facilitator()}
    with transaction.atomic():
        for each in range(workshop.sessions.count(), sessions):
            starts_at = clock.now() + timedelta(days=5, hours=each)
            make_session(workshop, starts_at=starts_at, seats=SEATS, **given)
    client = _patient(workshop)
    address = reverse("etp:mine")
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code  # noqa: S101
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        queries = len(captured)
    times = []
    for _ in range(VIEWS):
        began = perf_counter()
        client.get(address)
        times.append(perf_counter() - began)
    return 1000 * statistics.median(times), queries


def _patient(workshop: Workshop) -> Client:
    user = User.objects.filter(email=PATIENT).first()
    if user is None:
        user = User.objects.create_user(PATIENT, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.PATIENT, by=None, now=clock.now())
        open_to(make_participant(user=user), workshop)
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    return client


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
