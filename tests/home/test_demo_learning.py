"""What the demo's people learned, told at any reference date, is all in its past."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import models
from django.db.models import Max

from home.demo_data.calendar import at
from tests.databases import DatabaseCopy
from tests.home.demo import DEFAULT, demo_at
from tests.proofs.scale import scaled
from training.models import (
    Answer,
    Attestation,
    CardChange,
    Enrolment,
    LessonRead,
    Meeting,
    Return,
    Run,
    SignOff,
)

pytestmark = pytest.mark.prove
DATES = [DEFAULT, date(2028, 2, 29), date(2027, 1, 1), date(2027, 2, 28), date(2027, 3, 1)]
DATED: list[tuple[type[models.Model], tuple[str, ...]]] = [
    (SignOff, ("at",)),
    (CardChange, ("at",)),
    (Enrolment, ("started_at", "completed_at")),
    (LessonRead, ("read_at",)),
    (Run, ("started_at", "shown_at", "finished_at")),
    (Answer, ("given_at",)),
    (Return, ("sent_at",)),
    (Attestation, ("issued_on",)),
]


@pytest.fixture(scope="module", params=DATES[: scaled(1, len(DATES))], ids=str)
def reference(
    request: pytest.FixtureRequest, django_db_setup: DatabaseCopy, django_db_blocker: Any
) -> Iterator[date]:
    on: date = request.param
    with django_db_blocker.unblock(), demo_at(django_db_setup, on, learned=True):
        yield on


def latest(model: type[models.Model], field: str) -> date | datetime | None:
    found: date | datetime | None = model._default_manager.aggregate(last=Max(field))["last"]
    return found


def test_nothing_learned_is_dated_after_the_reference(reference: date) -> None:
    ends = {"issued_on": reference}
    late = {
        (model.__name__, field): last
        for model, fields in DATED
        for field in fields
        if (last := latest(model, field)) and last > ends.get(field, at(reference, 9))
    }
    assert late == {}


def test_people_learned_what_the_design_tells(reference: date) -> None:
    completed = Enrolment.objects.exclude(completed_at=None).count()
    assert Enrolment.objects.count() == 12
    assert completed >= 8
    of_modules = Attestation.objects.exclude(module_key__in=Meeting.objects.values("key"))
    assert of_modules.count() == completed
    returned = set(Run.objects.exclude(return_day=0).values_list("return_day", flat=True))
    assert returned >= {7, 30}  # a year told in its first months has no ninety days behind it
