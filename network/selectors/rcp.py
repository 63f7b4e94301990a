"""Reads of case reviews (RCP): meetings, agendas and who may read them, proposals, follow-up."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from network.enums import (
    Channel,
    Circle,
    CopyTo,
    MeetingState,
    Outcome,
    Proof,
    WorkStatus,
)
from network.models import (
    CareLink,
    Patient,
    Professional,
    RcpAttendance,
    RcpFile,
    RcpInvitation,
    RcpMeeting,
    RcpMinutes,
    RcpProposal,
    RcpQuorum,
    SharingConsent,
    User,
)
from network.models.rcp import RcpFileQuerySet
from network.models.sharing import CIRCLES
from network.rules.proofs import PLAN_DAYS
from network.rules.review import (
    FOLLOW_UP_AFTER,
    VALID_LEAST,
    WorkCount,
    count_work,
    follow_up_on,
    missing_consent,
)
from portal.kit.dates import add_months


def proof_words(file: RcpFile) -> str:
    """What a file lacks before it can be paid, in one line: « compte rendu signé »."""
    words = {
        Proof.MINUTES: _("compte rendu signé"),
        Proof.PLAN: _("PPS modifié dans les %(days)s\u00a0jours") % {"days": PLAN_DAYS},
        Proof.QUORUM: _("un autre professionnel présent"),
    }
    return ", ".join(words[proof] for proof in file.missing)


def validity_least(on: date) -> int:
    """Professionals without whom a discussion of that day is not valid."""
    setting = RcpQuorum.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return setting.least if setting else VALID_LEAST


def meetings(user: User) -> QuerySet[RcpMeeting]:
    return RcpMeeting.objects.visible_to(user).select_related("chair")


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come; `invitation`: one's own."""

    meeting: RcpMeeting
    invitation: RcpInvitation | None
    files: int
    waiting: int


def coming(user: User, today: date) -> list[Coming]:
    """Planned meetings, the nearest first; one whose day has gone is still to be noted."""
    rows = (
        meetings(user)
        .filter(state=MeetingState.PLANNED)
        .order_by("held_on", "begins_at", "pk")
        .prefetch_related("files", Prefetch("invitations", RcpInvitation.objects.standing()))
    )
    mine = own_professional(user)
    return [
        Coming(
            meeting=each,
            invitation=next(
                (i for i in each.invitations.all() if mine and i.professional_id == mine.pk), None
            ),
            files=len(each.files.all()),
            waiting=sum(i.answer == "waiting" for i in each.invitations.all()),
        )
        for each in rows
    ]


def past(user: User) -> QuerySet[RcpMeeting]:
    """Meetings held or called off, the last first."""
    return meetings(user).exclude(state=MeetingState.PLANNED).order_by("-held_on", "-pk")


def own_professional(user: User) -> Professional | None:
    return Professional.objects.filter(user_id=user.pk).first()


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A file as one reader is shown it: `readable`, or a number alone.

    `lacks`: the proofs missing, in words, for those who attended it and for the coordination.
    """

    number: int
    file: RcpFile
    readable: bool
    proofs: bool
    lacks: str


def agenda(meeting: RcpMeeting, user: User, today: date) -> list[AgendaLine]:
    """The files of a meeting in their order."""
    return agendas([meeting], user, today)[meeting.pk]


def agendas(
    meetings: Collection[RcpMeeting], user: User, today: date
) -> dict[int, list[AgendaLine]]:
    """The files of several meetings, by meeting."""
    of_meetings = RcpFile.objects.filter(meeting__in=[each.pk for each in meetings])
    readable = set(of_meetings.readable_by(user, today).values_list("pk", flat=True))
    payable = set(of_meetings.visible_to(user).values_list("pk", flat=True))
    lines: dict[int, list[AgendaLine]] = {each.pk: [] for each in meetings}
    rows = of_meetings.with_people().select_related("presenter", "signatory")
    for each in rows.order_by("rank", "pk"):
        number = len(lines[each.meeting_id]) + 1
        lines[each.meeting_id].append(
            AgendaLine(
                number=number,
                file=each,
                readable=each.pk in readable,
                proofs=each.meeting.is_held and each.pk in payable,
                lacks=proof_words(each),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody invited who may not read a file, and which consent is missing."""

    professional: Professional
    why: str


def blocked_readers(meeting: RcpMeeting) -> dict[int, list[Blocked]]:
    """By file, who of those invited could not read it on the day of the meeting, and why."""
    files = list(RcpFile.objects.filter(meeting=meeting))
    patients = [each.patient_id for each in files]
    invited = [
        each.professional
        for each in RcpInvitation.objects.filter(meeting=meeting)
        .standing()
        .exclude(answer="excused")
        .select_related("professional")
    ]
    team = set(
        CareLink.objects.on(meeting.held_on)
        .filter(patient__in=patients)
        .values_list("patient_id", "professional_id")
    )
    consents: dict[int, set[Circle]] = defaultdict(set)
    given = SharingConsent.objects.standing().filter(patient__in=patients)
    for patient, circle in given.values_list("patient_id", "circle"):
        consents[patient].add(Circle(circle))
    found: dict[int, list[Blocked]] = {}
    for file in files:
        for each in invited:
            lacks = missing_consent(
                in_team=(file.patient_id, each.pk) in team,
                circle=Circle(each.circle) if each.circle else None,
                consents=consents[file.patient_id],
            )
            if lacks:
                found.setdefault(file.pk, []).append(Blocked(each, _why(lacks)))
    return found


