"""Reads of requests: the queue and its clocks, what one lacks, who looks alike, who is told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from network.enums import LinkRole, Move, PathwayState
from network.models import (
    Attachment,
    CareLink,
    DistinctFiles,
    PathwayStep,
    Patient,
    Referral,
    User,
)
from network.pathway import DECISION_DAYS, URGENT_DAYS, Clocks, clocks
from network.rules.identity import looks_same

UNDECIDED = (PathwayState.REQUESTED, PathwayState.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class QueueSearch:
    """Filters of the queue, as the address carries them."""

    text: str = ""
    urgency: str = ""
    fast_track: bool = False
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """How many requests wait, over the whole queue."""

    complete: int
    late: int
    soon: int
    incomplete: int


@dataclass(frozen=True, slots=True)
class Row:
    """One request of the queue; `missing` is empty once the file is complete."""

    patient: Patient
    clocks: Clocks
    referral: Referral | None
    missing: str
    twins: list[Patient]

    @property
    def flags(self) -> list[str]:
        return self.referral.fast_track_words if self.referral else []


def totals(on: date) -> Totals:
    """Complete requests (late: more than 15 days; soon: 3 days left or fewer) and incomplete."""
    complete = Q(state=PathwayState.REQUESTED)
    last_day = on - timedelta(days=DECISION_DAYS)
    found = Patient.objects.filter(state__in=UNDECIDED).aggregate(
        complete=Count("pk", filter=complete),
        late=Count("pk", filter=complete & Q(completed_on__lt=last_day)),
        soon=Count("pk", filter=complete & _soon(on)),
        incomplete=Count("pk", filter=Q(state=PathwayState.INCOMPLETE)),
    )
    return Totals(**found)


def _soon(on: date) -> Q:
    """Not late, and no more than URGENT_DAYS left."""
    last_day = on - timedelta(days=DECISION_DAYS)
    return Q(completed_on__gte=last_day, completed_on__lte=last_day + timedelta(days=URGENT_DAYS))


def queue(search: QueueSearch, on: date) -> QuerySet[Patient]:
    """Complete requests by days left, or incomplete ones from the oldest."""
    found = Patient.objects.named_like(search.text)
    if search.incomplete:
        found = found.filter(state=PathwayState.INCOMPLETE).order_by("requested_on", "pk")
    else:
        found = found.filter(state=PathwayState.REQUESTED).order_by("completed_on", "pk")
        if search.urgency == "retard":
            found = found.filter(completed_on__lt=on - timedelta(days=DECISION_DAYS))
        elif search.urgency == "bientot":
            found = found.filter(_soon(on))
    if search.fast_track:
        flagged = Referral.objects.filter(patient=OuterRef("pk")).exclude(fast_tracks=[])
        found = found.filter(Exists(flagged))
    return _with_last_step(found).prefetch_related(_referrals())


def _with_last_step(found: QuerySet[Patient]) -> QuerySet[Patient]:
    last = PathwayStep.objects.filter(patient=OuterRef("pk")).order_by("-pk")
    return found.annotate(
        last_move=Subquery(last.values("move")[:1]), last_reason=Subquery(last.values("reason")[:1])
    )


def _referrals() -> Prefetch[str]:
    sent = Referral.objects.select_related("author", "author__professional", "treating_doctor")
    return Prefetch("referrals", sent.order_by("-sent_at"), to_attr="sent_referrals")


def rows(patients: Iterable[Patient], on: date) -> list[Row]:
    """The rows of one page of `queue`, in a number of queries that does not grow with it."""
    shown = list(patients)
    twins = twins_of(shown)
    return [
        Row(
            patient=each,
            clocks=clocks(each.requested_on, each.completed_on, on),
            referral=next(iter(each.sent_referrals), None),  # type: ignore[attr-defined]
            missing=missing_of(each),
            twins=twins[each.pk],
        )
        for each in shown
    ]


def missing_of(patient: Patient) -> str:
    """What the file waits for: what was asked last, else the patient's questionnaire."""
    if patient.state != PathwayState.INCOMPLETE:
        return ""
    if getattr(patient, "last_move", "") == Move.ASKED:
        return str(getattr(patient, "last_reason", ""))
    return _("questionnaire du patient")


