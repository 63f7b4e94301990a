"""What a planning warns of, in words: short ones for lists, sentences before one decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from etp.enums import Concern
from etp.models import Facilitator, Session, Site
from etp.models.session import CONCERNS
from etp.rules.conflicts import Found, Planned, concerns
from portal.kit.holidays import holiday
from portal.kit.words import hour


@dataclass(frozen=True, slots=True)
class Worry:
    """One concern about a session: `label` for a list, `sentence` for a decision.

    `other`: the session that is in the way.
    """

    concern: Concern
    label: str
    sentence: str
    other: int | None = None

    @property
    def state(self) -> str:
        """The tag's: what clashes with another session is worse than what is unusual."""
        return "wait" if self.other is None else "bad"


def planned(session: Session) -> Planned:
    """A session, read with its site and its facilitator, as the rule sees it."""
    site = session.site
    return Planned(
        key=session.pk or 0,
        day=timezone.localdate(session.starts_at),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        facilitator=session.facilitator_id,
        trained=session.facilitator.is_trained,
        seats=session.capacity,
        site=site.pk if site else None,
        room=site.seats if site else None,
    )


def standing_between(starts_at: datetime, ends_at: datetime) -> list[Session]:
    """The sessions that hold a room or a facilitator at some instant of this span."""
    return list(
        Session.objects.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .select_related("workshop", "site", "facilitator__professional")
        .order_by("starts_at", "pk")
    )


def worries_of(sessions: Iterable[Session]) -> list[list[Worry]]:
    """For each session, written or not yet, what there is to read; one query for all."""
    each_one = list(sessions)
    if not each_one:
        return []
    first = min(each.starts_at for each in each_one)
    last = max(each.ends_at for each in each_one)
    around = {each.pk: each for each in standing_between(first, last)}
    others = [planned(each) for each in around.values()]
    return [
        []
        if each.cancelled_at
        else [_in_words(found, each, around) for found in concerns(planned(each), others)]
        for each in each_one
    ]


def _in_words(found: Found, session: Session, around: dict[int, Session]) -> Worry:
    label = str(CONCERNS[found.concern])
    sentence = _sentence(found, session, around.get(found.other or 0))
    return Worry(found.concern, label, sentence, found.other)


def _sentence(found: Found, session: Session, other: Session | None) -> str:
    person, site = session.facilitator, session.site
    if found.concern == Concern.FACILITATOR_TWICE and other:
        return _("%(person)s anime déjà «\u00a0%(title)s\u00a0», de %(start)s à %(end)s.") % {
            "person": person,
            **_about(other),
        }
    if found.concern == Concern.ROOM_TWICE and other:
        return _("%(site)s est déjà pris par «\u00a0%(title)s\u00a0», de %(start)s à %(end)s.") % {
            "site": site,
            **_about(other),
        }
    if found.concern == Concern.HOLIDAY:
        name = holiday(timezone.localdate(session.starts_at))
        return _("C’est un jour férié\u00a0: %(name)s.") % {"name": name}
    if found.concern == Concern.UNTRAINED:
        return untrained(person)
    return too_small(site, session.capacity) if site else ""


def untrained(person: Facilitator) -> str:
    return _("La formation de 40\u00a0heures de %(person)s n’est pas attestée.") % {
        "person": person
    }


def too_small(site: Site, seats: int) -> str:
    return _("%(site)s a %(room)s\u00a0places, la séance %(seats)s.") % {
        "site": site,
        "room": site.seats,
        "seats": seats,
    }


def _about(other: Session) -> dict[str, str]:
    starts, ends = timezone.localtime(other.starts_at), timezone.localtime(other.ends_at)
    return {
        "title": other.workshop.title,
        "start": hour(starts.time()),
        "end": hour(ends.time()),
    }
