"""Acts per second through the real action, beside the same rows written without any rule.

    DATABASE_URL=… python -m bench.acts [ACTS]

Fills the database at DATABASE_URL, if it is empty, with ACTS acts (`load_volume`), then notes more
of them by one process and by two, each act in its own transaction as in the portal. The limit is
the driver alone: the patient's lock, what the cap holds, the act, its step and its journal line,
which decides nothing. Then the pages that grow with the acts, through the whole portal.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from fees.actions.log import log_act  # noqa: E402
from fees.declaration import Declaration  # noqa: E402
from fees.enums import Kind  # noqa: E402
from fees.models import Act  # noqa: E402
from network.actions.roles import grant_role  # noqa: E402
from network.enums import Profession, Role  # noqa: E402
from network.models import CareLink, Patient, Professional, User  # noqa: E402
from portal.kit import clock  # noqa: E402
from tests.doors import sign_in  # noqa: E402

NOTED = 400  # acts by each process
WARM = 20
VIEWS = 7
MOST_PATIENTS = 12_000
MOST_PAGE = 150  # milliseconds
PAGES = (
    ("fees:my_acts", "", Role.CLINICIAN),
    ("fees:control", "", Role.ACCOUNTANT),
    ("fees:control", "?state=all", Role.ACCOUNTANT),
    ("home:dashboard", "", Role.ACCOUNTANT),
    ("fees:arbitrations", "", Role.MEDICAL_DIRECTOR),
)


def main(acts: int) -> None:
    call_command("migrate", verbosity=0)
    if not Act.objects.exists():
        patients = min(MOST_PATIENTS, max(250, acts // 80))
        call_command("load_volume", acts=acts, patients=patients, stdout=StringIO())
    if not Professional.objects.filter(user__isnull=False).exists():
        _add_people()
    print(f"\n{connection.vendor}, {Act.objects.count():,} acts stored")
    print(f"{'':<34}{'1 process':>14}{'2 processes':>14}")
    alone, both = _rate("note", 1), _rate("note", 2)
    raw_alone, raw_both = _rate("write", 1), _rate("write", 2)
    _line("acts a second, noted", alone[0], both[0])
    _line("acts a second, rows alone", raw_alone[0], raw_both[0])
    _line("ratio", alone[0] / raw_alone[0], both[0] / raw_both[0], digits=2)
    _line("CPU ms an act, noted", alone[1], both[1], digits=2)
    _line("CPU ms an act, rows alone", raw_alone[1], raw_both[1], digits=2)
    print(f"{'statements an act':<34}{_statements():>14}")
    print(f"{'':<34}{'ms (median)':>14}{'queries':>14}{'limit, ms':>14}")
    for name, query, role in PAGES:
        address = reverse(name) + query
        _line(address, *_page(address, role), MOST_PAGE)


def _line(label: str, *figures: float, digits: int = 0) -> None:
    print(f"{label:<34}" + "".join(f"{figure:>14,.{digits}f}" for figure in figures))


def _add_people() -> None:
    """An account for each who opens a page; the clinician is the busiest physiotherapist."""
    now = clock.now()
    for role in (Role.CLINICIAN, Role.ACCOUNTANT, Role.MEDICAL_DIRECTOR):
        user = User.objects.create_user(f"{role}@example.org", "fil-rouge-du-labyrinthe")
        grant_role(user=user, role=role, by=None, now=now)
        if role is Role.CLINICIAN:
            links = CareLink.objects.filter(professional__profession=Profession.PHYSIO)
            busy = statistics.mode(links.values_list("professional_id", flat=True))
            Professional.objects.filter(pk=busy).update(user=user)


# --- Noting, by one process or two


def _rate(work: str, processes: int) -> tuple[float, float]:
    """Acts a second by all processes together, and CPU milliseconds an act."""
    command = [sys.executable, "-m", "bench.acts", work]
    workers = [
        subprocess.Popen(  # noqa: S603 - ourselves
            [*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for number in range(processes)
    ]
    for worker in workers:
        _line_of(worker)
    for worker in workers:
        assert worker.stdin is not None  # noqa: S101
        worker.stdin.write("go\n")
        worker.stdin.flush()
    seconds, spent = zip(
        *(map(float, worker.communicate()[0].split()) for worker in workers), strict=True
    )
    acts = NOTED * processes
    return acts / max(seconds), 1000 * sum(spent) / acts


def _line_of(worker: "subprocess.Popen[str]") -> str:
    """Wait for a worker to say that it is ready."""
    assert worker.stdout is not None  # noqa: S101
    return worker.stdout.readline()


def work(name: str, number: int) -> None:
    """One process: warm up, say so, wait for the start, note, tell how long it took."""
    random = Random(number)
    people = list(Patient.objects.order_by("pk")[number::2][: NOTED + WARM])
    people = [random.choice(people) for _ in range(NOTED + WARM)]
    physio = _physio()
    do = {"note": note, "write": write}[name]
    calls = [prepared(patient, physio, random) for patient in people]
    for call in calls[:WARM]:
        do(*call)
    print("ready", flush=True)
    sys.stdin.readline()
    began, spent = perf_counter(), process_time()
    for call in calls[WARM:]:
        do(*call)
    print(perf_counter() - began, process_time() - spent)


def prepared(
    patient: Patient, physio: Professional, random: Random
) -> tuple[Patient, Professional, Any]:
    return patient, physio, clock.today() - timedelta(days=random.randrange(80))


def note(patient: Patient, physio: Professional, day: Any) -> None:
    assert physio.user is not None  # noqa: S101
    declared = Declaration(patient=patient, professional=physio, kind=Kind.KINE_REMOB, done_on=day)
    log_act(request_id=uuid4(), declared=declared, by=physio.user, now=clock.now())


def write(patient: Patient, physio: Professional, day: Any) -> None:
    """The rows of a refused act by the driver alone, durable like the others."""
    raw = connection.connection
    if raw is None:
        connection.ensure_connection()
        raw = connection.connection
    sqlite = connection.vendor == "sqlite"
    key, now = uuid4(), clock.now()
    values = (key.hex, str(day), str(now)) if sqlite else (key, day, now)
    cursor = raw.cursor()

    def run(statement: str, *arguments: object) -> None:
        cursor.execute(statement if sqlite else statement.replace("?", "%s"), arguments)

    run("BEGIN IMMEDIATE" if sqlite else "BEGIN")
    lock = "" if sqlite else " FOR NO KEY UPDATE"
    run(f"SELECT id FROM network_patient WHERE id = ?{lock}", patient.pk)  # noqa: S608
    run("SELECT kind, ordinal FROM fees_act WHERE patient_id = ?", patient.pk)
    cursor.fetchall()
    run(ACT, values[0], patient.pk, physio.pk, values[1], values[2], False, False)
    row = cursor.fetchone()[0]
    run(STEP, row, values[2])
    run(JOURNAL, values[2], patient.pk, f"acte {row}")
    run("COMMIT")


ACT = (
    "INSERT INTO fees_act (request_id, patient_id, professional_id, kind, done_on, entered_at,"
    " msp_declared, decided_by_person, state, decision, reasons, amount, cap) VALUES (?, ?, ?,"
    " 'KINE-REMOB', ?, ?, ?, ?, 'refused', 'refused', 'cap_reached', 0, 'KINE-REMOB') RETURNING id"
)
STEP = (
    "INSERT INTO fees_actstep (act_id, at, move, state, decision, reasons, amount, note)"
    " VALUES (?, ?, 'logged', 'refused', 'refused', 'cap_reached', 0, '')"
)
JOURNAL = (
    "INSERT INTO network_journalentry (at, patient_id, verb, subject, reason)"
    " VALUES (?, ?, 'act.logged', ?, '')"
)


def _physio() -> Professional:
    """The one with an account."""
    people = Professional.objects.filter(profession=Profession.PHYSIO).select_related("user")
    return people.get(user__isnull=False)


def _statements() -> int:
    patient = Patient.objects.order_by("-pk")[0]
    physio = _physio()
    with CaptureQueriesContext(connection) as queries:
        note(patient, physio, clock.today())
    return len(queries)


def _page(address: str, role: Role) -> tuple[float, float]:
    """Milliseconds of server time (median) and number of queries of a page, all its layers."""
    client = Client(headers={"host": "localhost"})
    sign_in(client, User.objects.get(email=f"{role}@example.org"))
    get: Callable[[], Any] = lambda: client.get(address)  # noqa: E731
    answer = get()
    assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101
    with CaptureQueriesContext(connection) as captured:
        get()
        queries = len(captured)
    times = []
    for _ in range(VIEWS):
        began = perf_counter()
        get()
        times.append(perf_counter() - began)
    return 1000 * statistics.median(times), queries


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work(sys.argv[1], int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
