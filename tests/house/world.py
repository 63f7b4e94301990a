"""The people and things of the access matrix: for each address, an own and another's object."""

from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from fees.enums import Kind
from network.actions.bank import propose_bank_details
from network.actions.invitations import invite
from network.actions.roles import grant_role, withdraw_role
from network.enums import Addressee, AldKind, Profession, Role
from network.models import AldPeriod, Patient, Professional, RcpFile, RequestLetter, User
from portal.kit import clock
from tests.factories.fees import log, make_rcp_file
from tests.factories.network import make_link, make_patient, make_professional, make_user, sign_in
from tests.house.assessment_world import assessment_values
from tests.house.bank_world import bank_values
from tests.house.booking_world import patient_values
from tests.house.card_world import card_values
from tests.house.directory_world import directory_values
from tests.house.follow_up_world import follow_up_values
from tests.house.indicator_world import make_figures
from tests.house.meeting_world import meeting_values
from tests.house.payment_world import payment_values
from tests.house.plan_world import plan_values
from tests.house.planning_world import planning_values
from tests.house.questionnaire_world import questionnaire_values
from tests.house.rcp_world import rcp_values
from tests.house.referral_world import referral_values
from tests.house.statement_world import statement_values
from tests.house.training_world import committee_values, learning_values

IBAN = "FR7699999000010000000004286"
GAVE_BY_POST = {"give": "editor"}


