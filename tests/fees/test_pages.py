"""The pages of acts, through the test client: what each person sees and can do."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fees.enums import Decision, Kind, State
from fees.models import Act, TariffLine
from network.enums import LinkRole, Profession, Role
from network.models import Patient, Professional, User
from portal.kit import clock
from tests.factories.fees import account, claim, log, make_rcp_file, make_treating_doctor, pay
from tests.factories.network import make_link, make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def physio() -> Professional:
    return make_professional(profession=Profession.PHYSIO)


@pytest.fixture
def patient(physio: Professional) -> Patient:
    return make_patient(included_on=clock.today() - timedelta(days=200), followed_by=physio)


def typed(patient: Patient, /, **changes: Any) -> dict[str, Any]:
    """What a physiotherapist sends for a session of today."""
    return {
        "request_id": str(uuid4()),
        "patient": patient.pk,
        "kind": Kind.KINE_REMOB.value,
        "done_on_when": "today",
        "done_on_day": "",
    } | changes


def full(patient: Patient, physio: Professional) -> None:
    """Ten sessions this year: the cap is reached."""
    year = clock.today().year
    for each in range(10):
        done_on = clock.today() - timedelta(days=each + 1)
        if done_on.year != year:
            pytest.skip("the first days of January have no ten days behind them")
        log(patient, physio, Kind.KINE_REMOB, done_on)


def proof_in(page: str) -> str:
    """What the page carries once it has shown a reason against the act."""
    found = re.search(r'name="read" value="([^"]+)"', page)
    return found.group(1) if found else ""


def test_act_noted_from_the_page_is_accepted(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    client = signed_in(account(physio))
    response = client.post(reverse("fees:log_act"), typed(patient))
    act = Act.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("fees:act", args=[act.pk]))
    assert (act.decision, act.done_on) == (Decision.ACCEPTED, clock.today())
    page = client.get(response["Location"]).content.decode()
    assert "Il reste 9\u00a0séances sur 10 en" in page


def test_double_click_notes_one_act(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    client = signed_in(account(physio))
    sent = typed(patient)
    answers = [client.post(reverse("fees:log_act"), sent)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Act.objects.count() == 1


def test_looking_at_the_cap_writes_nothing(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    client = signed_in(account(physio))
    response = client.post(reverse("fees:log_act"), typed(patient, check="1"))
    assert response.status_code == 200
    assert "1 sur 10 en" in response.content.decode()
    assert not Act.objects.exists()


def test_eleventh_session_says_the_rule_before_and_after(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    full(patient, physio)
    client = signed_in(account(physio))
    before = client.post(reverse("fees:log_act"), typed(patient, check="1")).content.decode()
    assert "Cet acte ne serait pas payé" in before
    assert "10\u00a0séances par patient en" in before
    assert "Noter sans paiement" in before
    sent = typed(patient, read=proof_in(before))
    after = client.post(reverse("fees:log_act"), sent, follow=True).content.decode()
    assert "Cet acte n’est pas payé" in after
    assert Act.objects.filter(state=State.REFUSED).count() == 1


def test_refusal_is_read_before_it_is_noted(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    full(patient, physio)
    client = signed_in(account(physio))
    address, sent = reverse("fees:log_act"), typed(patient)
    shown = client.post(address, sent)
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "Rien n’est noté encore" in page
    assert "10\u00a0séances par patient en" in page
    assert "Noter sans paiement" in page
    assert not Act.objects.filter(state=State.REFUSED).exists()
    answers = [client.post(address, sent | {"read": proof_in(page)})["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Act.objects.filter(state=State.REFUSED).count() == 1
    assert client.post(address, sent)["Location"] == answers[0]


@pytest.mark.parametrize(
    "read",
    ["", "bidon", "{patient} KINE-REMOB {other_day} cap_reached", "{patient} KINE-REMOB {day} "],
)
def test_refusal_read_of_another_act_is_shown_again(
    signed_in: SignedIn, physio: Professional, patient: Patient, read: str
) -> None:
    full(patient, physio)
    today = clock.today()
    proof = read.format(patient=patient.pk, day=today, other_day=today - timedelta(days=1))
    sent = typed(patient, read=proof)
    assert signed_in(account(physio)).post(reverse("fees:log_act"), sent).status_code == 422
    assert not Act.objects.filter(state=State.REFUSED).exists()


def test_arbitration_is_told_before_it_is_asked_for(signed_in: SignedIn) -> None:
    doctor = make_professional(profession=Profession.DOCTOR)
    patient = make_patient(included_on=clock.today() - timedelta(days=100), followed_by=doctor)
    for kind, days in ((Kind.MED_BILAN, 3), (Kind.MED_REEVAL, 2)):
        log(patient, doctor, kind, clock.today() - timedelta(days=days))
    client, address = signed_in(account(doctor)), reverse("fees:log_act")
    sent = typed(patient, kind=Kind.MED_REEVAL.value)
    page = client.post(address, sent).content.decode()
    assert ("irait à l’arbitrage" in page, "Noter et faire arbitrer" in page) == (True, True)
    client.post(address, sent | {"read": proof_in(page)})
    assert Act.objects.filter(decision=Decision.TO_ARBITRATE).count() == 1


def test_refusal_is_kept_as_a_draft_without_being_read(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    full(patient, physio)
    signed_in(account(physio)).post(reverse("fees:log_act"), typed(patient, draft="1"))
    assert Act.objects.filter(state=State.DRAFT).count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"patient": ""}, "Choisissez le patient."),
        ({"patient": "999999"}, "Sélectionnez un choix valide"),
        ({"kind": "MED-BILAN"}, "Sélectionnez un choix valide"),
        ({"kind": "RCP-PARA"}, "Aucune RCP n’est enregistrée"),
        ({"done_on_when": "other", "done_on_day": "2026-02-30"}, "Saisissez une date valide"),
        ({"done_on_when": "other", "done_on_day": ""}, "Indiquez le jour"),
        ({"request_id": "bidon"}, "UUID"),
    ],
)
def test_wrong_input_is_said_and_kept(
    signed_in: SignedIn,
    physio: Professional,
    patient: Patient,
    wrong: dict[str, Any],
    message: str,
) -> None:
    response = signed_in(account(physio)).post(reverse("fees:log_act"), typed(patient, **wrong))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Act.objects.exists()


def test_day_to_come_is_said_before_anything_is_written(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    sent = typed(patient, done_on_when="other", done_on_day=tomorrow.isoformat())
    client = signed_in(account(physio))
    for more in ({}, {"check": "1"}):
        page = client.post(reverse("fees:log_act"), sent | more).content.decode()
        assert "L’acte n’a pas encore eu lieu" in page
    assert not Act.objects.exists()


def test_patient_of_another_cannot_be_chosen(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    stranger = make_patient()
    response = signed_in(account(physio)).post(reverse("fees:log_act"), typed(stranger))
    assert response.status_code == 422
    assert not Act.objects.exists()


def test_psychologist_is_asked_about_mon_soutien_psy(signed_in: SignedIn) -> None:
    psychologist = make_professional(profession=Profession.PSYCHOLOGIST, rpps=None)
    patient = make_patient(
        included_on=clock.today() - timedelta(days=100), followed_by=psychologist
    )
    client = signed_in(account(psychologist))
    sent = typed(patient, kind=Kind.PSY_SUIVI.value)
    forgotten = client.post(reverse("fees:log_act"), sent)
    assert (forgotten.status_code, Act.objects.count()) == (422, 0)
    client.post(reverse("fees:log_act"), sent | {"msp_declared": "on"})
    assert Act.objects.get().decision == Decision.ACCEPTED
    unpaid = typed(patient, kind=Kind.PSY_SUIVI.value, done_on_when="yesterday")
    page = client.post(reverse("fees:log_act"), unpaid)
    assert (page.status_code, Act.objects.count()) == (422, 1)
    client.post(reverse("fees:log_act"), unpaid | {"read": proof_in(page.content.decode())})
    assert Act.objects.get(decision=Decision.REFUSED).reasons == "msp_not_declared"


def test_rcp_act_without_a_recorded_rcp_offers_nothing_to_send(signed_in: SignedIn) -> None:
    patient = make_patient(included_on=clock.today() - timedelta(days=100))
    doctor = make_treating_doctor(patient)
    looked = typed(patient, kind=Kind.RCP_MT.value, check="1")
    page = signed_in(account(doctor)).post(reverse("fees:log_act"), looked).content.decode()
    assert "Pas encore de RCP pour ce patient" in page
    assert ("Noter cet acte" in page, "Garder en brouillon" in page) == (False, False)


def test_caps_on_a_patients_page_thread_the_readers_own_acts_only(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    address = reverse("network:patient", args=[patient.code])
    page = signed_in(account(physio)).get(address).content.decode()
    assert (page.count('class="beads"'), "Suivi psychologique" in page) == (1, True)


def test_rcp_act_takes_the_day_of_the_meeting(signed_in: SignedIn) -> None:
    patient = make_patient(included_on=clock.today() - timedelta(days=100))
    doctor = make_treating_doctor(patient)
    nurse = make_professional(profession=Profession.NURSE)
    held_on = clock.today() - timedelta(days=10)
    file = make_rcp_file(
        patient, held_on=held_on, minutes=held_on, plan=held_on, attendees=(doctor, nurse)
    )
    sent = typed(patient, kind=Kind.RCP_MT.value, rcp_file=file.pk)
    signed_in(account(doctor)).post(reverse("fees:log_act"), sent)
    act = Act.objects.get()
    assert (act.done_on, act.decision, act.rcp_file) == (held_on, Decision.ACCEPTED, file)


def test_draft_is_kept_then_sent(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    client = signed_in(account(physio))
    client.post(reverse("fees:log_act"), typed(patient, draft="1"))
    draft = Act.objects.get()
    assert draft.state == State.DRAFT
    client.post(reverse("fees:send", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.state, draft.decision) == (State.SUBMITTED, Decision.ACCEPTED)


def test_draft_beyond_the_cap_is_sent_once_its_refusal_was_read(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    client = signed_in(account(physio))
    client.post(reverse("fees:log_act"), typed(patient, draft="1"))
    draft = Act.objects.get()
    address, send = (reverse(name, args=[draft.pk]) for name in ("fees:act", "fees:send"))
    before = client.get(address).content.decode()
    assert ("Envoyer cet acte" in before, proof_in(before)) == (True, "")
    full(patient, physio)
    unread = client.post(send)
    told = unread.content.decode()
    draft.refresh_from_db()
    assert (unread.status_code, draft.state) == (422, State.DRAFT)
    assert "Rien n’est noté encore" in told
    assert "Cet acte ne serait pas payé" in told
    assert "Envoyer sans paiement" in client.get(address).content.decode()
    assert client.post(send, {"read": proof_in(told)})["Location"] == address
    draft.refresh_from_db()
    assert (draft.state, draft.reasons) == (State.REFUSED, "cap_reached")


def test_draft_that_would_be_arbitrated_says_so_before_it_is_sent(signed_in: SignedIn) -> None:
    doctor = make_professional(profession=Profession.DOCTOR)
    patient = make_patient(included_on=clock.today() - timedelta(days=100), followed_by=doctor)
    client = signed_in(account(doctor))
    sent = typed(patient, kind=Kind.MED_REEVAL.value, draft="1")
    client.post(reverse("fees:log_act"), sent)
    draft = Act.objects.get()
    for kind, days in ((Kind.MED_BILAN, 3), (Kind.MED_REEVAL, 2)):
        log(patient, doctor, kind, clock.today() - timedelta(days=days))
    send = reverse("fees:send", args=[draft.pk])
    told = client.post(send).content.decode()
    assert "Envoyer et faire arbitrer" in told
    client.post(send, {"read": proof_in(told)})
    draft.refresh_from_db()
    assert (draft.state, draft.decision) == (State.SUBMITTED, Decision.TO_ARBITRATE)


def test_cancel_asks_a_reason(signed_in: SignedIn, physio: Professional, patient: Patient) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    client = signed_in(account(physio))
    assert client.post(reverse("fees:cancel", args=[act.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("fees:cancel", args=[act.pk]), {"reason": "Mauvais patient"})
    act.refresh_from_db()
    assert act.state == State.CANCELLED


def test_correction_replaces_the_act(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    sent = typed(patient, done_on_when="yesterday", reason="C’était hier")
    signed_in(account(physio)).post(reverse("fees:replace", args=[act.pk]), sent)
    new = Act.objects.get(replaces=act)
    assert (new.done_on, new.ordinal) == (clock.today() - timedelta(days=1), 1)


def test_correction_counts_without_the_act_that_it_replaces(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    full(patient, physio)
    last = Act.objects.latest("entered_at")
    client, address = signed_in(account(physio)), reverse("fees:replace", args=[last.pk])
    assert "Noter cet acte" in client.get(address).content.decode()
    client.post(address, typed(patient, reason="C’était aujourd’hui"))
    assert Act.objects.get(replaces=last).decision == Decision.ACCEPTED


def test_refused_correction_is_read_first_and_changes_nothing_before(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    sent = typed(patient, done_on_when="other", reason="Avant l’inclusion")
    sent["done_on_day"] = (clock.today() - timedelta(days=201)).isoformat()
    client, address = signed_in(account(physio)), reverse("fees:replace", args=[act.pk])
    page = client.post(address, sent).content.decode()
    act.refresh_from_db()
    assert (act.state, "Rien n’est noté encore" in page) == (State.SUBMITTED, True)
    client.post(address, sent | {"read": proof_in(page)})
    assert Act.objects.get(replaces=act).state == State.REFUSED


def test_accountant_sees_the_code_and_never_the_name(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    client = signed_in(make_user(Role.ACCOUNTANT))
    for address in (
        reverse("fees:control"),
        reverse("fees:control_act", args=[act.pk]),
        reverse("fees:control_export", args=["csv"]),
    ):
        page = client.get(address).content.decode()
        assert patient.code in page
        assert patient.birth_name not in page


def test_accountant_validates_an_act(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    claim(act, now=clock.now())
    signed_in(make_user(Role.ACCOUNTANT)).post(reverse("fees:validate", args=[act.pk]))
    act.refresh_from_db()
    assert act.state == State.VALIDATED


def test_accountant_reverses_a_paid_act_with_a_reason(
    signed_in: SignedIn, physio: Professional, patient: Patient
) -> None:
    accountant = make_user(Role.ACCOUNTANT)
    act = log(patient, physio, Kind.KINE_REMOB, clock.today())
    pay(act, now=clock.now())
    signed_in(accountant).post(reverse("fees:undo", args=[act.pk]), {"reason": "Indu"})
    act.refresh_from_db()
    assert act.state == State.REVERSED


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, 1),
        ({"state": "all"}, 2),
        ({"state": "submitted"}, 1),
        ({"state": "refused"}, 1),
        ({"state": "to_arbitrate"}, 0),
        ({"reason": "duplicate", "state": "all"}, 1),
        ({"reason": "cap_reached", "state": "all"}, 0),
        ({"profession": "physio", "state": "all"}, 2),
        ({"profession": "nurse"}, 0),
        ({"kind": "PSY-SUIVI"}, 0),
        ({"month": "2001-01"}, 0),
        ({"month": "demain", "state": "all"}, 2),
    ],
)
def test_control_filters_stay_in_the_address(
    signed_in: SignedIn,
    physio: Professional,
    patient: Patient,
    filters: dict[str, str],
    shown: int,
) -> None:
    for _ in range(2):
        log(patient, physio, Kind.KINE_REMOB, clock.today())
    response = signed_in(make_user(Role.ACCOUNTANT)).get(reverse("fees:control"), filters)
    page = response.context["page"]
    assert (len(page.object_list), page.paginator.count) == (shown, shown)


def test_states_under_way_stand_in_the_statement() -> None:
    """SQLite finds the index of what is under way by them; parameters hide it."""
    statement, _ = Act.objects.under_way().order_by().query.sql_with_params()
    assert statement.endswith(""""state" IN ('submitted', 'validated', 'in_batch')"""), statement


@pytest.mark.parametrize("state", ["", "all"])  # counted with the figures above, or by itself
def test_long_list_says_that_there_are_more(
    signed_in: SignedIn,
    physio: Professional,
    patient: Patient,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    monkeypatch.setattr("fees.views.control.PAGE", 1)
    monkeypatch.setattr("fees.views.pages.MOST", 2)
    client = signed_in(make_user(Role.ACCOUNTANT))
    told = []
    for day in range(3):
        log(patient, physio, Kind.KINE_REMOB, clock.today() - timedelta(days=day))
        page = client.get(reverse("fees:control"), {"state": state}).content.decode()
        told += re.findall(r"1 à 1 sur [^<]*", page)
    assert told == ["1 à 1 sur 2", "1 à 1 sur plus de 2"]


def test_medical_director_arbitrates(signed_in: SignedIn) -> None:
    doctor = make_professional(profession=Profession.DOCTOR)
    patient = make_patient(included_on=clock.today() - timedelta(days=100), followed_by=doctor)
    for days in (3, 2, 1):
        kind = Kind.MED_BILAN if days == 3 else Kind.MED_REEVAL
        act = log(patient, doctor, kind, clock.today() - timedelta(days=days))
    client = signed_in(make_user(Role.MEDICAL_DIRECTOR))
    assert patient.civil_name in client.get(reverse("fees:arbitrations")).content.decode()
    address = reverse("fees:arbitration", args=[act.pk])
    assert client.post(address, {"decision": "accept", "reason": ""}).status_code == 422
    client.post(address, {"decision": "accept", "reason": "Poussée douloureuse"})
    act.refresh_from_db()
    assert (act.decision, act.ordinal, act.limit) == (Decision.ACCEPTED, 3, 3)


def test_queue_of_arbitrations_is_paged(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("network.views.pages.PER_PAGE", 1)
    doctor = make_professional(profession=Profession.DOCTOR)
    for _ in range(2):
        patient = make_patient(included_on=clock.today() - timedelta(days=100), followed_by=doctor)
        for days, kind in ((3, Kind.MED_BILAN), (2, Kind.MED_REEVAL), (1, Kind.MED_REEVAL)):
            log(patient, doctor, kind, clock.today() - timedelta(days=days))
    page = signed_in(make_user(Role.MEDICAL_DIRECTOR)).get(reverse("fees:arbitrations"))
    assert (len(page.context["page"].object_list), page.context["page"].paginator.count) == (1, 2)


def test_administrator_supersedes_a_tariff(signed_in: SignedIn) -> None:
    start = clock.today() + timedelta(days=30)
    client = signed_in(make_user(Role.ADMINISTRATOR))
    address = reverse("fees:new_tariff", args=[Kind.KINE_REMOB.value])
    sent = {
        "amount": "32,50",
        "limit": "12",
        "limit_ald": "",
        "valid_from": start.isoformat(),
        "decision": "Décision 2026-18",
    }
    assert client.post(address, sent).status_code == 302
    lines = TariffLine.objects.filter(kind=Kind.KINE_REMOB).order_by("valid_from")
    assert [(line.valid_to, line.limit) for line in lines] == [
        (start - timedelta(days=1), 10),
        (None, 12),
    ]
    assert client.post(address, sent).status_code == 422


def test_export_is_safe_against_formulas(signed_in: SignedIn) -> None:
    physio = make_professional(profession=Profession.PHYSIO, last_name="=CMD()", first_name="")
    patient = make_patient(included_on=clock.today() - timedelta(days=100))
    make_link(patient=patient, professional=physio, role=LinkRole.TEAM)
    log(patient, physio, Kind.KINE_REMOB, clock.today())
    response = signed_in(make_user(Role.ACCOUNTANT)).get(
        reverse("fees:control_export", args=["csv"])
    )
    assert "\n'=CMD()" in response.content.decode()


@pytest.mark.parametrize("name", ["fees:my_acts", "fees:control"])
def test_list_asks_the_same_queries_whatever_its_length(
    signed_in: SignedIn,
    physio: Professional,
    patient: Patient,
    django_assert_num_queries: Any,
    name: str,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    user = account(physio) if name == "fees:my_acts" else make_user(Role.ACCOUNTANT)
    client = signed_in(user)
    counts, lengths = [], []
    for days in ((0,), (1, 2)):  # one day each: the same act twice would be refused, not listed
        for day in days:
            log(patient, physio, Kind.KINE_REMOB, clock.today() - timedelta(days=day))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(name))
        counts.append(len(queries))
        lengths.append(len(response.context["page"].object_list))
    assert lengths == [1, 3]
    assert counts[0] == counts[1]
