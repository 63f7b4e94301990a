"""The payments of the access matrix: a signed batch that pays two professionals, one of whom has
been paid, one to sign; a closed month."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from fees.actions.bank_answers import execute
from fees.actions.batches import prepare_batch
from fees.actions.books import grant_envelope
from fees.actions.checking import check_lines
from fees.actions.claims import return_line
from fees.actions.closings import close_month
from fees.closing import month_of
from fees.enums import Kind
from fees.models import Act, ClaimLine, ControlRun, SpotCheck, SpotRate, Transfer
from fees.transfers import next_bank_day
from network.enums import Role
from network.models import Professional, User
from portal.kit import clock
from tests.factories.fees import at, claim, log, make_account, sign, validate
from tests.factories.network import make_patient, make_user

type Values = dict[tuple[str, str], dict[str, Any]]


def payment_values(mine: Professional, theirs: Professional) -> Values:
    """The parameters of the addresses of payments."""
    by, now = make_user(Role.ACCOUNTANT), clock.now()
    closed = month_of(clock.today()).preceding
    year = clock.today().year
    first, granted = at(closed.since), Decimal(9000)
    grant_envelope(year=year, amount=granted, decision=f"{year}-1", by=by, now=first)
    close_month(span=closed, by=by, now=now)

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
    execute(transfer=signed.transfers.get(professional=mine), by=by, now=now)
    validated(mine)
    draft = prepare_batch(execute_on=next_bank_day(timezone.localdate(now)), by=by, now=now)
    values: Values = {
        ("fees:batch_sign", "other"): {"number": draft.number},
        ("fees:batch_drop", "other"): {"number": draft.number},
        ("fees:batch_file", "other"): {"number": signed.number},
        ("fees:batch_executed", "other"): {"number": signed.number},
        ("fees:closing_year", "other"): {"year": closed.year},
        ("fees:reports_of", "other"): {"year": year},
        ("fees:das2", "other"): {"year": year, "kind": "csv"},
        ("fees:journal", "other"): {"year": year},
        ("fees:agency", "other"): {"year": year},
        ("fees:agency_file", "other"): {"year": year, "kind": "pdf"},
        ("fees:my_statement", "own"): {"year": signed.execute_on.year},
        ("fees:my_statement", "other"): {"year": signed.execute_on.year - 1},
    }
    values |= _control_values({"own": mine, "other": theirs}, by)
    for label, batch in (("own", draft), ("other", signed)):
        values["fees:batch", label] = {"number": batch.number}
    for label, span in (("own", closed), ("other", closed.following)):
        values["fees:closing_month", label] = {"year": span.year, "month": span.month}
    for label, payee in (("own", mine), ("other", theirs)):
        transfer = Transfer.objects.get(batch=signed, professional=payee)
        values["fees:statement", label] = {"year": signed.execute_on.year, "pk": payee.pk}
        for name in ("transfer", "my_payment", "remittance"):
            values[f"fees:{name}", label] = {"pk": transfer.pk}
        values |= _claimed(payee, label)
    return values


def _control_values(payees: dict[str, Professional], by: User) -> Values:
    """Claims to control, a validation that was made, a paid act that was drawn."""
    now = clock.now()
    included = clock.today() - timedelta(days=60)
    run = ControlRun.objects.create(
        request_id=uuid4(), by=by, started_at=now, ended_at=now, last=0, expected=0
    )
    rate = SpotRate.objects.create(
        valid_from=included,
        percent=5,
        salt="sel",
        decision="Convention",
        recorded_at=now,
        recorded_by=by,
    )
    paid = Transfer.objects.filter(lines__live=True).values("lines__act")
    act = Act.objects.filter(pk__in=paid)[0]
    check = SpotCheck.objects.create(act=act, rate=rate, drawn_at=now)
    values: Values = {
        ("fees:control_run", "other"): {"request_id": run.request_id},
        ("fees:spot_check", "other"): {"pk": check.pk},
    }
    for label, payee in payees.items():
        patient = make_patient(included_on=included, requested_on=included, completed_on=included)
        act = log(patient, payee, Kind.KINE_REMOB, clock.today() - timedelta(days=3))
        claim(act, now=now)
        line = act.claim_lines.get()
        check_lines(ClaimLine.objects.filter(pk=line.pk), now=now)
        values["fees:control_claim", label] = {"pk": line.claim_id}
        for name in ("control_line", "line_validate", "line_return"):
            values[f"fees:{name}", label] = {"pk": line.pk}
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
