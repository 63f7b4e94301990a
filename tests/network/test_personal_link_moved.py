"""The table of personal links came down from patient education with its rows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from network.models import PersonalLink
from tests.factories.network import make_patient

BEFORE = [("network", "0005_steps_append_only"), ("etp", "0004_closed_assessment_stays")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def back_and_forth() -> Iterator[None]:
    every = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield
    migrate(every)


@pytest.mark.django_db(transaction=True)
def test_links_keep_their_rows_both_ways(back_and_forth: None) -> None:
    patient = make_patient()
    now = timezone.now()
    link = PersonalLink.objects.create(
        patient=patient,
        token_hash="a" * 64,
        made_at=now,
        expires_at=now + timedelta(days=60),
        failures=2,
    )
    every = MigrationExecutor(connection).loader.graph.leaf_nodes()
    old = migrate(BEFORE).get_model("etp", "PersonalLink")
    assert list(old.objects.values_list("pk", "failures")) == [(link.pk, 2)]
    migrate(every)
    assert PersonalLink.objects.get().token_hash == "a" * 64
