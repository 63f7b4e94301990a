"""Facts of training, as frames for the indicators: nobody's name.

A meeting counts once its day is past or come, and unless called off.
"""

from datetime import date

import pandas as pd
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from portal.kit.measures import frame
from portal.kit.versions import counts, last_key
from training.enums import SeatState
from training.models import Answer, Attestation, Meeting, Registration, Stay


def attestations(until: date) -> pd.DataFrame:
    """One row an attestation that nobody revoked: `on`, `learner`, `profession` (empty without)."""
    found = Attestation.objects.standing().filter(issued_on__lte=until).order_by()
    rows = found.values_list("issued_on", "learner", "learner__professional__profession")
    made = frame(rows, ["on", "learner", "profession"], days=["on"])
    return made.assign(profession=made["profession"].fillna(""))


def attestations_version() -> str:
    return f"{last_key(Attestation)}.{counts(Attestation.objects.standing())}"


def seats(until: date) -> pd.DataFrame:
    """One row a seat of a webinar or a day: `on`, `mode`, and 0 or 1: `attended`, `noted`,
    `unnoted` (nothing was noted of anybody at that meeting)."""
    noted = Stay.objects.filter(registration__meeting=OuterRef("meeting"))
    came = Stay.objects.filter(registration=OuterRef("pk"))
    held = Registration.objects.filter(
        state=SeatState.BOOKED,
        meeting__cancelled_at=None,
        meeting__date_known=True,
        meeting__held_on__lte=until,
    ).order_by()
    rows = [
        (on, mode, int(attended), int(known), int(not known))
        for on, mode, attended, known in held.values_list(
            "meeting__held_on", "mode", Exists(came), Exists(noted)
        )
    ]
    return frame(rows, ["on", "mode", "attended", "noted", "unnoted"], days=["on"])


def seats_version() -> str:
    return ".".join(
        [
            last_key(Registration, Stay),
            counts(
                Registration.objects.filter(state=SeatState.BOOKED),
                Meeting.objects.filter(cancelled_at=None, date_known=True),
            ),
        ]
    )


def answers(until: date) -> pd.DataFrame:
    """One row a day and a profession, of the first answers that count among peers: `on`,
    `profession`, `answers`, `right` (of full credit). Counted by the database."""
    found = Answer.objects.filter(counted=True).annotate(on=TruncDate("given_at"))
    grouped = found.filter(on__lte=until).order_by().values_list("on", "profession")
    rows = grouped.annotate(answers=Count("pk"), right=Count("pk", filter=Q(credit=1)))
    return frame(rows, ["on", "profession", "answers", "right"], days=["on"])


def answers_version() -> str:
    """Answers only grow."""
    return last_key(Answer)
