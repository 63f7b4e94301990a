"""The recount of seats: what the database cannot hold in one row."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef

from portal.kit import clock
from portal.kit.verify import Breach, recount
from training.enums import SeatState
from training.models import Attestation, Meeting, Registration, Stay, Viewing
from training.rules.registration import SEATED
from training.rules.watching import Seen, is_enough, within

PATIENCE = timedelta(hours=1)
"""How long the periodic work may take to end a line."""


@recount("places des rencontres")
def recount_meetings(tally: Counter[str]) -> Iterator[Breach]:
    """Nobody waits where a seat is free, and no line outlives its meeting."""
    now = clock.now()
    rows = Registration.objects.order_by().values_list("meeting", "mode", "state")
    counted = Counter(rows.iterator())
    tally["inscriptions"] += sum(counted.values())
    for meeting in Meeting.objects.order_by("pk"):
        tally["rencontres"] += 1
        over = meeting.cancelled_at or meeting.starts_at
        gone = over is not None and over <= now - PATIENCE
        for mode, seats in meeting.terms.seats.items():
            waiting = counted[meeting.pk, mode, SeatState.WAITING]
            booked = sum(counted[meeting.pk, mode, state] for state in SEATED)
            subject = f"rencontre {meeting.pk}, {mode}"
            if waiting and gone:
                yield Breach(f"{subject}, en attente après la fin", waiting, 0)
            elif waiting and booked < seats and meeting.starts_at and not over_now(meeting):
                yield Breach(f"{subject}, places libres alors qu’on attend", seats - booked, 0)


def over_now(meeting: Meeting) -> bool:
    """Whether its line has ended, or is about to."""
    now = clock.now()
    begun = meeting.starts_at is not None and meeting.starts_at <= now
    return meeting.cancelled_at is not None or begun


@recount("enregistrements des rencontres")
def recount_viewings(tally: Counter[str]) -> Iterator[Breach]:
    """Seconds seen are a union, and an attestation of a meeting has a presence or a viewing."""
    for viewing in Viewing.objects.order_by("pk").iterator():
        tally["visionnages"] += 1
        union = within([(low, high) for low, high in viewing.spans], viewing.length)
        if (
            Seen(union).seconds != viewing.seconds
            or [list(each) for each in union] != viewing.spans
        ):
            found = Seen(union).seconds
            yield Breach(f"visionnage {viewing.pk}, secondes vues", viewing.seconds, found)
    was_there = Stay.objects.filter(
        registration__person=OuterRef("learner"), registration__meeting__key=OuterRef("module_key")
    )
    of_meetings = Attestation.objects.filter(module_key__in=Meeting.objects.values("key"))
    tally["attestations de rencontres"] = of_meetings.count()
    for each in of_meetings.exclude(Exists(was_there)):
        seen = Viewing.objects.filter(person=each.learner_id, replay__meeting__key=each.module_key)
        if not any(is_enough(one.seconds, one.length) for one in seen):
            yield Breach(f"attestation {each.code}", "ni présence ni visionnage", "l’un des deux")
