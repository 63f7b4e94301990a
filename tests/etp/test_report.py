"""The yearly report against the raw rows, recounted in plain Python over worlds drawn at random."""

import zipfile
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from etp.enums import Mode, PlaceState, Theme
from etp.exports.report import report_frame
from etp.models import Assessment, Evaluation, Facilitator, Feedback, Place, Session
from etp.rules.report import Share, wait_share
from etp.selectors.report import yearly_report, years
from network.enums import LinkRole, Profession, Role
from network.models import CareLink, Patient, User
from portal.kit import clock
from tests.factories.etp import (
    NOW,
    attend,
    make_assessment,
    make_facilitator,
    make_session,
    make_site,
    make_workshop,
)
from tests.factories.network import make_link, make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
STATES = [
    PlaceState.BOOKED,
    PlaceState.ATTENDED,
    PlaceState.ATTENDED,
    PlaceState.ATTENDED,
    PlaceState.ABSENT,
    PlaceState.EXCUSED,
]


def draw_world(seed: int) -> None:
    """Patients, assessments, sessions and what came of them, around the turn of two years."""
    luck = Random(seed)

    def some_day(first: date = date(2025, 6, 1), days: int = 520) -> date:
        return first + timedelta(days=luck.randrange(days))

    by, site = make_user(Role.COORDINATOR), make_site()
    people = [make_facilitator(certificate=luck.choice(["", "Vue"])) for _ in range(4)]
    doctors = [
        make_professional(profession=Profession.DOCTOR, employee=employee)
        for employee in (False, True)
    ]
    workshops = [make_workshop(theme=theme) for theme in Theme]
    sessions = []
    for _ in range(30):
        day = some_day()
        starts_at = datetime(
            day.year, day.month, day.day, luck.choice([0, 9, 23]), 30, tzinfo=PARIS
        )
        mode = luck.choice(list(Mode))
        sessions.append(
            make_session(
                luck.choice(workshops),
                starts_at=starts_at,
                seats=20,
                mode=mode,
                site=site if mode == Mode.ON_SITE else None,
                facilitator=luck.choice(people),
                cancelled_at=luck.choice([None] * 4 + [NOW]),
            )
        )
    for _ in range(14):
        included = some_day(date(2025, 1, 1), 500)
        left = luck.choice([None, None, included + timedelta(days=luck.randrange(300))])
        patient = make_patient(
            requested_on=included, completed_on=None, included_on=included, left_on=left
        )
        if luck.random() < 0.8:
            link = make_link(
                patient=patient,
                professional=luck.choice(doctors),
                role=LinkRole.TREATING_DOCTOR,
                starts_on=some_day(included, 90),
            )
            if luck.random() < 0.3:
                CareLink.objects.filter(pk=link.pk).update(
                    ends_on=link.starts_on + timedelta(days=luck.randrange(200))
                )
        for _version in range(luck.randrange(3)):
            sheet = make_assessment(patient, by=by, held_on=some_day(included, 200))
            if luck.random() < 0.6:
                Evaluation.objects.create(
                    assessment=sheet,
                    held_on=some_day(),
                    led_by=by,
                    summary="Dit.",
                    satisfaction=luck.choice([None, 3, 6, 7, 10]),
                )
        for session in luck.sample(sessions, luck.randrange(9)):
            place = attend(session, patient, state=luck.choice(STATES))
            if place.state == PlaceState.ATTENDED and luck.random() < 0.7:
                Feedback.objects.create(place=place, at=NOW, useful=luck.randrange(1, 6))


def share(hits: int, whole: int) -> Share:
    return Share(hits, whole)


