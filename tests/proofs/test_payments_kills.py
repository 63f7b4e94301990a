"""Killed in the middle of a signature: a batch is signed whole, with its one file, or not at all.

The bank file is written by the request that signs: no worker takes part.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import count
from random import Random
from signal import SIGKILL

import pytest
from django.urls import reverse

from fees.enums import Entry, Payment, TransferState
from fees.models import Batch, BookEntry, PaymentStep, Transfer
from tests.proofs.brood import Brood
from tests.proofs.client import Noting, acknowledged
from tests.proofs.payments import Office, assert_file_is_of, is_whole, recounted, session_of
from tests.proofs.scale import SCALE, scaled
from tests.proofs.server import Server, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
EVERY = scaled(4, 1)
"""Of how many statements one is died at."""


def lives(brood: Brood, job: str, batch: Batch, user: int, at: int = 0) -> bool:
    """Does the gesture come to its end, when it is to die at its statement number `at`?"""
    brood.bear(job, batch.number, user, at)
    code = brood.wait()
    assert code in (0, -SIGKILL)
    return code == 0


def test_killed_at_each_statement(brood: Brood) -> None:
    office = Office(3)
    draft, signer, clerk = office.draft(), office.signers[0].pk, office.clerk.pk
    for at in count(3, EVERY):
        lived = lives(brood, "signer", draft, signer, at)
        assert is_whole(draft) is lived
        if lived:
            break
    assert at > 14
    assert lives(brood, "signer", draft, signer)  # signed already: the same signature is once
    assert is_whole(draft)
    for at in count(3, EVERY):
        lived = lives(brood, "payer", draft, clerk, at)
        assert paid(draft) in ([3] if lived else [0, 3])  # told once it stands: died at the telling
        if lived:
            break
    assert at > 14
    assert recounted() == []


class Desk:
    """What an accountant asks of the server about a batch."""

    def __init__(self, server: Server, session: str, batch: Batch) -> None:
        self.server, self.session, self.batch = server, session, batch

    def ask(self, name: str) -> Noting:
        path = reverse(f"fees:{name}", args=[self.batch.number])
        return Noting(self.server.port, path, self.session, {})


def hit(server: Server, asked: Noting, after: float) -> bool:
    """Ask, kill the server meanwhile and start it again; was there an answer before it died?"""
    with ThreadPoolExecutor(1) as person:
        answer = person.submit(asked.send)
        time.sleep(after)
        server.kill()
        try:
            answer.result()
        except (OSError, HTTPException):
            answered = False
        else:
            answered = True
    server.start()
    return answered


def test_server_killed_while_it_signs_and_pays() -> None:
    """The small run cuts the signature alone: the others die above, at their statements."""
    random = Random(SCALE)
    office = Office(scaled(6, 40))
    clerk, signer = session_of(office.clerk), session_of(office.signers[0])
    seen, patience = set(), 0.3  # seconds; nears the moment at which the signature stands
    with serving(workers=1) as server:  # one request at a time, and many starts
        for _ in range(scaled(1, 12)):
            batch = office.draft()
            one, other = Desk(server, clerk, batch), Desk(server, signer, batch)
            answered = hit(server, other.ask("batch_sign"), patience)
            seen.add(whole := is_whole(batch))
            patience *= random.uniform(0.6, 1.0) if whole else random.uniform(1.2, 2.0)
            assert seen >= {True} if answered else seen
            assert acknowledged(other.ask("batch_sign"))[0] == 302
            assert is_whole(batch)
            file = batch.file
            if SCALE:
                hit(server, one.ask("batch_file"), random.uniform(0.0, 0.2))
            assert acknowledged(one.ask("batch_file"))[0] == 200
            batch.refresh_from_db()
            assert batch.file == file
            assert_file_is_of(batch)
            if SCALE:
                hit(server, one.ask("batch_executed"), random.uniform(0.0, 0.4))
                assert paid(batch) in (0, len(office.payees))
            assert acknowledged(one.ask("batch_executed"))[0] == 302
            assert paid(batch) == len(office.payees)
            assert recounted() == []
    if SCALE == 1:
        assert seen == {True, False}  # some died before the signature stood, some after


def paid(batch: Batch) -> int:
    """Executed transfers, each with its entry and its step."""
    executed = Transfer.objects.filter(batch=batch, state=TransferState.EXECUTED).count()
    entries = BookEntry.objects.filter(transfer__batch=batch, kind=Entry.EXECUTED).count()
    steps = PaymentStep.objects.filter(batch=batch, move=Payment.EXECUTED).count()
    assert executed == entries == steps
    return executed


def together_over_http(calls: list[Callable[[], tuple[int, str]]]) -> list[int]:
    with ThreadPoolExecutor(len(calls)) as people:
        return [each.result()[0] for each in [people.submit(call) for call in calls]]


def test_two_people_sign_at_once() -> None:
    """Many times each: one of them has signed and is told so, the other one never is.

    Whoever waited too long for the other's signature to end is asked to try again.
    """
    office = Office(scaled(6, 40))
    draft = office.draft()
    with serving() as server:
        desks = [Desk(server, session_of(each), draft) for each in office.signers]
        asked = [desk.ask("batch_sign") for desk in desks] * scaled(4, 10)
        answers = together_over_http([each.send for each in asked])
        after = [desk.ask("batch_sign").send()[0] for desk in desks]
    assert is_whole(draft)
    assert draft.signed_by is not None
    winner = office.signers.index(draft.signed_by)
    assert (after[winner], after[1 - winner]) == (302, 422)
    assert set(answers[winner::2]) <= {302, 422}
    assert 302 in answers[winner::2]
    assert set(answers[1 - winner :: 2]) == {422}


def test_clerk_never_signs_whatever_the_crowd() -> None:
    office = Office(2)
    draft = office.draft()
    with serving() as server:
        clerk = Desk(server, session_of(office.clerk), draft)
        answers = together_over_http([clerk.ask("batch_sign").send] * scaled(4, 20))
    assert set(answers) == {422}
    assert not is_whole(draft)
