"""The demo's bank statement says of a signed batch what a bank would."""

from datetime import date

import pytest

from fees.actions.bank_answers import execute_batch
from fees.enums import BankVerdict, Kind
from home.demo_data.bank import statement_of
from network.enums import Role
from tests.factories.bank import imported
from tests.factories.chain import charge, paid_out, paid_seat
from tests.factories.fees import at, log, make_account, physio_days, sign, validate
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db


def test_statement_of_the_demo_is_read_with_its_return() -> None:
    by, now = make_user(Role.ACCOUNTANT), at(date(2026, 7, 1))
    for rank in (1, 2):
        payee = make_professional()
        make_account(payee)
        for day in physio_days(rank):
            validate(log(make_patient(), payee, Kind.KINE_REMOB, day), by=by, now=now)
    batch = sign(now, execute_on=date(2026, 7, 3))
    execute_batch(batch=batch, by=by, now=now)
    day = date(2026, 8, 10)
    payout = paid_out([charge(paid_seat(make_user(Role.CLINICIAN)), on=day)], on=day)
    content = statement_of(batch, until=day, payouts=[payout])
    file = imported(content, by=by, now=at(date(2026, 8, 11)))
    assert list(file.matches.order_by("line__rank").values_list("verdict", "state")) == [
        (BankVerdict.UNKNOWN_CREDIT, "open"),
        (BankVerdict.GROUPED, "agreed"),
        (BankVerdict.RETURNED, "open"),
        (BankVerdict.UNKNOWN_DEBIT, "open"),
        (BankVerdict.CARD_PAYOUT, "agreed"),
    ]
    assert file.statements.count() == 2
