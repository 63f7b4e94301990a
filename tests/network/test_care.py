"""Treating doctor, team and long-term conditions: dated, without gap or overlap."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from network.actions.care import (
    Ald,
    add_to_team,
    correct_ald,
    end_ald,
    record_ald,
    remove_from_team,
    set_treating_doctor,
)
from network.enums import AldKind, LinkRole, Profession, Role
from network.events import AldChanged, TreatingDoctorChanged
from network.models import AldPeriod, CareLink, JournalEntry, Patient, Professional, User
from network.selectors.care import team
from portal.kit import clock, events
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
Heard = Callable[[type], list[object]]
Commit = Callable[..., Any]


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    def listen(kind: type) -> list[object]:
        told: list[object] = []
        monkeypatch.setitem(events._LISTENERS, kind, [told.append])
        return told

    return listen


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def doctor() -> Professional:
    return make_professional(profession=Profession.DOCTOR)


def doctors(patient: Patient) -> list[tuple[Professional, date, date | None]]:
    links = CareLink.objects.filter(patient=patient, role=LinkRole.TREATING_DOCTOR)
    return [
        (each.professional, each.starts_on, each.ends_on) for each in links.order_by("starts_on")
    ]


def test_new_treating_doctor_ends_the_former_the_day_before(
    patient: Patient, by: User, heard: Heard, django_capture_on_commit_callbacks: Commit
) -> None:
    told = heard(TreatingDoctorChanged)
    first, second = doctor(), doctor()
    with django_capture_on_commit_callbacks(execute=True):
        set_treating_doctor(
            patient=patient, professional=first, on=date(2026, 1, 5), by=by, now=NOW
        )
        set_treating_doctor(
            patient=patient, professional=second, on=date(2026, 4, 1), by=by, now=NOW
        )
        set_treating_doctor(patient=patient, professional=second, on=TODAY, by=by, now=NOW)
    assert doctors(patient) == [
        (first, date(2026, 1, 5), date(2026, 3, 31)),
        (second, date(2026, 4, 1), None),
    ]
    assert told == [TreatingDoctorChanged(patient.pk)] * 2
    assert JournalEntry.objects.filter(verb="treating_doctor.set").count() == 2
    assert team(patient, date(2026, 3, 31)).treating_doctor.professional == first  # type: ignore[union-attr]
    assert team(patient, date(2026, 4, 1)).treating_doctor.professional == second  # type: ignore[union-attr]


def test_doctor_of_the_same_first_day_is_a_correction(patient: Patient, by: User) -> None:
    wrong, right = doctor(), doctor()
    for each in (wrong, right):
        set_treating_doctor(patient=patient, professional=each, on=TODAY, by=by, now=NOW)
    assert doctors(patient) == [(right, TODAY, None)]


@pytest.mark.parametrize(
    ("profession", "on", "wrong"),
    [
        (Profession.PHYSIO, TODAY, "professional"),
        (Profession.DOCTOR, date(2026, 3, 31), "on"),
        (Profession.DOCTOR, date(1970, 1, 1), "on"),
    ],
)
def test_treating_doctor_is_refused(
    patient: Patient, by: User, profession: Profession, on: date, wrong: str
) -> None:
    current = doctor()
    set_treating_doctor(patient=patient, professional=current, on=date(2026, 4, 1), by=by, now=NOW)
    other = make_professional(profession=profession)
    with pytest.raises(ValidationError) as refusal:
        set_treating_doctor(patient=patient, professional=other, on=on, by=by, now=NOW)
    assert list(refusal.value.message_dict) == [wrong]
    assert doctors(patient) == [(current, date(2026, 4, 1), None)]


def test_team_is_joined_once_left_once_and_joined_again(patient: Patient, by: User) -> None:
    physio = make_professional()
    link = add_to_team(patient=patient, professional=physio, on=date(2026, 2, 1), by=by, now=NOW)
    again = add_to_team(patient=patient, professional=physio, on=date(2026, 2, 1), by=by, now=NOW)
    assert again == link
    with pytest.raises(ValidationError):
        add_to_team(patient=patient, professional=physio, on=TODAY, by=by, now=NOW)
    for _ in range(2):
        remove_from_team(link=link, last_day=date(2026, 6, 30), by=by, now=NOW)
    with pytest.raises(ValidationError):
        add_to_team(patient=patient, professional=physio, on=date(2026, 6, 30), by=by, now=NOW)
    add_to_team(patient=patient, professional=physio, on=date(2026, 7, 1), by=by, now=NOW)
    spans = CareLink.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(spans) == [(date(2026, 2, 1), date(2026, 6, 30)), (date(2026, 7, 1), None)]
    assert JournalEntry.objects.filter(verb="team.left").count() == 1


def test_team_is_not_left_before_it_is_joined(patient: Patient, by: User) -> None:
    link = add_to_team(patient=patient, professional=make_professional(), on=TODAY, by=by, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        remove_from_team(link=link, last_day=date(2026, 11, 15), by=by, now=NOW)
    assert refusal.value.message_dict == {
        "last_day": ["La fin précède le début, le 16\u00a0novembre 2026."]
    }


def ald(start: date, end: date | None = None, kind: AldKind = AldKind.ALD_30) -> Ald:
    return Ald(kind=kind, starts_on=start, ends_on=end, proof="attestation")


def test_ald_is_recorded_corrected_and_ended_and_told(
    patient: Patient, by: User, heard: Heard, django_capture_on_commit_callbacks: Commit
) -> None:
    told = heard(AldChanged)
    with django_capture_on_commit_callbacks(execute=True):
        period = record_ald(patient=patient, ald=ald(date(2026, 3, 1)), by=by, now=NOW)
        assert record_ald(patient=patient, ald=ald(date(2026, 3, 1)), by=by, now=NOW) == period
        correct_ald(period=period, ald=ald(date(2026, 2, 1)), by=by, now=NOW)
        correct_ald(period=period, ald=ald(date(2026, 2, 1)), by=by, now=NOW)
        end_ald(period=period, last_day=date(2026, 9, 30), by=by, now=NOW)
        end_ald(period=period, last_day=date(2026, 9, 30), by=by, now=NOW)
    period.refresh_from_db()
    assert (period.starts_on, period.ends_on) == (date(2026, 2, 1), date(2026, 9, 30))
    assert told == [AldChanged(patient.pk)] * 3
    lines = JournalEntry.objects.filter(verb__startswith="ald.").order_by("pk")
    assert [(each.verb, each.subject, each.reason) for each in lines] == [
        ("ald.recorded", "", ""),
        ("ald.corrected", "", "01/03/2026 –"),
        ("ald.ended", "", ""),
    ]


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        (ald(date(2026, 6, 30)), "starts_on"),
        (ald(date(2025, 1, 1), date(2026, 1, 1)), "starts_on"),
        (ald(date(1979, 1, 1), date(1979, 2, 1)), "starts_on"),
        (ald(date(2026, 8, 1), date(2026, 7, 31)), "ends_on"),
    ],
)
def test_ald_is_refused(patient: Patient, by: User, period: Ald, wrong: str) -> None:
    record_ald(patient=patient, ald=ald(date(2026, 1, 1), date(2026, 6, 30)), by=by, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        record_ald(patient=patient, ald=period, by=by, now=NOW)
    assert list(refusal.value.message_dict) == [wrong]
    assert AldPeriod.objects.count() == 1


def test_ald_of_another_kind_or_of_the_next_day_is_taken(patient: Patient, by: User) -> None:
    record_ald(patient=patient, ald=ald(date(2026, 1, 1), date(2026, 6, 30)), by=by, now=NOW)
    record_ald(patient=patient, ald=ald(date(2026, 7, 1)), by=by, now=NOW)
    record_ald(patient=patient, ald=ald(date(2026, 1, 1), None, AldKind.ALD_31), by=by, now=NOW)
    assert AldPeriod.objects.count() == 3


def test_ended_ald_is_not_prolonged_by_its_end(patient: Patient, by: User) -> None:
    period = record_ald(
        patient=patient, ald=ald(date(2026, 1, 1), date(2026, 6, 30)), by=by, now=NOW
    )
    with pytest.raises(ValidationError):
        end_ald(period=period, last_day=date(2026, 12, 31), by=by, now=NOW)


def test_pages_write_the_facts_of_care(
    patient: Patient, by: User, signed_in: Callable[[User], Client]
) -> None:
    client, physician, physio = signed_in(by), doctor(), make_professional()
    code = patient.code
    client.post(
        reverse("network:treating_doctor", args=[code]),
        {"professional": physician.pk, "on": "16/11/2026"},
    )
    client.post(
        reverse("network:team_join", args=[code]), {"professional": physio.pk, "on": "16/11/2026"}
    )
    link = CareLink.objects.get(professional=physio)
    client.post(reverse("network:team_leave", args=[code, link.pk]), {"last_day": "17/11/2026"})
    facts = {"kind": "30", "starts_on": "1/3/2026", "ends_on": "", "proof": "attestation"}
    client.post(reverse("network:ald_add", args=[code]), facts)
    period = AldPeriod.objects.get()
    client.post(
        reverse("network:ald_edit", args=[code, period.pk]), facts | {"starts_on": "2026-02-01"}
    )
    client.post(reverse("network:ald_end", args=[code, period.pk]), {"last_day": "30/06/2026"})
    link.refresh_from_db()
    period.refresh_from_db()
    assert doctors(patient) == [(physician, TODAY, None)]
    assert link.ends_on == date(2026, 11, 17)
    assert (period.starts_on, period.ends_on) == (date(2026, 2, 1), date(2026, 6, 30))


def test_refused_fact_is_told_beside_its_field(
    patient: Patient, by: User, signed_in: Callable[[User], Client]
) -> None:
    facts = {"kind": "30", "starts_on": "31/04/2026", "ends_on": "", "proof": "attestation"}
    address = reverse("network:ald_add", args=[patient.code])
    answer = signed_in(by).post(address, facts)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "starts_on": ["Avril 2026 a 30 jours\u00a0: vérifiez le jour."]
    }
    answer = signed_in(by).post(address, facts | {"starts_on": ""})
    assert answer.context["form"].errors == {"starts_on": ["Indiquez la date de début."]}
    answer = signed_in(by).post(
        address, facts | {"starts_on": "01/04/2026", "ends_on": "31/03/2026"}
    )
    assert answer.context["form"].errors == {"ends_on": ["La fin de l’ALD précède son début."]}


def test_facts_of_another_patient_are_not_found(
    patient: Patient, by: User, signed_in: Callable[[User], Client]
) -> None:
    other = make_patient()
    period = record_ald(patient=other, ald=ald(TODAY), by=by, now=NOW)
    link = add_to_team(patient=other, professional=make_professional(), on=TODAY, by=by, now=NOW)
    client = signed_in(by)
    for name, pk in [("ald_edit", period.pk), ("ald_end", period.pk), ("team_leave", link.pk)]:
        address = reverse(f"network:{name}", args=[patient.code, pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"last_day": "16/11/2026"}).status_code == 404
