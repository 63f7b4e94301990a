"""Says that the bank has paid the batch of that number, and dies at its statement number `at`."""

from fees.actions.bank_answers import execute_batch
from fees.models import Batch
from network.models import User
from portal.kit import clock
from tests.proofs.dying import dying


def main(number: int, user: int, at: int) -> None:
    batch, by = Batch.objects.get(number=number), User.objects.get(pk=user)
    with dying(at):
        execute_batch(batch=batch, by=by, now=clock.now())
