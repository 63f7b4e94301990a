"""How long the answers to complete files took, over the last quarter."""

from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Subquery

from network.enums import Move
from network.models import PathwayStep
from network.pathway import DELAY_DAYS, Delays, delays

DECIDED = (Move.INCLUDED, Move.REDIRECTED, Move.REFUSED)
OF_THE_CLOCK = (Move.RECEIVED, Move.COMPLETED, Move.ASKED, Move.ASKED_AGAIN)
"""Moves that start the answer's clock or stop it: the last one before a decision tells."""


def decision_delays(on: date) -> Delays:
    """Of the decisions of the last DELAY_DAYS days; those on an incomplete file have no delay.

    One query, grouped by days: as many rows as there are delays, whatever the volume.
    """
    before = PathwayStep.objects.filter(
        patient=OuterRef("patient"), pk__lt=OuterRef("pk"), move__in=OF_THE_CLOCK
    ).order_by("-pk")
    decided = (
        PathwayStep.objects.filter(
            move__in=DECIDED, on__gt=on - timedelta(days=DELAY_DAYS), on__lte=on
        )
        .annotate(last=Subquery(before.values("move")[:1]), since=Subquery(before.values("on")[:1]))
        .filter(last=Move.COMPLETED)
    )
    taken = ExpressionWrapper(F("on") - F("since"), output_field=DurationField())
    counted = decided.order_by().values(taken=taken).annotate(count=Count("pk"))
    return delays({each["taken"].days: each["count"] for each in counted})
