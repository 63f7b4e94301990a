"""Who opens what of a case review: each relation to the patient, each page and document."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network.actions.rcp_minutes import Proposed, propose
from network.enums import Channel, Circle, CopyTo, LinkRole, Profession, ProposalKind, Role
from network.models import (
    JournalEntry,
    Patient,
    Professional,
    RcpCopy,
    RcpFile,
    RcpMinutes,
    Representative,
    User,
)
from portal.kit import clock
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.rcp import agree, hold, make_file, make_meeting, sign

pytestmark = pytest.mark.django_db

# meeting, file, document, writing, presence, copy, patient's own copy
# Y opens · H opens without name nor content · F refused · N not found
TABLE = """
in_team              Y Y Y N N F F
with_consent         Y Y Y N N F F
without_consent      H N N N N F F
past_team            H N N N N F F
declined_to_come     Y Y Y N N F F
uninvited            N N N N N F F
stranger             N N N N N F F
absent_doctor        N Y Y N N F F
chair                Y Y Y Y Y F F
occupational         Y Y Y N N F F
occupational_review  H N N N N F F
insurance            Y Y Y N N F F
disability           Y Y Y N N F F
coordinator          Y Y Y Y Y Y F
medical_director     Y Y Y Y Y Y F
accountant           F F F F F F F
administrator        F F F F F F F
editor               F F F F F F F
patient              F F F F F F Y
other_patient        F F F F F F N
parent               F F F F F F Y
"""
LINES = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
SECRETS = ("Dédalette", "Reprise possible", "Lombalgie ancienne", "Discuté", "Reprendre à mi")
"""What names the patient, or tells of them."""


class Scene:
    """One file, discussed, proposed upon, signed, and left to the patient."""

    def __init__(self, relation: str) -> None:
        self.relation = relation
        self.chair = make_professional(profession=Profession.DOCTOR)
        self.patient = make_patient(
            birth_name="Dédalette",
            followed_by=self.chair,
            birth_date=date(clock.today().year - 9, 1, 5),
        )
        self.reader = self._reader()
        professional = Professional.objects.filter(user=self.reader).first()
        invited = relation not in {"uninvited", "stranger", "absent_doctor", "chair"}
        people = [professional] if professional and invited else []
        meeting = make_meeting(chair=self.chair, invited=people)
        self.file = make_file(meeting, self.patient, summary="Lombalgie ancienne")
        excused = people if relation == "declined_to_come" else []
        hold(meeting, [self.chair, *(each for each in people if each not in excused)])
        for kind in (ProposalKind.PSYCHOLOGY, ProposalKind.PRE_RETURN):
            propose(
                file=self.file,
                proposed=Proposed(kind=kind, due_on=clock.today()),
                by=None,
                now=clock.now(),
            )
        self.minutes: RcpMinutes = sign(self.file)
        RcpCopy.objects.create(
            minutes=self.minutes,
            to=CopyTo.PATIENT,
            channel=Channel.PORTAL,
            sent_on=clock.today(),
        )

    def _reader(self) -> User:
        relation = self.relation
        if relation == "chair":
            assert self.chair.user is not None
            return self.chair.user
        if relation in ("patient", "other_patient", "parent"):
            return self._family(relation)
        if relation in {role.value for role in Role}:
            return make_user(Role(relation))
        circle = relation.split("_")[0] if relation.split("_")[0] in list(Circle) else ""
        professional = make_professional(circle=circle)
        self._bind(professional, circle)
        assert professional.user is not None
        return professional.user

    def _family(self, relation: str) -> User:
        user = make_user(Role.PATIENT)
        if relation == "parent":
            Representative.objects.create(patient=self.patient, user=user, relation="mère")
        elif relation == "patient":
            Patient.objects.filter(pk=self.patient.pk).update(user=user)
        else:
            make_patient(user=user)
        return user

    def _bind(self, professional: Professional, circle: str) -> None:
        links: dict[str, dict[str, Any]] = {
            "in_team": {"role": LinkRole.TEAM},
            "declined_to_come": {"role": LinkRole.TEAM},
            "past_team": {"role": LinkRole.TEAM, "ends_on": date(2026, 2, 1)},
            "absent_doctor": {"role": LinkRole.TREATING_DOCTOR},
        }
        if link := links.get(self.relation):
            make_link(patient=self.patient, professional=professional, **link)
        if self.relation in ("with_consent", "occupational_review", "uninvited"):
            agree(self.patient)
        elif circle:
            agree(self.patient, Circle(circle))

    def addresses(self) -> list[str]:
        file, minutes = [self.file.pk], [self.minutes.pk]
        return [
            reverse("network:rcp", args=[self.file.meeting_id]),
            reverse("network:rcp_file", args=file),
            reverse("network:rcp_pdf", args=minutes),
            reverse("network:rcp_minutes", args=file),
            reverse("network:rcp_presence", args=file),
            reverse("network:rcp_copy", args=minutes),
            reverse("network:own_minutes", args=[self.patient.code, *minutes]),
        ]


def told(answer: Any) -> str:
    """The letter of an answer: whether the patient is named or told of, whole or in part."""
    if answer.status_code != 200:
        return {403: "F", 404: "N"}[answer.status_code]
    if not answer["Content-Type"].startswith("text/html"):
        return "Y"
    text = answer.content.decode()
    return "Y" if any(secret in text for secret in SECRETS) else "H"


@pytest.mark.parametrize("relation", LINES)
def test_relation_opens_what_the_table_says(
    relation: str, signed_in: Callable[[User], Client]
) -> None:
    scene = Scene(relation)
    client = signed_in(scene.reader)
    assert [told(client.get(address)) for address in scene.addresses()] == LINES[relation]
    read = JournalEntry.objects.filter(verb="rcp.read", actor=scene.reader)
    assert read.exists() == any(letter == "Y" for letter in LINES[relation])


@pytest.mark.parametrize("relation", ["occupational", "insurance", "disability"])
def test_outsider_is_shown_an_extract(relation: str, signed_in: Callable[[User], Client]) -> None:
    scene = Scene(relation)
    address = reverse("network:rcp_file", args=[scene.file.pk])
    text = signed_in(scene.reader).get(address).content.decode()
    assert "Reprise possible" in text
    for secret in ("Lombalgie ancienne", "Discuté", "Reprendre à mi", "Suivi psychologique"):
        assert secret not in text
    assert ("Visite de pré-reprise" in text) == (relation in ("occupational", "insurance"))


def test_consent_taken_back_closes_the_file_at_once(
    signed_in: Callable[[User], Client],
) -> None:
    scene = Scene("with_consent")
    client = signed_in(scene.reader)
    address = reverse("network:rcp_file", args=[scene.file.pk])
    assert client.get(address).status_code == 200
    scene.patient.sharing_consents.update(
        withdrawn_at=clock.now(), withdrawn_by=make_user(Role.COORDINATOR)
    )
    assert client.get(address).status_code == 404
    assert RcpFile.objects.visible_to(scene.reader).get() == scene.file
