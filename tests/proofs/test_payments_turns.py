"""Two gestures on a batch, one in the middle of the other; each pair with its control.

The first stops between what it read and what it writes. With the locks the second waits for it;
without them, on PostgreSQL, the books or the constraints must be seen to go wrong.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db.models import QuerySet

from fees.actions import bank_answers, batches, course, payment_steps
from fees.actions.steps import Conflict
from fees.enums import Payment, TransferState
from fees.gateways.sepa import SepaGateway
from fees.models import Act, Batch, Transfer
from fees.transfers import next_bank_day
from network.models import Patient
from portal.kit import clock
from tests.proofs.payments import Office, recounted
from tests.proofs.threads import faults
from tests.proofs.turns import HELD, SLOW, Turns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
Call = Callable[[], object]
STOPS = (
    (batches, "net"),
    (batches, "_send"),
    (bank_answers, "move_transfer"),
    (bank_answers, "end_transfer"),
)


def take_locks_away(patch: pytest.MonkeyPatch) -> None:
    """The defect: nobody locks a patient nor a batch."""

    def patients(*acts: QuerySet[Act]) -> set[int]:
        return {key for some in acts for key in some.order_by().values_list("patient", flat=True)}

    def batch(batch: Batch) -> Batch:
        return Batch.objects.get(pk=batch.pk)

    def patient(pk: int) -> Patient:
        return Patient.objects.get(pk=pk)

    for module in (payment_steps, batches, bank_answers):
        patch.setattr(module, "lock_patients_of", patients)
        patch.setattr(module, "lock_batch", batch)
    patch.setattr(course, "lock_patient", patient)


@pytest.fixture(params=["locked", "unlocked"])
def locked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param == "unlocked":
        take_locks_away(monkeypatch)
    return bool(request.param == "locked")


class Scene:
    """Two payees; their acts validated, or in a batch that waits, or signed."""

    def __init__(self, reached: str) -> None:
        self.office = Office(2)
        self.by, self.signers = self.office.clerk, self.office.signers
        if reached == "validated":
            self.acts = [self.office.validated(each)[0] for each in self.office.payees]
            return
        self.batch = self.office.draft()
        if reached == "signed":
            self.sign(0)()
        self.transfer = self.batch.transfers.earliest("pk")
        self.acts = list(Act.objects.filter(payment_lines__transfer=self.transfer))

    def sign(self, who: int) -> Call:
        given: dict[str, Any] = {"batch": self.batch, "gateway": SepaGateway()}
        return partial(batches.sign_batch, **given, by=self.signers[who], now=clock.now())

    def call(self, name: str) -> Call:
        told: dict[str, Any] = {"by": self.by, "now": clock.now()}
        why = told | {"reason": "Contrôle"}
        day, back = next_bank_day(clock.today()), Payment.REJECTED
        calls: dict[str, Callable[[], Call]] = {
            "prepare": lambda: partial(batches.prepare_batch, execute_on=day, **told),
            "cancel": lambda: partial(course.cancel_act, act=self.acts[0], **why),
            "sign": lambda: self.sign(0),
            "sign_too": lambda: self.sign(1),
            "take_out": lambda: partial(batches.take_out, transfer=self.transfer, **why),
            "drop": lambda: partial(batches.drop_batch, batch=self.batch, **why),
            "execute": lambda: partial(bank_answers.execute, transfer=self.transfer, **told),
            "send_back": lambda: partial(
                bank_answers.send_back, transfer=self.transfer, move=back, **why
            ),
        }
        return calls[name]()


PAIRS = [
    ("validated", "prepare", "cancel"),
    ("draft", "sign", "sign_too"),
    ("draft", "sign", "take_out"),
    ("draft", "sign", "drop"),
    ("signed", "execute", "send_back"),
]


@pytest.mark.parametrize(("reached", "first", "second"), PAIRS)
def test_two_gestures_on_a_batch(
    reached: str, first: str, second: str, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(reached)
    turns = Turns(monkeypatch, held=HELD if locked else SLOW, stops=STOPS)
    answers, between = turns.play(scene.call(first), scene.call(second))
    wrong = [*faults(answers, Conflict), *recounted()]
    if locked:
        assert (wrong, between) == ([], False)
        assert [type(each) for each in faults(answers)] == [Conflict]  # the second, told why
        assert not isinstance(answers[0], Exception)
    else:
        assert between
        assert wrong != []


def test_executed_while_it_is_sent_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without control: the entries of a transfer that goes back are undone whichever they are."""
    scene = Scene("signed")
    turns = Turns(monkeypatch, stops=STOPS)
    answers, between = turns.play(scene.call("send_back"), scene.call("execute"))
    assert ([type(each) for each in faults(answers)], between) == ([Conflict], False)
    assert recounted() == []


def test_cancel_in_the_middle_of_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    """An act that a batch holds is cancelled by nobody: its line says so, with or without locks."""
    scene = Scene("draft")
    turns = Turns(monkeypatch, stops=STOPS)
    answers, _ = turns.play(scene.call("sign"), scene.call("cancel"))
    assert [type(each) for each in faults(answers)] == [Conflict]
    assert recounted() == []
    assert set(Transfer.objects.values_list("state", flat=True)) == {TransferState.SENT}
