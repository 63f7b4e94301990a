"""The recount of claims finds nothing in what the actions wrote, and each thing that was broken."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from fees.actions.claims import return_line
from fees.actions.course import cancel_act
from fees.actions.validation import validate_act
from fees.enums import ClaimMove, Kind, LineState, State
from fees.models import Act, Claim, ClaimLine, ClaimStep
from fees.selectors.verify_claims import recount_claims
from network.enums import Profession, Role
from tests.factories.fees import account, at, claim, log, pay, physio_days
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 4, 2))


@pytest.fixture
def acts() -> list[Act]:
    """Paid, validated, returned, cancelled, to control: one of each."""
    physio, by = make_professional(profession=Profession.PHYSIO), make_user(Role.ACCOUNTANT)
    patient = make_patient()
    made = [log(patient, physio, Kind.KINE_REMOB, day) for day in physio_days(5)]
    pay(made[0], now=NOW)
    claim(*made, now=NOW)
    validate_act(act=made[1], by=by, now=NOW)
    return_line(line=line_of(made[2]), reason="Vérifier", by=by, now=NOW)
    cancel_act(act=made[3], by=account(physio), now=NOW, reason="Erreur")
    return made


def line_of(act: Act) -> ClaimLine:
    return ClaimLine.objects.filter(act=act).latest("pk")


def found() -> list[str]:
    return [f"{each.found}|{each.expected}" for each in recount_claims(Counter())]


def test_what_the_actions_wrote_is_clean(acts: list[Act]) -> None:
    tally: Counter[str] = Counter()
    assert list(recount_claims(tally)) == []
    assert tally == {"demandes": 2, "lignes de demande": 5, "étapes de demande": 9}


def paid_without_line(acts: list[Act]) -> None:
    """The line of a paid act is gone."""
    line = line_of(acts[0])
    _without_guard("DELETE FROM fees_claimstep WHERE line_id = %s", line.pk)
    ClaimLine.objects.filter(pk=line.pk).delete()


def amount_changed(acts: list[Act]) -> None:
    ClaimLine.objects.filter(act=acts[1]).update(amount=Decimal("31.00"))


def live_line_of_a_cancelled_act(acts: list[Act]) -> None:
    ClaimLine.objects.filter(act=acts[3]).update(state=LineState.SENT)


def state_without_step(acts: list[Act]) -> None:
    ClaimLine.objects.filter(act=acts[4]).update(state=LineState.HELD)


def step_out_of_course(acts: list[Act]) -> None:
    ClaimStep.objects.create(line=line_of(acts[1]), move=ClaimMove.RETURNED, at=NOW)


def line_without_step(acts: list[Act]) -> None:
    _without_guard("DELETE FROM fees_claimstep WHERE line_id = %s", line_of(acts[4]).pk)


def admitted_but_not_validated(acts: list[Act]) -> None:
    Act.objects.filter(pk=acts[1].pk).update(state=State.SUBMITTED)


def claim_of_another(acts: list[Act]) -> None:
    other = make_professional(profession=Profession.PHYSIO)
    Claim.objects.filter(lines__act=acts[4]).update(professional=other)


def claim_of_another_month(acts: list[Act]) -> None:
    Claim.objects.filter(lines__act=acts[4]).update(month=date(2026, 1, 1))


def empty_claim(acts: list[Act]) -> None:
    sent = Claim.objects.get(lines__act=acts[0])
    sent.pk, sent.rank, sent.request_id = None, 9, "00000000-0000-4000-8000-000000000001"
    sent.save()


BREAKS: dict[Callable[[list[Act]], None], str] = {
    paid_without_line: "0 ligne admise|une",
    amount_changed: "31.00|30.00",
    live_line_of_a_cancelled_act: "sent, acte cancelled|un acte accepté et soumis",
    state_without_step: "held|sent",
    step_out_of_course: "étape returned depuis admitted|une permise",
    line_without_step: "aucune étape|une étape au moins",
    admitted_but_not_validated: "admitted, acte submitted|un acte validé",
    claim_of_another: "acte {last}|un acte de sa demande",
    claim_of_another_month: "acte {last}|un acte de sa demande",
    empty_claim: "aucune ligne|une ligne au moins",
}


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda each: each.__name__)
def test_each_thing_broken_is_found(acts: list[Act], break_it: Callable[[list[Act]], None]) -> None:
    break_it(acts)
    assert BREAKS[break_it].format(last=acts[4].pk) in found()


def _without_guard(statement: str, key: int) -> None:
    """Steps are never deleted: the guard is taken away for the time of the fault."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # what waits to be checked at the end of the transaction would forbid to alter a table
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE fees_claimstep DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                ["fees_claimstep"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement, [key])
