"""Acts proposed from facts: ready, lacking a proof in words, or none of one's business."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fees.actions.course import cancel_act
from fees.actions.log import save_draft
from fees.enums import Kind
from fees.models import Act
from fees.selectors.proposals import Proposal, address_of, proposals_for
from network.enums import EvaluationKind, LinkRole, Profession
from network.models import Patient, Professional
from portal.kit import clock
from tests.factories.fees import account, at, declare, log, make_rcp_file, make_treating_doctor
from tests.factories.follow_up import follow, make_doctor, make_evaluation
from tests.factories.network import make_link, make_patient, make_professional, sign_in

pytestmark = pytest.mark.django_db
HELD = date(2026, 3, 10)
TODAY = date(2026, 4, 1)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def told(professional: Professional, on: date = TODAY) -> list[tuple[str, date, tuple[str, ...]]]:
    return [(each.kind, each.done_on, each.missing) for each in proposals_for(professional, on=on)]


def test_signed_sheets_call_their_acts(patient: Patient) -> None:
    sheet = make_evaluation(patient, held_on=HELD)
    again = {"kind": EvaluationKind.REASSESSMENT, "held_on": HELD + timedelta(days=9)}
    make_evaluation(patient, sheet.doctor, **again)  # type: ignore[arg-type]
    assert told(sheet.doctor) == [
        (Kind.MED_BILAN, HELD, ()),
        (Kind.MED_REEVAL, HELD + timedelta(days=9), ()),
    ]
    assert told(follow(patient, make_doctor())) == []


def test_draft_of_a_sheet_calls_nothing(patient: Patient) -> None:
    assert told(make_evaluation(patient, held_on=HELD, sign=False).doctor) == []


def test_act_noted_or_kept_ends_the_proposal_and_a_cancelled_one_opens_it(
    patient: Patient,
) -> None:
    doctor = make_evaluation(patient, held_on=HELD).doctor
    act = log(patient, doctor, Kind.MED_BILAN, HELD)
    assert told(doctor) == []
    cancel_act(act=act, by=account(doctor), now=at(TODAY), reason="Erreur")
    assert told(doctor) == [(Kind.MED_BILAN, HELD, ())]
    request = declare(patient, doctor, Kind.MED_BILAN, HELD)
    save_draft(**request, by=account(doctor), now=at(TODAY))
    assert told(doctor) == []


def test_nothing_is_proposed_past_the_claim_window_or_out_of_care(patient: Patient) -> None:
    sheet = make_evaluation(patient, held_on=HELD)
    assert told(sheet.doctor, HELD + timedelta(days=90)) != []
    assert told(sheet.doctor, HELD + timedelta(days=91)) == []
    patient.links.filter(professional=sheet.doctor).update(ends_on=HELD)
    assert told(sheet.doctor) == []


def test_doctor_without_agreement_reads_what_is_missing(patient: Patient) -> None:
    doctor = follow(patient, make_doctor(agreement_from=None))
    make_evaluation(patient, doctor, held_on=HELD)
    assert told(doctor) == [(Kind.MED_BILAN, HELD, ("convention à cette date",))]


@pytest.mark.parametrize(
    ("minutes", "plan", "others", "missing"),
    [
        (HELD, HELD, 1, ()),
        (None, HELD, 1, ("compte rendu signé",)),
        (HELD, None, 1, ("PPS modifié après la RCP",)),
        (HELD, HELD + timedelta(days=31), 1, ("PPS modifié après la RCP",)),
        (HELD, HELD, 0, ("deux professionnels présents",)),
        (None, None, 0, (
            "compte rendu signé", "PPS modifié après la RCP", "deux professionnels présents"
        )),
    ],
)  # fmt: skip
def test_review_attended_says_what_proof_is_missing(
    patient: Patient, minutes: date | None, plan: date | None, others: int, missing: tuple[str, ...]
) -> None:
    physio = make_professional()
    make_link(patient=patient, professional=physio)
    present = (physio, *(make_professional() for _ in range(others)))
    make_rcp_file(patient, held_on=HELD, minutes=minutes, plan=plan, attendees=present)
    assert told(physio) == [(Kind.RCP_PARA, HELD, missing)]


def test_review_pays_the_treating_doctor_and_no_other(patient: Patient) -> None:
    treating, other = make_treating_doctor(patient), follow(patient, make_doctor())
    psychomotor = make_professional(profession=Profession.PSYCHOMOTOR)
    make_link(patient=patient, professional=psychomotor)
    absent = make_professional()
    make_link(patient=patient, professional=absent, role=LinkRole.TEAM)
    make_rcp_file(patient, held_on=HELD, attendees=(treating, other, psychomotor))
    assert told(treating) == [(Kind.RCP_MT, HELD, ())]
    for person in (other, psychomotor, absent):
        assert told(person) == []


@pytest.mark.parametrize("count", [1, 4])
def test_queries_do_not_grow(django_assert_num_queries: object, count: int) -> None:
    doctor = make_doctor()
    for _ in range(count):
        patient = make_patient()
        make_link(patient=patient, professional=doctor, role=LinkRole.TREATING_DOCTOR)
        make_evaluation(patient, doctor, held_on=HELD)
        make_rcp_file(patient, held_on=HELD, attendees=(doctor, make_professional()))
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(proposals_for(doctor, on=TODAY)) == 2 * count


def test_proposal_opens_the_form_filled_in_and_is_noted(client: Client, patient: Patient) -> None:
    today = clock.today()
    treating = make_treating_doctor(patient)
    patient.included_on = today - timedelta(days=60)
    patient.save()
    file = make_rcp_file(
        patient,
        held_on=today - timedelta(days=8),
        minutes=today,
        plan=today,
        attendees=(treating, make_professional()),
    )
    sign_in(client, account(treating))
    listed = client.get(reverse("fees:my_acts"))
    (proposal,) = listed.context["proposals"]
    assert isinstance(proposal, Proposal)
    page = client.get(address_of(proposal))
    form = page.context["form"]
    assert page.context["account"].accepted
    sent = {
        "request_id": str(form["request_id"].value()),
        "patient": patient.pk,
        "kind": Kind.RCP_MT,
        "rcp_file": file.pk,
    }
    assert client.post(reverse("fees:log_act"), sent).status_code == 302
    act = Act.objects.get()
    assert (act.kind, act.rcp_file, act.done_on) == (Kind.RCP_MT, file, file.held_on)
    assert client.get(reverse("fees:my_acts")).context["proposals"] == []


@pytest.mark.parametrize("wrong", ["kind=X", "done_on=2026-02-31", "patient=x", "rcp_file=-1"])
def test_strange_address_opens_an_empty_form(client: Client, wrong: str) -> None:
    sign_in(client, account(make_doctor()))
    assert client.get(f"{reverse('fees:log_act')}?{wrong}").status_code == 200
