"""A signature that dies at a chosen statement, as a process: nothing of it is cleaned up.

`python -m tests.proofs.signer BATCH USER AT`: signs the batch of that number as that account, and
is killed (`kill -9`) by itself as it is about to send its statement number AT. Ends well when the
signature asks for fewer statements.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def main(number: int, user: int, at: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.proofs.served")
    django.setup()
    from django.db import connection

    from fees.actions.batches import sign_batch
    from fees.gateways.sepa import SepaGateway
    from fees.models import Batch
    from network.models import User
    from portal.kit import clock

    batch, by = Batch.objects.get(number=number), User.objects.get(pk=user)
    sent = 0

    def dying(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal sent
        sent += 1
        if sent == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(dying):
        sign_batch(batch=batch, gateway=SepaGateway(), by=by, now=clock.now())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
