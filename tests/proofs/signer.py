"""Signs the batch of that number as that account, and dies at its statement number `at`."""

from fees.actions.batches import sign_batch
from fees.gateways.sepa import SepaGateway
from fees.models import Batch
from network.models import User
from portal.kit import clock
from tests.proofs.dying import dying


def main(number: int, user: int, at: int) -> None:
    batch, by = Batch.objects.get(number=number), User.objects.get(pk=user)
    with dying(at):
        sign_batch(batch=batch, gateway=SepaGateway(), by=by, now=clock.now())
