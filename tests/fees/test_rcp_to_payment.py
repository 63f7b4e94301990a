"""An RCP from its convocation to the acts of those present, through the pages (G8, G9)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fees.enums import Decision, Kind
from fees.models import Act
from network.enums import Profession, Role
from network.models import Patient, Professional, RcpFile, RcpInvitation, RcpMeeting, User
from network.tokens import call_token
from portal.kit import clock
from tests.factories.fees import account, make_treating_doctor
from tests.factories.network import make_link, make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
type SignedIn = Callable[[User], Client]
TYPED = {"discussion": "Douleur stable, reprise envisagée.", "conclusion": "Mi-temps."}


@pytest.fixture
def patient() -> Patient:
    return make_patient(included_on=clock.today() - timedelta(days=100))


@pytest.fixture
def team(patient: Patient) -> list[Professional]:
    """The treating doctor, a psychologist and a nurse who follow the patient."""
    others = [
        make_professional(profession=each) for each in (Profession.PSYCHOLOGIST, Profession.NURSE)
    ]
    for each in others:
        make_link(patient=patient, professional=each)
    return [make_treating_doctor(patient), *others]


@pytest.fixture
def held(
    patient: Patient, team: list[Professional], client: Client, signed_in: SignedIn
) -> RcpFile:
    """Planned, convened, accepted by mail, held with the three, the plan revised; not signed."""
    doctor, *others = team
    desk = signed_in(make_user(Role.COORDINATOR))
    today = f"{clock.today():%d/%m/%Y}"
    plan = {"held_on": today, "begins_at": "18 h", "length": "60", "place": "Démo"}
    desk.post(reverse("network:rcp_plan"), plan | {"chair": doctor.pk})
    meeting = RcpMeeting.objects.get()
    desk.post(
        reverse("network:rcp_file_add", args=[meeting.pk, patient.code]),
        {"question": "Reprise à mi-temps ?"},
    )
    people = {"people": [each.pk for each in others]}
    desk.post(reverse("network:rcp_invite", args=[meeting.pk]), people)
    for invitation in RcpInvitation.objects.all():
        link = reverse("network:rcp_call_answer", args=[call_token(invitation.uid)])
        client.post(link, {"yes": "1"})
    present = {f"p{each.pk}": "on_site" for each in team}
    desk.post(reverse("network:rcp_hold", args=[meeting.pk]), present)
    file = RcpFile.objects.get()
    desk.post(
        reverse("network:rcp_plan_day", args=[file.pk]),
        {"revised_on": today, "reason": "Copie reçue"},
    )
    return file


def note_acts(
    file: RcpFile, patient: Patient, team: list[Professional], signed_in: SignedIn
) -> list[Act]:
    """Each of those present notes the own presence, knowing what it is worth."""
    for each in team:
        kind = Kind.RCP_MT if each.profession == Profession.DOCTOR else Kind.RCP_PARA
        typed = {
            "request_id": str(uuid4()),
            "patient": patient.pk,
            "kind": kind.value,
            "rcp_file": file.pk,
        }
        client = signed_in(account(each))
        answer = client.post(reverse("fees:log_act"), typed)
        if answer.status_code != 302:
            client.post(reverse("fees:log_act"), typed | {"read": answer.context["read"]})
    return list(Act.objects.order_by("pk"))


def test_three_present_and_minutes_signed_pay_175(
    held: RcpFile, patient: Patient, team: list[Professional], signed_in: SignedIn
) -> None:
    signed_in(account(team[0])).post(
        reverse("network:rcp_minutes", args=[held.pk]), TYPED | {"sign": "1"}
    )
    acts = note_acts(held, patient, team, signed_in)
    assert [(act.decision, act.amount) for act in acts] == [
        (Decision.ACCEPTED, Decimal(75)),
        (Decision.ACCEPTED, Decimal(50)),
        (Decision.ACCEPTED, Decimal(50)),
    ]


def test_minutes_not_signed_pay_nothing_and_say_why(
    held: RcpFile, patient: Patient, team: list[Professional], signed_in: SignedIn
) -> None:
    signed_in(account(team[0])).post(
        reverse("network:rcp_minutes", args=[held.pk]), TYPED | {"keep": "1"}
    )
    acts = note_acts(held, patient, team, signed_in)
    assert [act.amount for act in acts] == [Decimal(0)] * 3
    assert {act.reasons for act in acts} == {"minutes_missing"}
    own = signed_in(account(team[2])).get(reverse("network:rcps")).content.decode()
    assert "Il manque" in own
    assert "compte rendu signé" in own
