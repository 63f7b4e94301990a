"""The recount of who waits for the envelope and of late claims: clean, then each thing broken."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from fees.actions.admission import admit_all
from fees.actions.books import grant_envelope
from fees.actions.validation import validate_act, validate_lines
from fees.enums import ClaimMove, Kind, LineState, Remark
from fees.models import Act, Claim, ClaimLine, ClaimStep
from fees.selectors.controls import control, with_acts
from fees.selectors.my_claims import months_of
from fees.selectors.verify_held import recount_held
from network.enums import Role
from tests.factories.fees import at, claim, log
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)
NOW = at(date(2026, 7, 1))
LATEST = DAY + timedelta(days=90)


def grant(amount: int) -> None:
    grant_envelope(year=2026, amount=Decimal(amount), decision=str(amount), by=None, now=NOW)


def found() -> list[str]:
    return [f"{each.found}|{each.expected}" for each in recount_held(Counter())]


@pytest.fixture
def lines() -> list[ClaimLine]:
    """Four sessions of 30 euros for an envelope of 40: one admitted, then three that wait."""
    physio = make_professional()
    acts = [log(make_patient(), physio, Kind.KINE_REMOB, DAY) for _ in range(4)]
    claim(*acts, now=NOW)
    grant(40)
    kept = list(ClaimLine.objects.filter(act__in=acts).order_by("act__pk"))
    validate_lines(lines=kept, by=make_user(Role.ACCOUNTANT), now=NOW)
    return kept


def test_what_the_actions_wrote_is_clean(lines: list[ClaimLine]) -> None:
    tally: Counter[str] = Counter()
    assert list(recount_held(tally)) == []
    assert tally == {"mises en attente": 3, "lignes contrôlées": 4}
    grant(30)
    admit_all(now=NOW)
    assert found() == []


def overtaken(lines: list[ClaimLine]) -> None:
    last = lines[3].pk
    ClaimStep.objects.create(line_id=last, move=ClaimMove.ADMITTED, at=NOW)
    ClaimLine.objects.filter(pk=last).update(state=LineState.ADMITTED)


def forgotten(lines: list[ClaimLine]) -> None:
    ClaimLine.objects.filter(pk=lines[1].pk).update(state=LineState.SENT)


def starved(lines: list[ClaimLine]) -> None:
    grant(25)


def late_and_unread(lines: list[ClaimLine]) -> None:
    Claim.objects.update(sent_at=at(LATEST + timedelta(days=1)))


BREAKS: dict[Callable[[list[ClaimLine]], None], str] = {
    overtaken: "ligne {3} admise|ligne {1} d’abord",
    forgotten: "[{2}, {3}]|[{1}, {2}, {3}]",
    starved: "ligne {1} en attente, 35,00\u00a0€|admise",
    late_and_unread: "demandée après 91 jours|lue par une personne",
}


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda each: each.__name__)
def test_each_thing_broken_is_found(
    lines: list[ClaimLine], break_it: Callable[[list[ClaimLine]], None]
) -> None:
    break_it(lines)
    assert BREAKS[break_it].format(*(line.pk for line in lines)) in found()


# --- The claim window


def asked_on(day: date) -> Act:
    physio = make_professional()
    act = log(make_patient(), physio, Kind.KINE_REMOB, DAY)
    (month,) = months_of(physio, day)
    assert month.late == (day > LATEST)
    claim(act, now=at(day))
    return act


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (LATEST, ()),
        (
            LATEST + timedelta(days=1),
            ("Noté à temps, mais demandé 91 jours après l’acte, quand le délai est de 90 jours.",),
        ),
    ],
)
def test_act_asked_for_late_is_an_exception(day: date, expected: tuple[str, ...]) -> None:
    act = asked_on(day)
    (controlled,) = control(list(with_acts(act.claim_lines.all())))
    assert tuple(controlled.sentences) == expected
    assert controlled.clean == (not expected)
    assert [check.ok for check in controlled.checks if "Demandé" in check.label] == [not expected]


def test_late_act_is_let_through_by_a_person_alone() -> None:
    act, by, now = asked_on(LATEST + timedelta(days=2)), make_user(Role.ACCOUNTANT), at(LATEST)
    outcome = validate_lines(lines=act.claim_lines.all(), by=by, now=now)
    assert [each.remarks for each in outcome.left] == [(Remark.CLAIMED_LATE,)]
    grant(10)
    assert validate_act(act=act, by=by, now=now).state == "submitted"
    (held,) = ClaimStep.objects.filter(move=ClaimMove.HELD)
    assert (held.by, held.note) == (by, "Lu\u00a0: Demandé hors délai")
    grant(20)
    admit_all(now=now)
    act.refresh_from_db()
    assert act.state == "validated"
    assert found() == []