def request_of(code: str) -> QuerySet[Patient]:
    """One patient's request, whatever became of it, ready for its page."""
    return _with_last_step(Patient.objects.filter(code=code)).select_related("user", "joined_to")


def twins_of(patients: list[Patient]) -> dict[int, list[Patient]]:
    """Files that may be the same person's as each of these, unless somebody told them apart."""
    keys = {each.pk for each in patients}
    days = {each.birth_date for each in patients}
    born_then: dict[date, list[Patient]] = defaultdict(list)
    candidates = Patient.objects.filter(birth_date__in=days).exclude(state=PathwayState.JOINED)
    for each in candidates.order_by("pk"):
        born_then[each.birth_date].append(each)
    pairs = DistinctFiles.objects.filter(Q(one__in=keys) | Q(other__in=keys))
    apart = {frozenset(pair) for pair in pairs.values_list("one", "other")}
    return {
        each.pk: [
            other
            for other in born_then[each.birth_date]
            if other.pk != each.pk
            and frozenset((each.pk, other.pk)) not in apart
            and looks_same(each.traits, other.traits)
        ]
        for each in patients
    }


def referrals_of(patient: Patient) -> list[Referral]:
    """What clinicians wrote of this patient, the latest first, with the attachments."""
    sent = Referral.objects.filter(patient=patient, sent_at__isnull=False).order_by("-sent_at")
    return list(
        sent.select_related("author", "author__professional", "treating_doctor").prefetch_related(
            Prefetch("attachments", Attachment.objects.all())
        )
    )


def drafts_of(user: User) -> QuerySet[Referral]:
    return Referral.objects.of_author(user).drafts().order_by("-kept_at")


def sent_by(user: User) -> QuerySet[Referral]:
    """The author's requests, the latest first; each patient carries the last step."""
    patients = _with_last_step(Patient.objects.all())
    sent = Referral.objects.of_author(user).sent().order_by("-sent_at", "-pk")
    return sent.prefetch_related(Prefetch("patient", patients))


def doctors_told(
    patient: Patient, referral: Referral | None, on: date
) -> tuple[list[User], list[User]]:
    """The referral's author; then the treating doctor's account, when it is another."""
    author = [referral.author] if referral else []
    links = CareLink.objects.on(on).filter(patient=patient, role=LinkRole.TREATING_DOCTOR)
    doctors = User.objects.filter(professional__links__in=links).distinct()
    return author, [each for each in doctors if each not in author]


def asked_of(user: User) -> QuerySet[Referral]:
    """The author's requests of which the network asked for a piece last."""
    last = PathwayStep.objects.filter(patient=OuterRef("patient")).order_by("-pk")
    waiting = Referral.objects.of_author(user).filter(patient__state=PathwayState.INCOMPLETE)
    return (
        waiting.annotate(last_move=Subquery(last.values("move")[:1]))
        .filter(last_move=Move.ASKED)
        .select_related("patient")
        .order_by("-sent_at")[:5]
    )


def state_of(patient: Patient) -> tuple[str, str]:
    """Where a request stands for its author: the colour of a tag, and its words."""
    asked = getattr(patient, "last_move", "") == Move.ASKED
    waiting = _("Pièces demandées") if asked else _("En attente du questionnaire")
    return {
        PathwayState.INCOMPLETE: ("wait", waiting),
        PathwayState.REQUESTED: ("info", _("À l’étude")),
        PathwayState.FOLLOWED: ("ok", _("Suivi en cours")),
        PathwayState.ENDED: ("", _("Suivi terminé")),
        PathwayState.REDIRECTED: ("", _("Réorientée")),
        PathwayState.REFUSED: ("", _("Refusée")),
        PathwayState.ARCHIVED: ("", _("Archivée")),
        PathwayState.JOINED: ("info", _("À l’étude")),
    }[PathwayState(patient.state)]
