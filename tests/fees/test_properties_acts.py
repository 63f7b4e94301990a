"""No order of entry, cancellation, ALD change or arbitration ever exceeds a cap.

A machine makes random moves on two patients through the real actions; after each, the recount
finds nothing and the payable total is the sum of what is accepted.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fees.actions.arbitration import arbitrate
from fees.actions.bank_answers import execute
from fees.actions.claims import return_line, send_all
from fees.actions.course import cancel_act, replace_act, reverse_act
from fees.actions.log import log_act, save_draft, send_draft
from fees.actions.steps import Conflict
from fees.actions.waiting import redecide_waiting_of
from fees.enums import Decision, DoctorCap, Kind, LineState, WindowKind
from fees.models import Act, GrantedSlot, PolicyVersion
from fees.selectors.dossiers import Dossiers, Schedule
from fees.selectors.verify import breaches
from fees.selectors.verify_claims import recount_claims
from network.enums import AldKind, Profession, Role
from network.models import AldPeriod, Patient, Professional, RcpFile, User
from tests.factories.fees import (
    account,
    at,
    declare,
    make_account,
    make_rcp_file,
    sign,
    validate,
)
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.proofs.scale import histories, scaled

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

# Both sides of the civil year and of the anniversary of an inclusion on 5 January 2026; one day
# that comes after the entry, one that is too old when the machine starts.
DAYS = [
    date(2026, 10, 10),
    date(2026, 12, 1),
    date(2026, 12, 2),
    date(2026, 12, 31),
    date(2027, 1, 4),
    date(2027, 1, 5),
    date(2027, 1, 6),
    date(2027, 2, 1),
]
START = datetime(2027, 1, 20, 9, tzinfo=at(date(2027, 1, 20)).tzinfo)
CAPPED = [Kind.MED_BILAN, Kind.MED_REEVAL, Kind.KINE_REMOB, Kind.PSY_SUIVI]
OWN = {
    Kind.MED_BILAN: Profession.DOCTOR,
    Kind.MED_REEVAL: Profession.DOCTOR,
    Kind.KINE_REMOB: Profession.PHYSIO,
    Kind.PSY_SUIVI: Profession.PSYCHOLOGIST,
}


class People:
    """Made once; the machine's own writes are rolled back after each run."""

    def __init__(self) -> None:
        self.patients = [make_patient(), make_patient(included_on=date(2025, 12, 2))]
        self.by_profession = {
            profession: [make_professional(profession=profession) for _ in range(2)]
            for profession in (*set(OWN.values()), Profession.NURSE)
        }
        doctor, nurse = (self.by_profession[p][0] for p in (Profession.DOCTOR, Profession.NURSE))
        make_link(patient=self.patients[0], professional=doctor, role="treating_doctor")
        self.files = [
            make_rcp_file(
                self.patients[0], held_on=day, minutes=None, plan=day, attendees=(doctor, nurse)
            )
            for day in DAYS[1:3]
        ]
        self.director, self.accountant = (
            make_user(Role.MEDICAL_DIRECTOR),
            make_user(Role.ACCOUNTANT),
        )
        for professionals in self.by_profession.values():
            for each in professionals:
                make_account(each)


people: People

patients = st.integers(0, 1)
pick = st.integers(0, 1000)
days = st.sampled_from(DAYS)


