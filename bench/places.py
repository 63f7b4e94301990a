"""Bookings per second through the real action, beside the same rows written without any rule.

    DATABASE_URL=… python -m bench.places [--bookings 300] [--sessions 100] [--pages 50 500]

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
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from itertools import product
from time import perf_counter, process_time
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
from etp.enums import Mode  # noqa: E402
from etp.models import (  # noqa: E402
    Assessment,
    Facilitator,
    Opening,
    Place,
    Session,
    Site,
    Workshop,
)
from network.actions.roles import grant_role  # noqa: E402
from network.enums import PathwayState, Role, Sex  # noqa: E402
from network.models import Patient, User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402
from tests.factories.etp import (  # noqa: E402
    make_facilitator,
    make_participant,
    make_programme,
    make_site,
    make_workshop,
    open_to,
)
from tests.factories.network import make_user  # noqa: E402

WARM = 20  # bookings by each process before the measure
ROUND = 20  # bookings of one process on the wanted session before its seats are freed
SEATS = 50
PATIENT = "patient@example.org"
VIEWS = 7


def main(sizes: Namespace) -> None:
    began = perf_counter()
    call_command("migrate", verbosity=0)
    _say(f"tables made in {perf_counter() - began:.0f} s")
    began = perf_counter()
    _fill(sizes)
    _say(f"rows made in {perf_counter() - began:.0f} s")
    _say(f"\n{connection.vendor}, places in workshops")
    _say(f"{'':<42}{'1 process':>14}{'2 processes':>14}")
    for where, words in (("hot", "one session"), ("spread", f"{sizes.sessions} sessions")):
        ours = [_rate(f"book-{where}", count, sizes) for count in (1, 2)]
        _line(f"bookings a second, {words}", *(each[0] for each in ours))
        _line("CPU ms a booking", *(each[1] for each in ours), digits=2)
        rows = [_rate(f"write-{where}", count, sizes) for count in (1, 2)]
        _line("  rows alone, a second", *(each[0] for each in rows))
        _line("  rows alone, CPU ms", *(each[1] for each in rows), digits=2)
        ratios = [one[0] / other[0] for one, other in zip(ours, rows, strict=True)]
        _line("  ratio", *ratios, digits=2)
    inside, after = _statements()
    _line("statements a booking, then to wake mails", inside, after)
    _say(f"{'':<42}{'ms (median)':>14}{'CPU ms':>14}{'queries':>14}")
    for sessions in sizes.pages:
        _line(f"{reverse('etp:mine')}, {sessions} sessions", *_page(sessions))


def _line(label: str, *figures: float, digits: int = 0) -> None:
    _say(f"{label:<42}" + "".join(f"{figure:>14,.{digits}f}" for figure in figures))


def _say(line: str) -> None:
    """At once, even into a file: a long run is followed as it goes."""
    print(line, flush=True)


# --- Sessions and people, once


def _fill(sizes: Namespace) -> None:
    """A workshop for each measure, and the patients to whom all of them are open."""
    if Patient.objects.exclude(email="").exists():
        raise SystemExit("this database has patients already: name an empty one")
    with transaction.atomic():
        programme, coordinator = make_programme(), make_user(Role.COORDINATOR)
        workshops = []
        measures = ("book-hot", "write-hot", "book-spread", "write-spread")
        for hour, (measure, processes) in enumerate(product(measures, (1, 2))):
            workshop = make_workshop(programme=programme, title=f"{measure}-{processes}")
            workshops.append(workshop)
            # an hour of its own: the same patients book for every measure
            count = 1 if "hot" in measure else sizes.sessions
            _add_sessions(workshop, count, timedelta(days=10, hours=2 * hour), timedelta(days=1))
        make_workshop(programme=programme, title="page")
        _add_people(2 * (sizes.bookings + WARM), workshops, coordinator)


def _add_sessions(
    workshop: Workshop, count: int, first: timedelta, between: timedelta, *, done: int = 0
) -> None:
    """Sessions `between` one another, the first of all `first` after now; `done` are there."""
    site = Site.objects.first() or make_site()
    facilitator = Facilitator.objects.first() or make_facilitator()
    starts = [clock.now() + first + each * between for each in range(done, count)]
    Session.objects.bulk_create(
        Session(
            workshop=workshop,
            site=site,
            facilitator=facilitator,
            starts_at=each,
            ends_at=each + timedelta(minutes=workshop.minutes),
            mode=Mode.ON_SITE,
            capacity=SEATS,
        )
        for each in starts
    )


def _add_people(count: int, workshops: list[Workshop], coordinator: User) -> None:
    now, today = clock.now(), clock.today()
    people = Patient.objects.bulk_create(
        Patient(
            code=f"B{number:06d}",
            birth_name=f"Dédale{number}",
            first_names="Lou",
            sex=Sex.FEMALE,
            birth_date=today - timedelta(days=12_000 + number),
            email=f"b{number}@example.org",
            state=PathwayState.FOLLOWED,
            requested_on=today - timedelta(days=60),
            completed_on=today - timedelta(days=50),
            included_on=today - timedelta(days=40),
        )
        for number in range(count)
    )
    assessments = Assessment.objects.bulk_create(
        Assessment(
            patient=each,
            number=1,
            held_on=today,
            led_by=coordinator,
            consent_on=today,
            started_at=now,
            closed_at=now,
        )
        for each in people
    )
    Opening.objects.bulk_create(
        Opening(
            patient=each.patient,
            workshop=workshop,
            assessment=each,
            opened_at=now,
            opened_by=coordinator,
        )
        for each, workshop in product(assessments, workshops)
    )


def _sessions(measure: str, processes: int) -> list[Session]:
    return list(Session.objects.filter(workshop__title=f"{measure}-{processes}").order_by("pk"))


# --- Booking, by one process or two


def _rate(measure: str, processes: int, sizes: Namespace) -> tuple[float, float]:
    """Bookings a second by all processes together, and CPU milliseconds a booking."""
    size = ("--bookings", str(sizes.bookings))
    command = [sys.executable, "-m", "bench.places", *size, "--work", measure, str(processes)]
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
    rate = sum(sizes.bookings / each for each in seconds)
    return rate, 1000 * sum(spent) / (sizes.bookings * processes)


def work(measure: str, processes: int, number: int, bookings: int) -> None:
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
    for rank, patient in enumerate(people[WARM : WARM + bookings]):
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


def _statements() -> tuple[int, int]:
    """Those of the transaction, without its own begin and end; those that follow it."""
    session = _sessions("book-spread", 1)[-1]
    patient = Patient.objects.filter(code__startswith="B").latest("pk")
    Place.objects.filter(patient=patient).update(state="cancelled", seat=None, ended_at=clock.now())
    with CaptureQueriesContext(connection) as queries:
        place(session, patient)
    words = [each["sql"].split()[0] for each in queries]
    end = words.index("COMMIT")
    return end - words.index("BEGIN") - 1, len(words) - end - 1


# --- A patient's page


def _page(sessions: int) -> tuple[float, float, float]:
    """Server time by the clock and the processor (median), and queries, through all layers."""
    workshop = Workshop.objects.get(title="page")
    done = workshop.sessions.count()
    _add_sessions(workshop, sessions, timedelta(days=5), timedelta(hours=1), done=done)
    client = _patient(workshop)
    address = reverse("etp:mine")
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code  # noqa: S101
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        queries = len(captured)
    times, spent = [], []
    for _ in range(VIEWS):
        began, used = perf_counter(), process_time()
        client.get(address)
        times.append(perf_counter() - began)
        spent.append(process_time() - used)
    return 1000 * statistics.median(times), 1000 * statistics.median(spent), queries


def _patient(workshop: Workshop) -> Client:
    user = User.objects.filter(email=PATIENT).first()
    if user is None:
        user = User.objects.create_user(PATIENT, "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=Role.PATIENT, by=None, now=clock.now())
        open_to(make_participant(user=user), workshop)
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    return client


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m bench.places")
    parser.add_argument("--bookings", type=int, default=300, help="by each process")
    parser.add_argument("--sessions", type=int, default=100, help="those that share the bookings")
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 500], help="sessions to come")
    parser.add_argument("--work", nargs=3, help="one process of a measure, begun by the others")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    if asked.work:
        measure, processes, number = asked.work
        work(measure, int(processes), int(number), asked.bookings)
    else:
        main(asked)
