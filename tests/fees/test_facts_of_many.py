"""Facts read for many acts are those read for each, by as many statements as for one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fees.enums import Kind
from fees.models import Act
from fees.selectors.facts import declared_in, gather
from fees.selectors.facts_of_many import facts_of_many
from network.enums import AldKind, Profession
from network.models import AldPeriod
from tests.factories.fees import log, make_rcp_file, make_treating_doctor, physio_days
from tests.factories.network import make_patient, make_professional

pytestmark = pytest.mark.django_db


def care_of_a_patient() -> None:
    """Acts of every kind, over two years, around an ALD, with proofs and without."""
    patient = make_patient(renewed_to=date(2027, 9, 1))
    doctor = make_treating_doctor(patient)
    physio = make_professional()
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST)
    AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_30, starts_on=date(2026, 6, 1))
    for day in (date(2026, 2, 3), date(2026, 5, 5), date(2026, 6, 9), date(2027, 2, 2)):
        log(patient, doctor, Kind.MED_BILAN, day)
        log(patient, psychologist, Kind.PSY_SUIVI, day)
    for day in physio_days(12):
        log(patient, physio, Kind.KINE_REMOB, day)
    whole = make_rcp_file(patient, attendees=(doctor, physio, psychologist))
    bare = make_rcp_file(patient, held_on=date(2026, 4, 7), minutes=None, attendees=(doctor,))
    for file in (whole, bare):
        day = file.meeting.held_on
        log(patient, doctor, Kind.RCP_MT, day, rcp_file=file)
        log(patient, physio, Kind.RCP_PARA, day, rcp_file=file)
        log(patient, physio, Kind.RCP_PARA, day + timedelta(days=1), rcp_file=file)


def acts() -> list[Act]:
    return list(Act.objects.select_related("patient", "professional", "rcp_file").order_by("pk"))


def test_facts_of_many_are_those_of_each() -> None:
    care_of_a_patient()
    care_of_a_patient()
    found = facts_of_many(acts())
    for act in acts():
        today = timezone.localdate(act.entered_at)
        alone = gather(declared_in(act), today=today, left_out=act.pk)
        many = found[act.pk]
        assert (many.claim, many.coverage, many.line, many.policy) == (
            alone.claim,
            alone.coverage,
            alone.line,
            alone.policy,
        )
        assert sorted(many.usage.ordinals) == sorted(alone.usage.ordinals)
        assert many.decide() == alone.decide()


def test_facts_of_many_ask_seven_statements() -> None:
    care_of_a_patient()
    counts = []
    for some in (acts()[:9], acts()):
        with CaptureQueriesContext(connection) as asked:
            facts_of_many(some)
        counts.append(len(asked))
    assert counts == [5, 7]  # without any RCP, neither a file nor a treating doctor is read