def _why(circle: Circle) -> str:
    if circle == Circle.REVIEW:
        return _("hors de l’équipe de soins, accord de partage non recueilli")
    return _("%(who)s, accord non recueilli") % {"who": CIRCLES[circle]}


def invitations(meeting: RcpMeeting) -> QuerySet[RcpInvitation]:
    rows = RcpInvitation.objects.filter(meeting=meeting).standing()
    return rows.select_related("professional__user")


def likely_invited(meeting: RcpMeeting) -> set[int]:
    """Professionals to propose first: the teams of the patients on the agenda."""
    patients = RcpFile.objects.filter(meeting=meeting).values("patient")
    links = CareLink.objects.on(meeting.held_on).filter(patient__in=patients)
    return set(links.values_list("professional", flat=True))


def likely_attendees(meeting: RcpMeeting) -> list[Professional]:
    """Those invited, and those already noted as present."""
    invited = RcpInvitation.objects.filter(meeting=meeting).standing().values("professional")
    present = RcpAttendance.objects.filter(file__meeting=meeting).values("professional")
    return list(Professional.objects.filter(Q(pk__in=invited) | Q(pk__in=present)))


def files(user: User, today: date) -> QuerySet[RcpFile]:
    """The files whose content the user may read, with people."""
    return (
        RcpFile.objects.readable_by(user, today)
        .with_people()
        .select_related("presenter", "signatory")
    )


def files_of(patient: Patient, user: User, today: date) -> QuerySet[RcpFile]:
    """What this reader may open of the reviews of one patient, the last first."""
    rows = files(user, today).filter(patient=patient)
    rows = rows.exclude(meeting__state=MeetingState.CALLED_OFF)
    return rows.order_by("-meeting__held_on", "-pk")


def attendance_of(file: RcpFile) -> QuerySet[RcpAttendance]:
    rows = RcpAttendance.objects.filter(file=file).select_related("professional")
    return rows.order_by("professional__last_name", "pk")


def versions_of(file: RcpFile) -> list[RcpMinutes]:
    """The minutes and their addenda, drafts included, each with its copies."""
    rows = RcpMinutes.objects.filter(file=file).select_related("signed_by", "written_by")
    return list(rows.prefetch_related("copies").order_by("number"))


@dataclass(frozen=True, slots=True)
class ProposalSearch:
    """Filters of the list, as the address carries them."""

    outcome: Outcome | None = Outcome.PENDING
    late: bool = False
    owner: int | None = None
    coordination: bool = False
    mine: bool = False


def proposals(user: User, search: ProposalSearch, today: date) -> QuerySet[RcpProposal]:
    """Proposals of the files that the user may read, the most overdue first."""
    rows = RcpProposal.objects.visible_to(user, today)
    if search.late:
        rows = rows.late(today)
    elif search.outcome:
        rows = rows.filter(outcome=search.outcome)
    if search.mine:
        rows = rows.filter(owner__user=user)
    elif search.coordination:
        rows = rows.filter(owner=None)
    elif search.owner:
        rows = rows.filter(owner=search.owner)
    return rows.select_related("file__meeting", "file__patient", "owner").order_by("due_on", "pk")


def proposals_of(file: RcpFile) -> QuerySet[RcpProposal]:
    return RcpProposal.objects.filter(file=file).select_related("owner").order_by("due_on", "pk")


def owners(user: User, today: date) -> QuerySet[Professional]:
    """Who answers for a proposal that the user sees."""
    seen = RcpProposal.objects.visible_to(user, today).exclude(owner=None)
    return Professional.objects.filter(pk__in=seen.values("owner"))


def to_ask_about_work(user: User, today: date) -> list[RcpFile]:
    """Files whose six months are over and whose patient has not been asked, the oldest first."""
    rows = (
        due_for_work(user, today)
        .filter(work_later="")
        .with_people()
        .order_by("meeting__held_on", "pk")
    )
    return [each for each in rows if each.follow_up_on <= today]


def work_counts(user: User, today: date, year: int | None) -> WorkCount:
    """Work at six months, over the files that are due; those not asked yet are unknown."""
    rows = due_for_work(user, today)
    if year:
        rows = rows.filter(meeting__held_on__year=year)
    return count_work(
        WorkStatus(later) if later else None
        for later, held_on in rows.values_list("work_later", "meeting__held_on")
        if follow_up_on(held_on) <= today
    )


def due_for_work(user: User, today: date) -> RcpFileQuerySet:
    """Files held six months ago, three days more at most: the rule tells them apart."""
    latest = add_months(today, -FOLLOW_UP_AFTER) + timedelta(days=3)
    return RcpFile.objects.visible_to(user).held().filter(meeting__held_on__lte=latest)


def copies_for_patient(patient: Patient) -> list[RcpMinutes]:
    """The minutes that were left in the portal for the patient, the last first."""
    rows = RcpMinutes.objects.filter(
        file__patient=patient, copies__to=CopyTo.PATIENT, copies__channel=Channel.PORTAL
    )
    return list(rows.select_related("file__meeting").order_by("-signed_at", "-pk"))
