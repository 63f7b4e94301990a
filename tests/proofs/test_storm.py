"""Storms and kills over HTTP against real server processes, on whichever database the tests use."""

import json
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fees.enums import Decision, Kind, WindowKind
from fees.models import Act, ActStep, PolicyVersion
from network.models import JournalEntry, Patient, Professional
from portal.kit import clock
from tests.doors import sign_in
from tests.factories.fees import account, log
from tests.factories.network import make_link, make_patient, make_professional
from tests.proofs.client import Noting
from tests.proofs.scale import SCALE, scaled
from tests.proofs.server import Server, serving
from tests.proofs.threads import recount

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]

LEFT = 3
AT_ONCE = scaled(40, 200)
SAME = scaled(20, 50)


@pytest.fixture
def today() -> date:
    """One window over the days of the storm, even in January."""
    PolicyVersion.objects.update(window=WindowKind.FOLLOW_UP)
    return clock.today()


@pytest.fixture
def physios() -> list[tuple[Professional, str]]:
    """Four physiotherapists, each with an open session."""
    return [(each, session_of(each)) for each in (make_professional() for _ in range(4))]


def session_of(professional: Professional) -> str:
    client = Client()
    sign_in(client, account(professional))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def followed(physios: list[tuple[Professional, str]], today: date) -> Patient:
    patient = make_patient(
        requested_on=today - timedelta(days=100),
        completed_on=today - timedelta(days=100),
        included_on=today - timedelta(days=100),
    )
    for physio, _ in physios:
        make_link(patient=patient, professional=physio)
    return patient


def noting(server: Server, session: str, patient: Patient, day: date) -> Noting:
    fields = {
        "request_id": str(uuid4()),
        "patient": str(patient.pk),
        "kind": Kind.KINE_REMOB.value,
        "done_on_0": "other",
        "done_on_1": day.isoformat(),
    }
    return Noting(server.port, reverse("fees:log_act"), session, fields)


def storm(notings: list[Noting]) -> list[tuple[int, str]]:
    """All at once: as many open connections as requests."""
    with ThreadPoolExecutor(len(notings)) as crowd:
        return list(crowd.map(Noting.send, notings))


def test_storm_on_the_last_slots(physios: list[tuple[Professional, str]], today: date) -> None:
    patient = followed(physios, today)
    for back in range(10 - LEFT):
        log(patient, physios[0][0], Kind.KINE_REMOB, today - timedelta(days=60 + back))
    with serving() as server:
        answers = storm(
            [
                noting(server, physios[n % 4][1], patient, today - timedelta(days=n // 4))
                for n in range(AT_ONCE)
            ]
        )
    assert Counter(status for status, _ in answers) == {302: AT_ONCE}
    assert len({place for _, place in answers}) == AT_ONCE
    new = Act.objects.filter(done_on__gt=today - timedelta(days=55))
    assert Counter(act.decision for act in new) == {
        Decision.ACCEPTED: LEFT,
        Decision.REFUSED: AT_ONCE - LEFT,
    }
    assert recount() == []


def test_same_key_many_times(physios: list[tuple[Professional, str]], today: date) -> None:
    patient = followed(physios, today)
    with serving() as server:
        answers = storm([noting(server, physios[0][1], patient, today)] * SAME)
    act = Act.objects.get()
    assert set(answers) == {(302, reverse("fees:act", args=[act.pk]))}
    assert ActStep.objects.count() == 1
    assert recount() == []


def test_kills_lose_nothing_and_double_nothing(
    physios: list[tuple[Professional, str]], today: date, tmp_path: Path
) -> None:
    """The server dies in the middle and comes back, and half of the people close their browser."""
    random = Random(SCALE)
    patients = [followed(physios, today) for _ in range(6)]
    kills = scaled(2, 12)
    with serving() as server:
        files = []
        for number, (_, session) in enumerate(physios * 2):
            path = tmp_path / f"{number}.jsonl"
            days = [today - timedelta(days=back) for back in range(number // 4, 80, 2)]
            requests = [noting(server, session, p, day) for p in patients for day in days]
            random.shuffle(requests)
            kept = requests[: scaled(12, 200)]
            path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in kept))
            files.append(path)
        people = [browser(path) for path in files]
        for turn in range(kills):
            time.sleep(random.uniform(0.3, 1.0))
            server.kill()
            if turn % 2 == 0 and len(people) > turn:
                people[turn // 2].kill()
            server.start()
        for person in people:
            person.wait(timeout=240)
    assert_nothing_lost(files)


def browser(path: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.proofs.client", str(path)]
    return subprocess.Popen(command, cwd=settings.BASE_DIR)


def assert_nothing_lost(files: list[Path]) -> None:
    done = [line.split() for path in files for line in lines(path.with_suffix(".done"))]
    assert {status for _, status, _ in done} == {"302"}
    acts = {str(act.request_id): act for act in Act.objects.all()}
    wrong = [key for key, _, place in done if place != reverse("fees:act", args=[acts[key].pk])]
    assert wrong == []
    asked = {json.loads(line)["fields"]["request_id"] for path in files for line in lines(path)}
    assert set(acts) <= asked
    logged = ActStep.objects.filter(move="logged").count()
    assert logged == len(acts)
    assert JournalEntry.objects.filter(verb="act.logged").count() == len(acts)
    assert len(done) > len(files)
    assert recount() == []


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
