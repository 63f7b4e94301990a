"""The payments of the access matrix: a signed batch that pays two professionals, one to sign."""

from datetime import timedelta
from typing import Any

from fees.actions.batches import prepare_batch
from fees.actions.claims import return_line
from fees.enums import Kind
from fees.models import Transfer
from fees.transfers import next_bank_day
from network.enums import Role
from network.models import Professional
from portal.kit import clock
from tests.factories.fees import claim, log, make_account, sign, validate
from tests.factories.network import make_patient, make_user

type Values = dict[tuple[str, str], dict[str, Any]]


def payment_values(mine: Professional, theirs: Professional) -> Values:
    """The parameters of the addresses of payments."""
    by, now = make_user(Role.ACCOUNTANT), clock.now()

    def validated(payee: Professional) -> None:
        included = clock.today() - timedelta(days=60)
        act = log(
            make_patient(included_on=included, requested_on=included, completed_on=included),
            payee,
            Kind.KINE_REMOB,
            clock.today() - timedelta(days=7),
        )
        validate(act, by=by, now=now)

    for payee in (mine, theirs):
        make_account(payee)
        validated(payee)
    signed = sign(now)
    validated(mine)
    draft = prepare_batch(execute_on=next_bank_day(now.date()), by=by, now=now)
    values: Values = {
        ("fees:batch_sign", "other"): {"number": draft.number},
        ("fees:batch_drop", "other"): {"number": draft.number},
        ("fees:batch_file", "other"): {"number": signed.number},
        ("fees:batch_executed", "other"): {"number": signed.number},
    }
    for label, batch in (("own", draft), ("other", signed)):
        values["fees:batch", label] = {"number": batch.number}
    for label, payee in (("own", mine), ("other", theirs)):
        transfer = Transfer.objects.get(batch=signed, professional=payee)
        for name in ("transfer", "my_payment", "remittance"):
            values[f"fees:{name}", label] = {"pk": transfer.pk}
        values |= _claimed(payee, label)
    return values


def _claimed(payee: Professional, label: str) -> Values:
    """A claim, one line of which came back."""
    now = clock.now()
    included = clock.today() - timedelta(days=60)
    act = log(
        make_patient(included_on=included, requested_on=included, completed_on=included),
        payee,
        Kind.KINE_REMOB,
        clock.today() - timedelta(days=6),
    )
    claim(act, now=now)
    line = act.claim_lines.get()
    return_line(line=line, reason="Date à vérifier", by=make_user(Role.ACCOUNTANT), now=now)
    return {
        ("fees:my_claim", label): {"pk": line.claim_id},
        ("fees:claim_again", label): {"pk": line.pk},
    }
