"""The claims of a national-size set: one a month for each professional, sent when it is over.

Claims are few beside their lines, which the database writes itself from the acts. Acts validated or
paid are admitted; those of the present month that nobody has controlled yet are not asked for.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import TruncMonth
from django.utils import timezone

from fees.enums import ClaimMove, Decision, LineState, State
from fees.models import Act, Claim, ClaimLine
from network.models import User
from portal.kit.dates import add_months

SEED = 20_060_402
OWED = (State.VALIDATED, State.IN_BATCH, State.PAID)


@transaction.atomic
def claim_volume(*, on: date, now: datetime) -> None:
    """Give the accepted acts of the set the claims that their states tell."""
    by = User.objects.create_user("demande@volume.example.org")
    random = Random(SEED)  # noqa: S311 - invented data
    acts = Act.objects.filter(decision=Decision.ACCEPTED, state__in=[State.SUBMITTED, *OWED])
    present = on.replace(day=1)
    owed_now = acts.filter(done_on__gte=present, state__in=OWED)
    months = (acts.filter(done_on__lt=present) | owed_now).order_by()
    pairs = months.annotate(month=TruncMonth("done_on")).values_list("professional", "month")
    Claim.objects.bulk_create(
        (
            Claim(
                request_id=UUID(int=random.getrandbits(128), version=4),
                professional_id=professional,
                month=month,
                rank=1,
                sent_at=_sent_at(month, now),
                sent_by=by,
            )
            for professional, month in pairs.distinct().order_by("month", "professional")
        ),
        batch_size=2000,
    )
    _lines(present)
    _steps(ClaimMove.SENT, by, "true")
    _steps(ClaimMove.ADMITTED, by, f"l.state = '{LineState.ADMITTED}'")


def _sent_at(month: date, now: datetime) -> datetime:
    """On the second day of the next month, in the evening."""
    day = add_months(month, 1) + timedelta(days=1)
    return min(timezone.make_aware(datetime.combine(day, time(20))), now)


def _lines(present: date) -> None:
    owed = ", ".join(f"'{state}'" for state in OWED)
    # what else a line holds begins as the model says
    others = [
        field
        for field in ClaimLine._meta.concrete_fields
        if field.column not in ("id", "claim_id", "act_id", "amount", "state")
    ]
    columns = "".join(f", {field.column}" for field in others)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO fees_claimline (claim_id, act_id, amount, state{columns})"
            f" SELECT c.id, a.id, a.amount, CASE WHEN a.state IN ({owed})"
            f" THEN '{LineState.ADMITTED}' ELSE '{LineState.SENT}' END{', %s' * len(others)}"
            " FROM fees_act a JOIN fees_claim c"
            f" ON c.professional_id = a.professional_id AND c.month = {_month('a.done_on')}"
            f" WHERE a.decision = '{Decision.ACCEPTED}' AND (a.state IN ({owed})"
            f" OR (a.state = '{State.SUBMITTED}' AND a.done_on < %s))",
            [
                *(each.get_db_prep_save(each.get_default(), connection) for each in others),
                connection.ops.adapt_datefield_value(present),
            ],
        )


def _steps(move: ClaimMove, by: User, which: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fees_claimstep (line_id, move, at, by_id, note)"
            f" SELECT l.id, '{move}', c.sent_at, %s, ''"
            f" FROM fees_claimline l JOIN fees_claim c ON c.id = l.claim_id WHERE {which}",
            [by.pk],
        )


def _month(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"date_trunc('month', {column})::date"
    return f"strftime('%%Y-%%m-01', {column})"
