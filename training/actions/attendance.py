"""Presence kept, and attested once the meeting is over."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from network.actions.journal import record
from network.models import User
from training import notices
from training.enums import Axis, NoSeat
from training.models import AttendanceFile, Attestation, Meeting, Registration, Stay
from training.selectors.attendance import booked, planned, presences

from .attestations import body_facts, issue, learner_facts
from .meeting_mails import tell
from .registrations import Refused, lock_meeting


@transaction.atomic
def try_attendance(
    *, meeting: Meeting, name: str, content: bytes, by: User, now: datetime
) -> AttendanceFile:
    """Hold a file until it is kept or dropped; it takes the place of the one tried before.

    One that was kept already is returned as it is. Raises Busy.
    """
    held, digest = lock_meeting(meeting.pk), sha256(content).hexdigest()
    known = AttendanceFile.objects.filter(meeting=held, digest=digest).first()
    if known:
        return known
    drop_tried(meeting=held)
    return AttendanceFile.objects.create(
        meeting=held,
        digest=digest,
        name=name[:120],
        content=content,
        kept=False,
        read_at=now,
        by=by,
    )


def drop_tried(*, meeting: Meeting) -> None:
    """Forget the file that was tried and not kept."""
    AttendanceFile.objects.filter(meeting=meeting, kept=False).delete()


@transaction.atomic
def keep_attendance(
    *,
    meeting: Meeting,
    stays: Mapping[Registration, Iterable[tuple[datetime, datetime]]],
    name: str,
    digest: str,
    by: User,
    now: datetime,
) -> AttendanceFile:
    """Keep all the stays of a file, and attest what they prove. The same file again adds nothing.

    Two files of one meeting add up: a stay told by both counts once. Raises Busy.
    """
    held = lock_meeting(meeting.pk)
    file, made = AttendanceFile.objects.get_or_create(
        meeting=held, digest=digest, defaults={"name": name[:120], "read_at": now, "by": by}
    )
    if made or not file.kept:
        file.kept, file.read_at, file.by = True, now, by
        file.save(update_fields=["kept", "read_at", "by"])
        rows = [
            Stay(registration=who, joined_at=joined, left_at=left, source=file, by=by)
            for who, own in stays.items()
            for joined, left in own
        ]
        Stay.objects.bulk_create(rows, ignore_conflicts=True)
        record(verb="attendance.kept", by=by, at=now, subject=f"rencontre {held.pk}")
    attest(meeting=held, now=now)
    return file


@transaction.atomic
def check_in(*, registration: Registration, by: User, now: datetime) -> Stay:
    """Note an arrival on site; twice is once. Present from now on, or from the announced start.

    Raises Refused before the day and once the meeting is over, or for who holds no seat; Busy.
    """
    held = lock_meeting(registration.meeting_id)
    found = held.registrations.get(pk=registration.pk)
    span = planned(held)
    if held.cancelled_at or span is None or not found.is_booked:
        raise Refused(NoSeat.CALLED_OFF if held.cancelled_at else NoSeat.NOT_OFFERED)
    known = Stay.objects.filter(registration=found, source=None).first()
    if known:
        return known
    if now >= span.end:
        raise Refused(NoSeat.BEGUN)
    if timezone.localdate(now) < timezone.localdate(span.start):
        raise Refused(NoSeat.TOO_EARLY)
    stay: Stay = Stay.objects.create(
        registration=found, joined_at=max(now, span.start), left_at=span.end, by=by
    )
    record(verb="attendance.arrived", by=by, at=now, subject=f"inscription {found.pk}")
    return stay


@transaction.atomic
def attest(*, meeting: Meeting, now: datetime) -> int:
    """Issue the attestations that presence proves, each once; how many. None before the end.

    A revoked one is not issued again.
    """
    held = lock_meeting(meeting.pk)
    span = planned(held)
    if held.cancelled_at or span is None or now < span.end:
        return 0
    known = presences(held)
    issued = set(Attestation.objects.filter(module_key=held.key).values_list("learner", flat=True))
    count = 0
    for each in booked(held):
        presence = known.get(each.pk)
        if presence is None or not presence.attested or each.person_id in issued:
            continue
        each.meeting = held
        facts = _facts(each, presence.minutes)
        issue(learner=each.person, key=held.key, minutes=presence.minutes, facts=facts, now=now)
        tell(each, notices.ATTESTED, now=now, key=f"attested:{each.uid.hex}")
        count += 1
    return count


def attest_all(*, now: datetime) -> int:
    """Attest every meeting that is over and of which a presence is known; how many issued."""
    stays = Stay.objects.filter(registration__meeting=OuterRef("pk"))
    over = Meeting.objects.filter(Exists(stays), cancelled_at=None, ends_at__lte=now)
    return sum(attest(meeting=each, now=now) for each in over.order_by("pk"))


def _facts(registration: Registration, minutes: int) -> dict[str, Any]:
    meeting = registration.meeting
    span = planned(meeting)
    if span is None:
        raise ValueError("a meeting without an hour attests nothing")
    day = timezone.localdate(span.start)
    return meeting_facts(
        meeting,
        registration.person,
        how=registration.mode,
        minutes=minutes,
        planned=(span.end - span.start) // timedelta(minutes=1),
        days=(day, day),
    )


def meeting_facts(
    meeting: Meeting,
    person: User,
    *,
    how: str,
    minutes: int,
    planned: int,
    days: tuple[date, date],
) -> dict[str, Any]:
    """What is attested, copied: nothing that changes later may change it.

    `how`: a mode, or the recording; `minutes`: those that were live; `days`: the first, the last.
    """
    return {
        "meeting": how,
        "title": meeting.title,
        "objectives": [],
        "nature": "FC",
        "axis": Axis.KNOWLEDGE,
        "lessons": 0,
        "vignettes": 0,
        "tests": 0,
        "action_number": "",
        "session_number": "",
        "started_on": days[0].isoformat(),
        "completed_on": days[1].isoformat(),
        "planned_minutes": planned,
        "live_minutes": minutes,
        "scores": {},
        "lead": {"name": "", "function": "", "interests": ""},
        "learner": learner_facts(person),
        "body": body_facts(),
    }