class World:
    """`me` holds one role; everything exists twice: linked to me, and linked to `them`."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.me = make_user(role)
        self.client = sign_in(Client(), self.me)
        self.them = make_professional(user=make_user(Role.CLINICIAN))
        self.staff = make_user(Role.ACCOUNTANT)
        self.mine = make_professional(user=self.me)
        self.my_patient = self._patient(self.mine, user=self.me if role == Role.PATIENT else None)
        self.their_patient = self._patient(self.them)
        self._values = self._objects()
        make_figures()

    def become(self, role: Role) -> None:
        """`me` holds that role instead: a world is long to make, a role is quick to change."""
        if role == self.role:
            return
        withdraw_role(user=self.me, role=self.role, by=self.staff, now=clock.now())
        grant_role(user=self.me, role=role, by=None, now=clock.now())
        self.role = role
        self.me = User.objects.get(pk=self.me.pk)
        self.client = sign_in(Client(), self.me)
        own = Patient.objects.filter(pk=self.my_patient.pk)
        own.update(user=self.me if role == Role.PATIENT else None)
        letters = RequestLetter.objects.filter(written_by__in=[self.me, self.them.user])
        letters.update(to=_addressee(role))

    def kwargs(self, name: str, label: str, parameters: frozenset[str]) -> dict[str, Any]:
        """The values of an address's parameters."""
        if not parameters:
            return {}
        values = self._values.get((name, label))
        if values is None:
            values = self._by_label(label) | self._plain(name)
        return {key: values[key] for key in parameters}

    def _patient(self, follower: Professional, user: User | None = None) -> Patient:
        patient = make_patient(followed_by=follower, user=user, email="lou@example.org")
        AldPeriod.objects.create(patient=patient, kind=AldKind.ALD_30, starts_on=date(2026, 1, 1))
        return patient

    def _by_label(self, label: str) -> dict[str, Any]:
        """Objects of care: patient, link, ALD, RCP, professional; acts."""
        own = label == "own"
        patient = self.my_patient if own else self.their_patient
        professional = self.mine if own else self.them
        file = self._rcp[own]
        return {
            "code": patient.code,
            "link": patient.links.get(professional=professional).pk,
            "period": patient.alds.get().pk,
            "meeting": file.meeting_id,
            "file": file.pk,
            "pk": professional.pk,
        }

    def _plain(self, name: str) -> dict[str, Any]:
        """Parameters that name no object."""
        if name == "fees:new_tariff":
            return {"kind": Kind.KINE_REMOB}
        if name == "home:indicator":
            return {"kind": "inclusions"}
        return {"kind": "csv"} if name.endswith("export") else {}

    def _objects(self) -> dict[tuple[str, str], dict[str, Any]]:
        values: dict[tuple[str, str], dict[str, Any]] = {}
        self._rcp: dict[bool, RcpFile] = {
            True: make_rcp_file(self.my_patient, attendees=(self.mine,)),
            False: make_rcp_file(self.their_patient, attendees=(self.them,)),
        }
        accounts = {"own": self.me.pk, "other": self.them.user_id, "staff": self.staff.pk}
        for part in ("account", "account_role", "account_rpps", "account_factor", "account_close"):
            for label, pk in accounts.items():
                values[f"network:{part}", label] = {"pk": pk}
        self.them.rpps_verified_on = None
        self.them.save()
        self._invitations(values)
        self._bank(values)
        self._security(values)
        self._acts(values)
        assert self.them.user is not None
        values |= patient_values(self.my_patient, self.their_patient)
        values |= assessment_values({"own": self.my_patient, "other": self.their_patient})
        values |= plan_values({"own": self.my_patient, "other": self.their_patient})
        values |= planning_values(self.mine, self.them)
        values |= follow_up_values(self.my_patient, self.their_patient)
        values |= rcp_values(self.mine, self.my_patient, self.them, self.their_patient)
        values |= questionnaire_values(self.my_patient, self.their_patient)
        values |= referral_values(
            {
                "own": (self.me, self.my_patient),
                "other": (self.them.user, self.their_patient),
            },
            to=_addressee(self.role),
        )
        values |= payment_values(self.mine, self.them)
        values |= directory_values()
        values |= statement_values(self.mine, self.them)
        values |= bank_values()
        values |= committee_values()  # first: it takes the only case
        values |= meeting_values(self.me, self.them.user)
        values |= card_values(self.me, self.them.user)
        return values | learning_values(self.me, self.them.user)

    def _invitations(self, values: dict[tuple[str, str], dict[str, Any]]) -> None:
        by = make_user(Role.ADMINISTRATOR)
        for label, role in (("care", Role.CLINICIAN), ("staff", Role.EDITOR)):
            sent = invite(email=f"{label}@example.org", role=role, by=by, now=clock.now())
            values["network:invite", label] = {"role": role}
            for part in ("invitation_resend", "invitation_withdraw"):
                values[f"network:{part}", label] = {"pk": sent.pk}

    def _bank(self, values: dict[tuple[str, str], dict[str, Any]]) -> None:
        paid = {"own": self.mine, "other": self.them}
        for label, professional in paid.items():
            by = professional.user if professional == self.them else self.staff
            assert by is not None
            change = propose_bank_details(
                professional=professional, iban=IBAN, holder="Fil", by=by, now=clock.now()
            )
            values["network:bank_change", label] = {"pk": change.pk}

    def _security(self, values: dict[tuple[str, str], dict[str, Any]]) -> None:
        for label, user in (("own", self.me), ("other", self.staff)):
            session = UserSession.objects.create(user=user, ip="192.0.2.1", session_key=label)
            values["account:end_session", label] = {"pk": session.pk}
            key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "clé"})
            values["account:remove_passkey", label] = {"pk": key.pk}

    def _acts(self, values: dict[tuple[str, str], dict[str, Any]]) -> None:
        on = clock.today() - timedelta(days=7)
        for patient in (self.my_patient, self.their_patient):
            patient.included_on = on - timedelta(days=30)
            patient.save()
        mine = log(self.my_patient, self.mine, Kind.KINE_REMOB, on)
        doctor = make_professional(profession=Profession.DOCTOR)
        make_link(patient=self.their_patient, professional=doctor, starts_on=date(2026, 1, 5))
        theirs = log(self.their_patient, self.them, Kind.KINE_REMOB, on)
        for part in (
            "act",
            "send",
            "cancel",
            "replace",
            "control_act",
            "validate",
            "undo",
            "reopen",
        ):
            values[f"fees:{part}", "own"] = {"pk": mine.pk}
            values[f"fees:{part}", "other"] = {"pk": theirs.pk}
        acts = [
            log(self.their_patient, doctor, kind, on)
            for kind in (Kind.MED_BILAN, Kind.MED_BILAN, Kind.MED_BILAN)
        ]
        values["fees:arbitration", "other"] = {"pk": acts[-1].pk}


def _addressee(role: Role) -> Addressee:
    """To whom the letters of that person's world go."""
    return Addressee.PATIENT if role == Role.PATIENT else Addressee.DOCTOR
