"""One patient's whole file, and people who stand in every relation to that patient."""

from copy import copy
from datetime import date
from typing import Any, Self
from uuid import uuid4

from django.urls import reverse

from network.actions.break_glass import break_glass
from network.actions.evaluations import prepare_letter
from network.enums import (
    Addressee,
    Channel,
    Circle,
    CopyTo,
    Glass,
    LinkRole,
    Profession,
    Reply,
    Role,
)
from network.models import Patient, RcpCopy, Representative, RequestLetter, User
from portal.kit import clock
from tests.factories.fees import account
from tests.factories.follow_up import make_evaluation
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.plans import make_action, make_plan, plan_of
from tests.factories.questionnaires import make_sent
from tests.factories.rcp import agree, hold, make_file, make_meeting, sign
from tests.factories.referral import make_attachment, make_referral, patient_of
from tests.house.workshop_file import workshop_addresses

LINKS: dict[str, dict[str, Any]] = {
    "treating": {"role": LinkRole.TREATING_DOCTOR},
    "team": {"role": LinkRole.TEAM},
    "past_team": {"role": LinkRole.TEAM, "ends_on": date(2026, 2, 1)},
}
FAMILY = ("patient", "other_patient", "parent", "grown_up_parent")
AT_REVIEW = ("review_agreed", "review_alone", "occupational")
PART_OF_IT = (*AT_REVIEW, "facilitator", "grown_up_parent")
"""Those for whom the file itself is another: invited to the review, giving the workshop, of age."""


class File:
    """A minor's file, with one of everything, read by somebody of that relation."""

    def __init__(self, relation: str) -> None:
        age = 20 if relation == "grown_up_parent" else 9
        self.relation = relation
        self.author = make_user(Role.CLINICIAN)
        referral = make_referral(self.author, representative="Sa mère", who=self._born(age))
        self.patient = patient_of(referral)
        today = clock.today()
        Patient.objects.filter(pk=self.patient.pk).update(
            state="followed", included_on=date(2026, 1, 5), requested_on=date(2026, 1, 2)
        )
        self.patient.refresh_from_db()
        self.reader = self._reader()
        self.addresses = self._addresses(referral, today)
        gives = self.professional if relation == "facilitator" else None
        self.workshops = workshop_addresses(self.patient, gives)

    def read_by(self, relation: str) -> Self:
        """The same file, read by somebody else, who has no part in what it holds."""
        if relation in PART_OF_IT:
            raise ValueError(f"the file of {relation} is made for them")
        own = copy(self)
        own.relation = relation
        own.reader = own._reader()
        return own

    def _born(self, age: int) -> dict[str, Any]:
        return {"birth_date": date(clock.today().year - age, 1, 5), "birth_name": "Dédalette"}

    def _reader(self) -> User:
        relation = self.relation
        if relation == "author":
            return self.author
        if relation in FAMILY:
            return self._family()
        if relation in {role.value for role in Role}:
            return make_user(Role(relation))
        who: dict[str, dict[str, Any]] = {
            "treating": {"profession": Profession.DOCTOR},
            "occupational": {"circle": Circle.OCCUPATIONAL},
        }
        self.professional = make_professional(**who.get(relation, {}))
        if link := LINKS.get(relation):
            make_link(patient=self.patient, professional=self.professional, **link)
        if relation == "review_agreed":
            agree(self.patient)
        if relation == "occupational":
            agree(self.patient, Circle.OCCUPATIONAL)
        if relation == "break_glass":
            break_glass(
                code=self.patient.code,
                birth_date=self.patient.birth_date,
                reason=Glass.ON_CALL,
                words="Remplacement du médecin traitant ce jour",
                by=account(self.professional),
                now=clock.now(),
            )
        return account(self.professional)

    def _family(self) -> User:
        user = make_user(Role.PATIENT)
        if self.relation == "patient":
            Patient.objects.filter(pk=self.patient.pk).update(user=user)
        elif self.relation == "other_patient":
            make_patient(user=user)
        else:
            Representative.objects.create(patient=self.patient, user=user, relation="mère")
        return user

    def _addresses(self, referral: Any, today: date) -> dict[str, str]:
        """Every page and document of the file, by a short name."""
        patient, now = self.patient, clock.now()
        code = patient.code
        make_sent(patient)
        sheet = make_evaluation(patient, held_on=today, now=now)
        prepare_letter(evaluation=sheet, by=account(sheet.doctor), now=now)
        referent = make_professional()
        make_plan(patient, plan_of(referent))
        version = make_plan(patient, plan_of(referent, make_action("a9")))
        chair = make_professional(profession=Profession.DOCTOR)
        make_link(patient=patient, professional=chair)
        invited = [self.professional] if self.relation in AT_REVIEW else []
        meeting = make_meeting(chair=chair, invited=invited)
        file = make_file(meeting, patient)
        hold(meeting, [chair, *invited])
        minutes = sign(file)
        RcpCopy.objects.create(
            minutes=minutes, to=CopyTo.PATIENT, channel=Channel.PORTAL, sent_on=today
        )
        letters = {to: self._letter(referral, to) for to in Addressee}
        named: dict[str, tuple[str, list[Any]]] = {
            "file": ("patient", [code]),
            "pathway": ("pathway", [code]),
            "answers": ("patient_questionnaire", [code]),
            "sheet": ("evaluation", [code, sheet.pk]),
            "sheet_pdf": ("evaluation_pdf", [code, sheet.pk]),
            "liaison": ("liaison_pdf", [code, sheet.pk]),
            "plan": ("plan", [code]),
            "version": ("plan_version", [code, version.number]),
            "plan_pdf": ("plan_pdf", [code, version.number]),
            "changes": ("plan_compare", [code, 1, 2]),
            "sharing": ("sharing", [code]),
            "review": ("rcp_file", [file.pk]),
            "minutes": ("rcp_pdf", [minutes.pk]),
            "request": ("request", [code]),
            "piece": ("attachment", [make_attachment(referral).uid]),
            "to_doctor": ("letter", [letters[Addressee.DOCTOR].uid]),
            "to_patient": ("letter", [letters[Addressee.PATIENT].uid]),
            "receipt": ("my_request", [referral.key]),
            "own_file": ("own_file_of", [code]),
            "own_path": ("own_pathway", [code]),
            "own_plan": ("own_plan", [code]),
            "own_plan_pdf": ("own_plan_pdf", [code]),
            "own_readers": ("own_readers", [code]),
            "own_sharing": ("own_sharing", [code]),
            "own_minutes": ("own_minutes", [code, minutes.pk]),
        }
        found = {
            short: reverse(f"network:{name}", args=args) for short, (name, args) in named.items()
        }
        return found | {"own_answers": f"{reverse('network:own_answers')}?pour={code}"}

    def _letter(self, referral: Any, to: Addressee) -> RequestLetter:
        return RequestLetter.objects.create(
            key=uuid4(),
            patient=self.patient,
            referral=referral,
            to=to,
            outcome=Reply.INCLUDE,
            body="Bonjour,\n\nLa réponse est oui.",
            dated=clock.today(),
            written_at=clock.now(),
            written_by=make_user(Role.COORDINATOR),
        )
