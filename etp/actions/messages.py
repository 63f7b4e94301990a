"""Write to all those who come to a session."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from etp import notices
from etp.enums import PlaceState
from etp.models import Place, Session
from network.actions.journal import record
from network.models import OutboxMessage, User

from .letters import tell
from .steps import lock_session


def write_to_all(*, session: Session, words: str, request_id: UUID, by: User, now: datetime) -> int:
    """Queue one mail for each person booked, and say how many. The same request is sent once."""
    with transaction.atomic():
        locked = lock_session(session.pk)
        places = Place.objects.filter(session=locked, state=PlaceState.BOOKED)
        places = places.select_related("patient").order_by("seat")
        key = f"message:{request_id}"
        again = OutboxMessage.objects.filter(key__startswith=key).exists()
        for place in places:
            tell(
                place,
                notices.MESSAGE,
                now=now,
                session=locked,
                more=words.strip(),
                key=f"{key}:{place.pk}",
            )
        if places and not again:
            record(verb="session.messaged", by=by, at=now, subject=f"séance {locked.pk}")
        return len(places)
