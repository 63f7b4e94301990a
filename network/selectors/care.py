"""Reads of care: team, long-term conditions, professionals, case reviews."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from network.access import Perm
from network.enums import LinkRole, Profession
from network.models import (
    AldPeriod,
    CareLink,
    Patient,
    Professional,
    RcpFile,
    RcpMeeting,
    Representative,
    User,
)
from network.rules.identity import fold


@dataclass(frozen=True, slots=True)
class Team:
    """Who follows a patient on a day, and who did before or will later."""

    treating_doctor: CareLink | None
    members: tuple[CareLink, ...]
    others: tuple[CareLink, ...]


def team(patient: Patient, on: date) -> Team:
    links = list(
        CareLink.objects.filter(patient=patient)
        .select_related("professional")
        .order_by("starts_on", "pk")
    )
    today = [
        each for each in links if each.starts_on <= on and (not each.ends_on or each.ends_on >= on)
    ]
    doctors = [each for each in today if each.role == LinkRole.TREATING_DOCTOR]
    return Team(
        treating_doctor=doctors[-1] if doctors else None,
        members=tuple(each for each in today if each.role == LinkRole.TEAM),
        others=tuple(each for each in reversed(links) if each not in today),
    )


def ald_periods(patient: Patient) -> QuerySet[AldPeriod]:
    """The long-term conditions of a patient, the latest first."""
    return AldPeriod.objects.filter(patient=patient).order_by("-starts_on", "-pk")


def representatives(patient: Patient) -> QuerySet[Representative]:
    return Representative.objects.filter(patient=patient).select_related("user")


def team_link(patient: Patient, pk: int) -> QuerySet[CareLink]:
    """An open place in this patient's care team."""
    return CareLink.objects.filter(
        patient=patient, pk=pk, role=LinkRole.TEAM, ends_on=None
    ).select_related("professional")


def ald_period(patient: Patient, pk: int) -> QuerySet[AldPeriod]:
    return AldPeriod.objects.filter(patient=patient, pk=pk)


def professionals() -> QuerySet[Professional]:
    return Professional.objects.select_related("user")


def doctors() -> QuerySet[Professional]:
    return Professional.objects.filter(profession=Profession.DOCTOR)


def professional_list(text: str, profession: Profession | None) -> list[Professional]:
    """Professionals by name; a few hundred at most, so names are folded here."""
    rows: QuerySet[Professional] = Professional.objects.all()
    if profession:
        rows = rows.filter(profession=profession)
    words = fold(text).split()
    return [each for each in rows if _answers(each, words)]


def _answers(professional: Professional, words: list[str]) -> bool:
    names = fold(
        f"{professional.first_name} {professional.last_name} {professional.city} "
        f"{professional.rpps or ''}"
    ).split()
    return all(any(name.startswith(word) for name in names) for word in words)


def rcp_files(user: User) -> QuerySet[RcpFile]:
    """The RCP files that the user may see, with people and meeting, the latest first."""
    return (
        RcpFile.objects.visible_to(user)
        .with_people()
        .order_by("-meeting__held_on", "-meeting", "pk")
    )


def rcp_files_of(patient: Patient, user: User) -> QuerySet[RcpFile]:
    return rcp_files(user).filter(patient=patient)


def rcp_meetings(user: User) -> QuerySet[RcpMeeting]:
    """Meetings, each with the `shown_files` that the user may see.

    Clinicians: only the meetings where a file was discussed in their presence.
    """
    files = RcpFile.objects.visible_to(user)
    meetings = RcpMeeting.objects.order_by("-held_on", "-pk")
    if not user.has_perm(Perm.RECORD_RCP):
        meetings = meetings.filter(pk__in=files.values("meeting"))
    shown = files.with_people().order_by("patient__search_name", "pk")
    return meetings.prefetch_related(Prefetch("files", shown, to_attr="shown_files"))


def likely_attendees(meeting: RcpMeeting, patient: Patient) -> set[int]:
    """Professionals to propose first: the patient's own, and those already noted at the meeting."""
    of_patient = CareLink.objects.on(meeting.held_on).filter(patient=patient)
    of_meeting = Professional.objects.filter(rcp_files__meeting=meeting)
    return set(of_patient.values_list("professional", flat=True)) | set(
        of_meeting.values_list("pk", flat=True)
    )