class ActsMachine(RuleBasedStateMachine):
    """Whoever does what, in whatever order; a Conflict is an answer, anything else is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.requests: list[tuple[dict[str, Any], User, int]] = []
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # --- What people do

    @rule(patient=patients, kind=st.sampled_from(CAPPED), who=patients, day=days)
    def log(self, patient: int, kind: Kind, who: int, day: date) -> None:
        self._log(self._declare(patient, kind, who, day))

    @rule(kind=st.sampled_from([Kind.KINE_REMOB, Kind.MED_REEVAL]), year=patients)
    def log_many(self, kind: Kind, year: int) -> None:
        """Fill a cap quickly: a session a day."""
        for number in range(11 if kind is Kind.KINE_REMOB else 3):
            day = (DAYS[1], DAYS[5])[year] + timedelta(days=number)
            self._log(self._declare(0, kind, number % 2, day))

    @rule(patient=patients, file=patients, kind=st.sampled_from([Kind.RCP_MT, Kind.RCP_PARA]))
    def log_rcp(self, patient: int, file: int, kind: Kind) -> None:
        profession = Profession.DOCTOR if kind is Kind.RCP_MT else Profession.NURSE
        rcp = people.files[file]
        self._log(
            declare(
                people.patients[patient],
                people.by_profession[profession][0],
                kind,
                rcp.meeting.held_on,
                rcp_file=rcp,
            )
        )

    @precondition(lambda self: self.requests)
    @rule(which=pick)
    def send_again(self, which: int) -> None:
        request, by, pk = self._one(self.requests, which)
        before = Act.objects.count()
        assert log_act(**request, by=by, now=self._later()).pk == pk
        assert Act.objects.count() == before

    @rule(patient=patients, kind=st.sampled_from(CAPPED), day=days)
    def draft(self, patient: int, kind: Kind, day: date) -> None:
        request = self._declare(patient, kind, 0, day)
        save_draft(**request, by=self._account(request), now=self._later())

    @rule(which=pick)
    def send_draft(self, which: int) -> None:
        self._try(which, lambda act: send_draft(act=act, by=self._own(act), now=self.now), DRAFTS)

    @rule(which=pick)
    def cancel(self, which: int) -> None:
        self._try(
            which, lambda act: cancel_act(act=act, by=self._own(act), now=self.now, reason="Erreur")
        )

    @rule(which=pick, patient=patients, day=days)
    def replace(self, which: int, patient: int, day: date) -> None:
        def replace(act: Act) -> Act:
            request = declare(people.patients[patient], act.professional, act.kind_code, day)
            return replace_act(
                act=act, **request, by=self._own(act), now=self.now, reason="Mauvais jour"
            )

        self._try(which, replace, {"rcp_file": None})

    @rule(which=pick)
    def send_claims(self, which: int) -> None:
        def send(act: Act) -> None:
            send_all(
                professional=act.professional,
                request_id=uuid4(),
                by=self._own(act),
                now=self.now,
            )

        self._try(which, send, LIVE)

    @rule(which=pick)
    def give_back(self, which: int) -> None:
        def give_back(act: Act) -> None:
            for line in act.claim_lines.filter(state=LineState.SENT):
                return_line(line=line, reason="Relire", by=people.accountant, now=self.now)

        self._try(which, give_back, LIVE)

    @rule(which=pick)
    def validate(self, which: int) -> None:
        self._try(which, lambda act: validate(act, by=people.accountant, now=self.now), LIVE)

    @rule(executed=st.booleans())
    def pay(self, executed: bool) -> None:
        """All that is validated, by two others; the bank may not have answered yet."""
        with suppress(Conflict):
            batch = sign(self.now)
            for transfer in batch.transfers.all() if executed else ():
                execute(transfer=transfer, by=people.accountant, now=self.now)

    @rule(which=pick)
    def reverse(self, which: int) -> None:
        self._try(
            which,
            lambda act: reverse_act(
                act=act, by=people.accountant, now=self.now, reason="Non faite"
            ),
            {"state": "paid"},
        )

    @rule(which=pick, in_favour=st.booleans())
    def arbitrate(self, which: int, in_favour: bool) -> None:
        self._try(
            which,
            lambda act: arbitrate(
                act=act, in_favour=in_favour, reason="Vu", by=people.director, now=self.now
            ),
            {"decision": Decision.TO_ARBITRATE},
        )

    # --- Facts that change

    @rule(patient=patients, start=days, end=st.none() | days, kind=st.sampled_from(["30", "other"]))
    def correct_ald(self, patient: int, start: date, end: date | None, kind: str) -> None:
        who = people.patients[patient]
        AldPeriod.objects.filter(patient=who).delete()
        if end is None or end >= start:
            AldPeriod.objects.create(patient=who, kind=AldKind(kind), starts_on=start, ends_on=end)
        self._redecide(who)

    @rule(file=patients, signed=st.booleans())
    def sign_minutes(self, file: int, signed: bool) -> None:
        rcp = people.files[file]
        RcpFile.objects.filter(pk=rcp.pk).update(minutes_signed_on=DAYS[2] if signed else None)
        self._redecide(rcp.patient)

    @rule(
        start=days,
        doctor_cap=st.sampled_from(list(DoctorCap)),
        window=st.sampled_from(list(WindowKind)),
    )
    def read_otherwise(self, start: date, doctor_cap: DoctorCap, window: WindowKind) -> None:
        """A new reading from a day on; the one before stays open, the later start wins."""
        PolicyVersion.objects.get_or_create(  # a reading is never edited
            valid_from=start, defaults={"doctor_cap": doctor_cap, "window": window}
        )
        for patient in people.patients:
            self._redecide(patient)

    # --- What must hold

    @invariant()
    def recount_finds_nothing(self) -> None:
        for dossier in Dossiers().of([patient.pk for patient in people.patients]):
            assert [str(each) for each in breaches(dossier, Schedule())] == []
        assert [str(each) for each in recount_claims(Counter())] == []

    @invariant()
    def payable_is_the_sum_of_what_is_accepted(self) -> None:
        live = [act for act in Act.objects.all() if act.is_live]
        assert Act.objects.payable_total() == sum((act.amount for act in live), Decimal(0))
        assert all(act.amount > 0 for act in live)

    @invariant()
    def no_window_above_its_cap(self) -> None:
        """Said once more, without the recount's code: the default table's figures."""
        widest = {"MED": 2, "MED-BILAN": 2, "MED-REEVAL": 2, "KINE-REMOB": 10, "PSY-SUIVI": 6}
        slot = ("patient_id", "cap", "window_from")
        held = Counter[tuple[Any, ...]](Act.objects.live().exclude(cap="").values_list(*slot))
        granted = Counter[tuple[Any, ...]](GrantedSlot.objects.values_list(*slot))
        above = {key for key, count in held.items() if count > widest[key[1]] + granted[key]}
        assert above == set()

    # --- Means

    def _later(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now

    def _one[T](self, things: list[T], which: int) -> T:
        return things[which % len(things)]

    def _declare(self, patient: int, kind: Kind, who: int, day: date) -> dict[str, Any]:
        professional = people.by_profession[OWN[kind]][who]
        return declare(people.patients[patient], professional, kind, day)

    def _account(self, request: dict[str, Any]) -> User:
        return account(request["declared"].professional)

    def _own(self, act: Act) -> User:
        professional: Professional = act.professional
        return account(professional)

    def _log(self, request: dict[str, Any]) -> None:
        by = self._account(request)
        act = log_act(**request, by=by, now=self._later())
        self.requests.append((request, by, act.pk))

    def _try(
        self, which: int, do: Callable[[Act], object], among: dict[str, object] | None = None
    ) -> None:
        acts = list(Act.objects.filter(**(among or {})).order_by("pk"))
        if not acts:
            return
        self._later()
        with suppress(Conflict):
            do(self._one(acts, which))

    def _redecide(self, patient: Patient) -> None:
        redecide_waiting_of(patient_id=patient.pk, now=self._later())


DRAFTS: dict[str, object] = {"state": "draft"}
LIVE: dict[str, object] = {"decision": Decision.ACCEPTED}


def test_caps_hold_through_any_history() -> None:
    global people  # noqa: PLW0603 - the machine is a class, made anew for each run
    people = People()
    run_state_machine_as_test(
        ActsMachine,
        settings=settings(
            max_examples=histories(3, 400),
            stateful_step_count=scaled(20, 50),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
