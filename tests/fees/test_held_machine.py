"""Whatever the order of gestures: nobody overtakes, no euro is spent twice, nobody is forgotten.

A machine controls, returns, cancels, grants and admits through the real actions. The steps of the
claim lines are then played again as a plain line of people.
"""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fees.actions.admission import admit_all
from fees.actions.books import grant_envelope
from fees.actions.claims import return_line
from fees.actions.course import cancel_act
from fees.actions.steps import Conflict
from fees.actions.validation import validate_lines
from fees.enums import ClaimMove, Kind, LineState, State
from fees.models import Act, BookEntry, ClaimLine, ClaimStep
from fees.selectors.held import held_steps
from fees.selectors.verify_books import recount_books
from network.enums import Profession, Role
from tests.factories.fees import at, claim, log
from tests.factories.network import make_patient, make_professional, make_user
from tests.proofs.scale import histories

pytestmark = [pytest.mark.django_db, pytest.mark.prove, pytest.mark.wide]
START = at(date(2026, 11, 16), 9)
FIRST = date(2026, 9, 1)


class People:
    """Made once; what a history writes is rolled back."""

    def __init__(self) -> None:
        self.patients = [make_patient() for _ in range(3)]
        self.physio = make_professional()
        self.doctor = make_professional(profession=Profession.DOCTOR)
        self.accountants = [make_user(Role.ACCOUNTANT) for _ in range(2)]
        grant_envelope(year=2026, amount=Decimal(70), decision="2026-0", by=None, now=START)


people: People
pick = st.integers(0, 1000)
who = st.integers(0, 1)


class HeldMachine(RuleBasedStateMachine):
    """A Conflict is an answer, anything else is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.day = FIRST
        self.grants = 0
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @rule(patient=st.integers(0, 2), assess=st.booleans(), count=st.integers(1, 3))
    def ask(self, patient: int, assess: bool, count: int) -> None:
        payee = people.doctor if assess else people.physio
        kind = Kind.MED_BILAN if assess else Kind.KINE_REMOB
        acts = []
        for _ in range(count):
            self.day += timedelta(days=1)
            acts.append(log(people.patients[patient], payee, kind, self.day))
        with suppress(Conflict):
            claim(*(act for act in acts if act.is_live), now=self._later())

    @rule(by=who, count=st.integers(1, 5))
    def control(self, by: int, count: int) -> None:
        lines = ClaimLine.objects.filter(state=LineState.SENT).order_by("pk")[:count]
        validate_lines(lines=lines, by=people.accountants[by], now=self._later())

    @rule(which=pick, by=who)
    def give_back(self, which: int, by: int) -> None:
        lines = list(ClaimLine.objects.select_related("act").order_by("pk"))
        if lines:
            with suppress(Conflict):
                return_line(
                    line=lines[which % len(lines)],
                    reason="Date",
                    by=people.accountants[by],
                    now=self._later(),
                )

    @rule(which=pick, by=who)
    def cancel(self, which: int, by: int) -> None:
        acts = list(Act.objects.order_by("pk"))
        if acts:
            with suppress(Conflict):
                cancel_act(
                    act=acts[which % len(acts)],
                    reason="Erreur",
                    by=people.accountants[by],
                    now=self._later(),
                )

    @rule(amount=st.sampled_from([10, 30, 55]))
    def grant(self, amount: int) -> None:
        self.grants += 1
        grant_envelope(
            year=2026,
            amount=Decimal(amount),
            decision=f"2026-{self.grants}",
            by=None,
            now=self._later(),
        )

    @rule()
    def admit(self) -> None:
        admit_all(now=self._later())
        first = held_steps(2026).select_related("line").first()
        assert first is None or first.line.amount > BookEntry.objects.in_envelope()

    @invariant()
    def nobody_overtakes(self) -> None:
        line: list[int] = []
        for step in ClaimStep.objects.order_by("pk"):
            if step.move == ClaimMove.HELD:
                line.append(step.line_id)
            elif step.move == ClaimMove.ADMITTED:
                assert line[:1] in ([step.line_id], [])
                line = line[1:]
            elif step.line_id in line:
                line.remove(step.line_id)
        assert list(held_steps(2026).values_list("line", flat=True)) == line

    @invariant()
    def lines_say_what_acts_say(self) -> None:
        expected = {
            LineState.SENT: State.SUBMITTED,
            LineState.HELD: State.SUBMITTED,
            LineState.ADMITTED: State.VALIDATED,
        }
        for state, act_state in ClaimLine.objects.values_list("state", "act__state"):
            assert expected.get(LineState(state), act_state) == act_state

    @invariant()
    def envelope_is_never_overspent(self) -> None:
        assert BookEntry.objects.in_envelope() >= 0
        assert [str(each) for each in recount_books(Counter())] == []

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def test_line_is_kept_whatever_the_order() -> None:
    global people  # noqa: PLW0603 - a machine is built without arguments
    people = People()
    run_state_machine_as_test(
        HeldMachine,
        settings=settings(
            max_examples=histories(2, 600),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
