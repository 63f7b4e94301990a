"""Who read a patient's file, line by line: when, what, and in which capacity on that day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.enums import Glass, LinkRole, Role
from network.models import (
    BreakGlass,
    CareLink,
    JournalEntry,
    Patient,
    Representative,
    RoleGrant,
    User,
)
from network.models.break_glass import GLASS_REASONS, OPEN_FOR
from network.models.journal import READINGS

PAGE = 30
STAFF = {
    Role.COORDINATOR: gettext_lazy("coordination du réseau"),
    Role.MEDICAL_DIRECTOR: gettext_lazy("direction médicale du réseau"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One line; `own`: the patient's own reading. `exceptional`: through break-glass."""

    at: datetime
    person: str
    capacity: str
    what: str
    own: bool = False
    exceptional: bool = False


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Some lines, the latest first; their whole number is never counted."""

    lines: list[Reading]
    number: int
    has_next: bool


def reading_page(patient: Patient, number: int) -> ReadingPage:
    """One page of all the reads, from 1, in a number of queries that does not grow."""
    start = (number - 1) * PAGE
    entries = list(
        JournalEntry.objects.filter(patient=patient, verb__in=READINGS)
        .select_related("actor")
        .order_by("-at", "-pk")[start : start + PAGE + 1]
    )
    people = _People(patient, [each.actor for each in entries if each.actor])
    return ReadingPage(
        [people.reading(each) for each in entries[:PAGE]], number, len(entries) > PAGE
    )


class _People:
    """What each reader was to the patient, read once for the page."""

    def __init__(self, patient: Patient, readers: list[User]) -> None:
        self.patient = patient
        users = {each.pk for each in readers}
        self.links = list(
            CareLink.objects.filter(patient=patient, professional__user__in=users).select_related(
                "professional"
            )
        )
        self.glasses = list(BreakGlass.objects.filter(patient=patient, user__in=users))
        self.relations = dict(
            Representative.objects.filter(patient=patient, user__in=users).values_list(
                "user", "relation"
            )
        )
        self.grants = list(RoleGrant.objects.filter(user__in=users, role__in=list(STAFF)))

    def reading(self, entry: JournalEntry) -> Reading:
        if entry.actor is None:
            return Reading(entry.at, _("Ariane"), _("le portail lui-même"), entry.words)
        own = entry.actor_id == self.patient.user_id
        glass = None if own else self._glass(entry)
        return Reading(
            at=entry.at,
            person=str(entry.actor),
            capacity=_("le dossier est le sien") if own else self._capacity(entry, glass),
            what=entry.words,
            own=own,
            exceptional=glass is not None,
        )

    def _capacity(self, entry: JournalEntry, glass: BreakGlass | None) -> str:
        user, day = entry.actor_id or 0, timezone.localdate(entry.at)
        if user in self.relations:
            return str(self.relations[user])
        if glass:
            return _("accès exceptionnel\u00a0: %(why)s") % {
                "why": GLASS_REASONS[Glass(glass.reason)]
            }
        link = self._link(user, day)
        if link and link.role == LinkRole.TREATING_DOCTOR:
            return _("médecin traitant")
        if link:
            return _("équipe de soins, %(trade)s") % {"trade": link.professional.trade}
        return self._staff(user, entry.at) or _("réunion de professionnels (RCP)")

    def _link(self, user: int, day: date) -> CareLink | None:
        """The closest link of that day: as treating doctor before the team."""
        links = [
            each
            for each in self.links
            if each.professional.user_id == user
            and each.starts_on <= day
            and (each.ends_on is None or each.ends_on >= day)
        ]
        return min(links, key=lambda each: each.role != LinkRole.TREATING_DOCTOR, default=None)

    def _glass(self, entry: JournalEntry) -> BreakGlass | None:
        """The access that was open at that instant, unless the person followed the patient."""
        if self._link(entry.actor_id or 0, timezone.localdate(entry.at)):
            return None
        return next(
            (
                each
                for each in self.glasses
                if each.user_id == entry.actor_id
                and each.opened_at <= entry.at < each.opened_at + OPEN_FOR
            ),
            None,
        )

    def _staff(self, user: int, at: datetime) -> str:
        held = {
            each.role
            for each in self.grants
            if each.user_id == user
            and each.granted_at <= at
            and (each.ended_at is None or each.ended_at > at)
        }
        return next((str(words) for role, words in STAFF.items() if role in held), "")