def recount(year: int, now: datetime) -> dict[str, Share]:
    """The same figures, from nothing but the rows."""

    def in_year(day: date | None) -> bool:
        return day is not None and day.year == year

    sessions = {
        row["id"]: row
        for row in Session.objects.values()
        if in_year(row["starts_at"].astimezone(PARIS).date()) and row["starts_at"] < now
    }
    held = {key: row for key, row in sessions.items() if row["cancelled_at"] is None}
    everything = {row["id"]: row for row in Session.objects.values()}
    places = [row for row in Place.objects.values() if row["session_id"] in held]
    came = [row for row in places if row["state"] == "attended"]
    times: dict[int, int] = defaultdict(int)
    for row in came:
        times[row["patient_id"]] += 1
    closed: list[dict[str, Any]] = [
        dict(row) for row in Assessment.objects.values() if row["closed_at"]
    ]
    mine = [row for row in closed if in_year(row["held_on"])]
    patients: dict[int, dict[str, Any]] = {row["id"]: dict(row) for row in Patient.objects.values()}
    owner = {row["id"]: row["patient_id"] for row in closed}
    evaluations = [row for row in Evaluation.objects.values() if in_year(row["held_on"])]
    evaluated = {owner[row["assessment_id"]] for row in evaluations}
    followed = [
        row
        for row in patients.values()
        if row["included_on"].year <= year
        and (row["left_on"] is None or row["left_on"].year >= year)
    ]
    staff = {row["id"]: row for row in Facilitator.objects.values()}
    gave = {row["facilitator_id"] for row in held.values()}
    trained = {pk for pk in gave if staff[pk]["training_hours"] >= 40 and staff[pk]["certificate"]}
    told = [
        row["useful"]
        for row in Feedback.objects.values()
        if row["place_id"] in {place["id"] for place in places}
    ]
    marks = [row["satisfaction"] for row in evaluations if row["satisfaction"] is not None]
    first: dict[int, date] = {}
    for sheet in closed:
        first[sheet["patient_id"]] = min(first.get(sheet["patient_id"], date.max), sheet["held_on"])
    arrival: dict[int, date] = {}
    for row in Place.objects.filter(state="attended").values():
        day = everything[row["session_id"]]["starts_at"].astimezone(PARIS).date()
        arrival[row["patient_id"]] = min(arrival.get(row["patient_id"], date.max), day)
    to_sheet = [
        (day - patients[pk]["included_on"]).days for pk, day in first.items() if in_year(day)
    ]
    to_workshop = [
        (day - first[pk]).days
        for pk, day in arrival.items()
        if pk in first and in_year(day) and day <= now.astimezone(PARIS).date()
    ]
    return {
        "assessed": share(len({row["patient_id"] for row in mine}), len(followed)),
        "completed": share(
            len([pk for pk, count in times.items() if count >= 3 and pk in evaluated]), len(times)
        ),
        "held": share(len(held), len(sessions)),
        "attendance": share(
            len(came), len([r for r in places if r["state"] in ("attended", "absent", "excused")])
        ),
        "trained": share(len(trained), len(gave)),
        "city": share(len(_of_the_city(mine)), len({row["patient_id"] for row in mine})),
        "useful": share(len([each for each in told if each >= 4]), len(told)),
        "satisfied": share(len([each for each in marks if each >= 7]), len(marks)),
        "wait_assessment": _wait(to_sheet, 30),
        "wait_workshop": _wait(to_workshop, 60),
    }


def _of_the_city(sheets: list[dict[str, Any]]) -> set[int]:
    links = CareLink.objects.filter(role="treating_doctor").select_related("professional")
    found = set()
    for sheet in sheets:
        for link in links:
            on = sheet["held_on"]
            covers = link.starts_on <= on and (link.ends_on is None or on <= link.ends_on)
            if link.patient_id == sheet["patient_id"] and covers:
                found |= set() if link.professional.employee else {sheet["patient_id"]}
    return found


def _wait(days: list[int], soon: int) -> Share:
    return Share(len([d for d in days if d <= soon]), len(days), median(days) if days else None)


@pytest.mark.parametrize("seed", range(4))
def test_report_says_what_the_rows_say(seed: int) -> None:
    draw_world(seed)
    for year, now in ((2025, NOW), (2026, NOW), (2026, NOW + timedelta(days=100))):
        found = yearly_report(year, now=now)
        shares = {each.key: each.share for each in found.indicators}
        assert shares == recount(year, now)
        assert sum(each.share.part for each in found.sessions) == shares["held"].part
        assert {each.share.whole for each in found.sessions} <= {shares["held"].part}


def test_years_are_those_with_something_to_report() -> None:
    make_session(starts_at=datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    make_assessment(held_on=date(2026, 3, 1))
    assert years() == [2026, 2025]


def test_few_are_told() -> None:
    assert [Share(1, whole).is_few for whole in (0, 1, 10, 11)] == [False, True, True, False]
    assert wait_share([10, 40, 30], 30) == Share(2, 3, 30.0)
    assert wait_share([], 30) == Share(0, 0, None)


def test_page_and_spreadsheet_hold_the_same_figures(
    signed_in: Callable[[User], Client],
) -> None:
    draw_world(1)
    client = signed_in(make_user(Role.COORDINATOR))
    page = client.get(reverse("etp:report"), {"annee": "2026"}).content.decode()
    file = client.get(reverse("etp:report_sheet"), {"annee": "2026"})
    assert file["Content-Disposition"] == 'attachment; filename="rapport-2026.xlsx"'
    assert zipfile.is_zipfile(BytesIO(file.content))
    rows = report_frame(yearly_report(2026, now=clock.now())).to_dict("records")
    assert len(rows) >= 10
    for row in rows:
        assert f"{row['Numérateur']} sur {row['Dénominateur']}" in page


def test_report_asks_the_same_whatever_the_volume(signed_in: Callable[[User], Client]) -> None:
    client = signed_in(make_user(Role.COORDINATOR))
    path = reverse("etp:report")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path, {"annee": "2026"})
        return len(queries)

    draw_world(1)
    asked()
    few = asked()
    draw_world(2)
    assert asked() == few
