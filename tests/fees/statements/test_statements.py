"""A statement from its file to the end of its reconciliation: nothing lost, nothing paid twice."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from fees.actions.differences import (
    Overtaken,
    assign,
    decide,
    look_again,
    note_difference,
    split,
    undo,
)
from fees.actions.statements import close_statement, drop_statement, send_statement
from fees.actions.steps import Conflict
from fees.enums import DifferenceMove as Move
from fees.enums import DifferenceState as State
from fees.enums import FileState, Kind
from fees.imports.statement import read_file
from fees.models import ColumnMemory, Difference, StatementFile
from fees.selectors.statements import (
    balance,
    by_month,
    by_verdict,
    overlapping,
    progress,
    tiers,
)
from network.enums import Role
from network.models import JournalEntry, Professional, User
from tests.factories.fees import at, log, pay
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.statements import csv, line_of, make_acts, matched, received

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)
DAYS = [date(2026, 11, day) for day in (3, 5, 9, 12, 16)]
NOW = at(date(2026, 11, 20))


@pytest.fixture
def physio() -> Professional:
    return make_professional(user=make_user(Role.CLINICIAN))


@pytest.fixture
def clerk() -> User:
    return make_user(Role.ACCOUNTANT)


def of(file: StatementFile) -> dict[str, Difference]:
    """The differences of a file by their kind."""
    return {each.verdict: each for each in file.differences.select_related("file")}


def test_every_kind_of_difference_is_found_and_every_euro_counted(
    physio: Professional, clerk: User
) -> None:
    acts = make_acts(physio, DAYS)
    content = csv(
        line_of(acts[0]),
        line_of(acts[1], amount="45"),
        line_of(acts[2], day=date(2026, 11, 10)),
        line_of(acts[0]),  # twice
        "06/11/2026;Z999999;Remobilisation;30",
        "semaine 45;" + acts[3].patient.code + ";Remobilisation;30",
        "18/11/2026;" + acts[3].patient.code + ";Remobilisation;30",
        "Total;;;",
    )
    file = matched(physio, MONTH, content, by=clerk, now=NOW)
    assert {each.verdict: each.state for each in of(file).values()} == {
        "matched": State.AGREED,
        "amount_differs": State.OPEN,
        "date_differs": State.OPEN,
        "claimed_twice": State.OPEN,
        "unknown_patient": State.OPEN,
        "unreadable": State.OPEN,
        "missing_in_log": State.OPEN,
        "missing_in_statement": State.OPEN,
    }
    found = balance(file.differences.all())
    assert (found.claimed, found.paid, found.deferred) == (
        Decimal(225),
        Decimal(30),
        Decimal(195),
    )
    assert found.reduced == 0
    assert (found.lines, found.settled) == (7, 1)
    assert file.differences.filter(line=None).count() == 2  # the acts that no line claims
    assert by_verdict(file.differences.all())[0].stake == Decimal(60)
    for each in file.differences.filter(state=State.OPEN).select_related("file"):
        move = Move.ACCEPTED if each.act_id else Move.REFUSED
        decide(difference=each, move=move, version=1, by=clerk, now=NOW, note="Vu")
    found = balance(file.differences.all())
    assert (found.paid, found.reduced, found.rejected, found.deferred) == (
        Decimal(90),
        Decimal(15),
        Decimal(120),
        Decimal(0),
    )
    closed = close_statement(file=file, by=clerk, now=NOW)
    assert closed.state == FileState.CLOSED
    with pytest.raises(Conflict, match="plus à rapprocher"):
        undo(difference=of(file)["amount_differs"], version=2, by=clerk, now=NOW)


def test_same_file_is_one_and_overlapping_lines_are_told(physio: Professional, clerk: User) -> None:
    acts = make_acts(physio, DAYS)
    content = csv(*map(line_of, acts[:3]), note="Premier")
    first = matched(physio, MONTH, content, by=clerk, now=NOW)
    assert received(physio, MONTH, content, by=clerk, now=NOW) == first
    again = received(physio, MONTH, csv(*map(line_of, acts), note="Corrigé"), by=clerk, now=NOW)
    understood, remembered = read_file(again)
    assert remembered  # the same columns: confirmed once
    assert ColumnMemory.objects.count() == 1
    overlap = overlapping(again, understood.lines)
    assert overlap is not None
    assert (overlap.lines, overlap.of, overlap.earlier) == (3, 5, first)
    second = matched(physio, MONTH, csv(*map(line_of, acts), note="Corrigé"), by=clerk, now=NOW)
    states = second.differences.values_list("verdict", "state")
    assert sorted(states) == [("already_paid", State.OPEN)] * 3 + [("matched", State.AGREED)] * 2
    twice = second.differences.filter(verdict="already_paid").select_related("file")[0]
    with pytest.raises(Conflict, match="n’a pas d’acte à payer"):
        decide(difference=twice, move=Move.ACCEPTED, version=1, by=clerk, now=NOW)


def test_two_accountants_do_not_tread_on_each_other(physio: Professional, clerk: User) -> None:
    acts = make_acts(physio, DAYS[:1])
    file = matched(physio, MONTH, csv(line_of(acts[0], amount="45")), by=clerk, now=NOW)
    found = of(file)["amount_differs"]
    other = make_user(Role.ACCOUNTANT)
    done = decide(difference=found, move=Move.ACCEPTED, version=1, by=clerk, now=NOW)
    again = decide(difference=found, move=Move.ACCEPTED, version=1, by=clerk, now=NOW)
    assert (again.version, done.steps.count()) == (2, 1)  # a double click is one gesture
    with pytest.raises(Overtaken, match=f"{clerk} a changé cette ligne.*Accepté"):
        decide(difference=found, move=Move.REFUSED, version=1, by=other, now=NOW, note="Trop cher")
    with pytest.raises(Conflict, match="annulez d’abord"):
        decide(difference=found, move=Move.ASKED, version=2, by=other, now=NOW)
    undone = undo(difference=found, version=2, by=other, now=NOW)
    assert (undone.state, undone.payable) == (State.OPEN, Decimal(0))
    noted = note_difference(difference=found, note="Appelé", by=other, now=NOW)
    given = assign(difference=noted, to=other, by=clerk, now=NOW)
    assert given.assigned_to == other
    with pytest.raises(Conflict, match="motif"):
        decide(difference=found, move=Move.REFUSED, version=given.version, by=clerk, now=NOW)
    moves = [each.move for each in found.steps.all()]
    assert moves == [Move.ACCEPTED, Move.UNDONE, Move.NOTED, Move.ASSIGNED]
    assert JournalEntry.objects.filter(verb__startswith="difference.").count() == 4


def test_line_is_shared_between_the_acts_it_claims(physio: Professional, clerk: User) -> None:
    patient = make_patient(included_on=MONTH, requested_on=MONTH, completed_on=MONTH)
    first, second = (log(patient, physio, Kind.KINE_REMOB, day) for day in DAYS[:2])
    file = matched(physio, MONTH, csv(line_of(first, amount="60")), by=clerk, now=NOW)
    line, alone = of(file)["amount_differs"], of(file)["missing_in_statement"]
    shared = split(difference=line, others=[alone], version=1, by=clerk, now=NOW)
    shares = list(file.differences.order_by("pk"))
    assert [(each.claimed, each.verdict) for each in shares] == [(Decimal(30), "matched")] * 2
    assert sum(each.claimed for each in shares) == shared.line.euros  # type: ignore[union-attr]
    for each in file.differences.select_related("file"):
        decide(difference=each, move=Move.ACCEPTED, version=2, by=clerk, now=NOW)
    assert balance(file.differences.all()).paid == Decimal(60)
    assert second.amount == Decimal(30)


def test_line_without_act_takes_the_one_that_a_person_chooses(
    physio: Professional, clerk: User
) -> None:
    acts = make_acts(physio, DAYS[:1])
    file = matched(physio, MONTH, csv("03/11/2026;Z999999;Remobilisation;30"), by=clerk, now=NOW)
    line, alone = of(file)["unknown_patient"], of(file)["missing_in_statement"]
    chosen = split(difference=line, others=[alone], version=1, by=clerk, now=NOW)
    assert (chosen.act, chosen.verdict, file.differences.count()) == (acts[0], "matched", 1)


def test_author_sees_the_differences_before_anybody(physio: Professional, clerk: User) -> None:
    acts = make_acts(physio, DAYS[:2])
    own = physio.user
    assert own is not None
    file = matched(physio, MONTH, csv(line_of(acts[0], amount="45")), by=own, now=NOW)
    assert file.state == FileState.CHECKED
    visible: Callable[[User], bool] = lambda user: (  # noqa: E731
        StatementFile.objects.visible_to(user).filter(pk=file.pk).exists()
    )
    assert (visible(own), visible(clerk)) == (True, False)
    with pytest.raises(Conflict, match="plus à rapprocher"):
        decide(
            difference=of(file)["amount_differs"], move=Move.ACCEPTED, version=1, by=clerk, now=NOW
        )
    send_statement(file=file, by=own, now=NOW)
    assert (visible(own), visible(clerk)) == (True, True)
    with pytest.raises(Conflict, match="déjà rapproché"):
        drop_statement(file=file, by=own, now=NOW)
    other = make_professional(user=make_user(Role.CLINICIAN))
    assert not visible(other.user)  # type: ignore[arg-type]


def test_paid_act_is_not_paid_again_and_names_are_encrypted(
    physio: Professional, clerk: User
) -> None:
    acts = make_acts(physio, DAYS[:1])
    pay(*acts, now=NOW + timedelta(days=1))
    content = f"Date;Patient;Montant\n03/11/2026;{acts[0].patient.name};30".encode()
    file = matched(physio, MONTH, content, by=clerk, now=NOW)
    assert of(file).keys() == {"already_paid"}
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT patient_name FROM fees_statementline")
        assert acts[0].patient.birth_name not in cursor.fetchone()[0]


def test_act_noted_since_is_found_for_its_line(physio: Professional, clerk: User) -> None:
    first, later = make_acts(physio, DAYS[:2])
    missing = f"12/11/2026;{later.patient.code};Remobilisation;30"
    file = matched(physio, MONTH, csv(line_of(first), line_of(later), missing), by=clerk, now=NOW)
    alone = of(file)["missing_in_log"]
    with pytest.raises(Conflict, match="Toujours aucun"):
        look_again(difference=alone, version=1, by=clerk, now=NOW)
    act = log(later.patient, physio, Kind.KINE_REMOB, DAYS[3])
    found = look_again(difference=alone, version=1, by=clerk, now=NOW)
    assert (found.act, found.verdict, found.state) == (act, "matched", State.AGREED)
    assert found.payable == Decimal(30)
    with pytest.raises(Conflict, match="déjà sa réponse"):
        look_again(difference=alone, version=2, by=clerk, now=NOW)
    with pytest.raises(Overtaken):
        look_again(difference=alone, version=1, by=clerk, now=NOW)


def test_precision_of_answers_is_measured_on_what_was_done_since(
    physio: Professional, clerk: User
) -> None:
    acts = make_acts(physio, DAYS)
    content = csv(
        *[line_of(act) for act in acts[:2]], *[line_of(act, amount="45") for act in acts[2:5]]
    )
    file = matched(physio, MONTH, content, by=clerk, now=NOW)
    one, two, _three = file.differences.filter(verdict="amount_differs")
    decide(difference=one, move=Move.ACCEPTED, version=1, by=clerk, now=NOW)
    decide(difference=two, move=Move.REFUSED, version=1, by=clerk, now=NOW, note="Non")
    automatic = file.differences.filter(verdict="matched").first()
    assert automatic is not None
    undo(difference=automatic, version=1, by=clerk, now=NOW)
    measured = {e.tier: (e.lines, e.wrong, e.precision) for e in tiers(file.differences.all())}
    assert measured == {
        "automatic": (2, 1, Decimal(50)),
        "suggested": (2, 1, Decimal(50)),
        "by_hand": (0, 0, None),
    }
    done = progress(file.differences.all())
    assert (done.done, done.all) == (2, 4)
    (month,) = by_month(file.differences.all())
    assert (month.month, month.lines, month.settled, month.apart) == (MONTH, 5, 2, 4)
