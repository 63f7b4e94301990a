"""Facts of workshops, as a frame for the indicators: no patient."""

from datetime import date

import pandas as pd
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from etp.enums import PlaceState
from etp.models import PlaceStep, Session
from portal.kit.measures import frame
from portal.kit.versions import counts, last_key

VIDEO = "vidéo"
TAKEN = (PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.ABSENT, PlaceState.EXCUSED)
SEATED = Q(places__state__in=TAKEN)
COLUMNS = ["on", "theme", "site", "capacity", "seated", "attended", "absent", "unnoted"]


def sessions(until: date) -> pd.DataFrame:
    """One row a session held: begun, not cancelled.

    `on`; `theme`; `site` by name, or `VIDEO`; `capacity`: its seats; `seated`: those that
    somebody kept until the end, present or not; `attended`, `absent`: noted; `unnoted`: taken,
    and the attendance is not noted yet.
    """
    held = Session.objects.filter(cancelled_at=None).order_by()
    found = held.annotate(on=TruncDate("starts_at")).filter(on__lte=until)
    counted = found.annotate(
        theme=F("workshop__theme"),
        place=F("site__name"),
        seated=Count("places", filter=SEATED),
        attended=Count("places", filter=Q(places__state=PlaceState.ATTENDED)),
        absent=Count("places", filter=Q(places__state=PlaceState.ABSENT)),
        unnoted=Count("places", filter=Q(places__state=PlaceState.BOOKED)),
    )
    rows = counted.values_list(
        "on", "theme", "place", "capacity", "seated", "attended", "absent", "unnoted"
    )
    made = frame(rows, COLUMNS, days=["on"])
    return made.assign(site=made["site"].fillna(VIDEO), noted=made["attended"] + made["absent"])


def sessions_version() -> str:
    """Sees every move of a place, new sessions and those cancelled; a capacity changed, with the
    next day."""
    return f"{last_key(PlaceStep, Session)}.{counts(Session.objects.filter(cancelled_at=None))}"
