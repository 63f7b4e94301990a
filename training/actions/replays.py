"""Recordings of meetings: kept with their captions, published, seen, answered, attested."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import IO
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from network.actions.journal import record
from network.models import User
from training.access import Perm
from training.enums import MediaKind
from training.models import (
    Attestation,
    Meeting,
    Replay,
    ReplayAnswer,
    ReplayPart,
    ReplayQuestion,
    Viewing,
)
from training.models.replay import PART_BYTES, REPLAY
from training.rules.asking import Question, changes
from training.rules.scoring import credit
from training.rules.watching import Seconds, Seen, add, is_enough, within
from training.selectors.replays import asked_of, version_of

from .attendance import meeting_facts
from .attestations import issue
from .registrations import lock_meeting


class Unpublishable(Exception):
    """What is asked needs a recording first."""


class Stale(Exception):
    """Somebody else changed the questions meanwhile."""


@dataclass(frozen=True, slots=True)
class Media:
    """The bytes of a recording, and the container that was recognised in them."""

    file: IO[bytes]
    kind: MediaKind


@transaction.atomic
def keep_replay(
    *,
    meeting: Meeting,
    media: Media | None,
    cues: Sequence[Sequence[object]],
    chapters: Sequence[tuple[int, str]],
    by: User,
    now: datetime,
) -> Replay:
    """Keep a recording and its captions, or mend the captions of the one kept (`media` None).

    It stays as published as it was. What people have seen stays theirs. Raises Unpublishable
    without any recording, Busy.
    """
    held = lock_meeting(meeting.pk)
    replay = Replay.objects.filter(meeting=held).first() or Replay(meeting=held)
    if media is None and replay.pk is None:
        raise Unpublishable
    replay.cues = [list(each) for each in cues]
    replay.length = -(-max(int(str(cue[1])) for cue in cues) // 1000)
    replay.chapters = [list(each) for each in chapters]
    replay.changed_at, replay.by = now, by
    if media is None:
        replay.save()
    else:
        _keep_bytes(replay, media)
    record(verb="replay.kept", by=by, at=now, subject=f"rencontre {held.pk}")
    return replay


def _keep_bytes(replay: Replay, media: Media) -> None:
    """The parts are written one by one: a recording is never whole in memory."""
    digest, size = sha256(), 0
    media.file.seek(0)
    for part in iter(lambda: media.file.read(PART_BYTES), b""):
        digest.update(part)
        size += len(part)
    replay.kind, replay.digest, replay.size = media.kind, digest.hexdigest(), size
    replay.save()
    replay.parts.all().delete()
    media.file.seek(0)
    for number, part in enumerate(iter(lambda: media.file.read(PART_BYTES), b"")):
        ReplayPart.objects.create(replay=replay, number=number, content=part)


@transaction.atomic
def publish_replay(*, meeting: Meeting, by: User, now: datetime) -> Replay:
    """Open the recording to the audience of the meeting; twice is once. Raises Unpublishable."""
    replay = Replay.objects.filter(meeting=lock_meeting(meeting.pk)).first()
    if replay is None:
        raise Unpublishable
    if replay.published_at is None:
        replay.published_at = now
        replay.save(update_fields=["published_at"])
        record(verb="replay.published", by=by, at=now, subject=f"rencontre {meeting.pk}")
    return replay


@transaction.atomic
def withdraw_replay(*, meeting: Meeting, by: User, now: datetime) -> None:
    """Show it no more; what was seen and attested stays. Twice is once."""
    held = lock_meeting(meeting.pk)
    if Replay.objects.filter(meeting=held).exclude(published_at=None).update(published_at=None):
        record(verb="replay.withdrawn", by=by, at=now, subject=f"rencontre {held.pk}")


@transaction.atomic
def keep_questions(
    *, replay: Replay, questions: Sequence[Question], known: str, by: User, now: datetime
) -> None:
    """Ask these questions and no other; kept again, they change nothing.

    One that stands as it was, or has only moved, keeps its answers and goes on being asked; one
    whose words changed is withdrawn with its answers, and the new one asked in its place. `known`:
    the version of the questions that the editor started from. Raises Stale, Busy.
    """
    held = lock_meeting(replay.meeting_id)
    asked = asked_of(replay)
    todo = changes({each.pk: each.question for each in asked}, questions)
    if not todo:
        return
    if version_of(asked) != known:
        raise Stale
    rows = replay.questions.filter(withdrawn_at=None)
    # two that change places would meet at one second: those that move leave theirs first
    rows.filter(pk__in=[*todo.gone, *todo.moved]).update(withdrawn_at=now)
    for pk, second in todo.moved.items():
        replay.questions.filter(pk=pk).update(second=second, withdrawn_at=None)
    for each in todo.added:
        ReplayQuestion.objects.create(
            replay=replay,
            second=each.second,
            stem=each.stem,
            explanation=each.explanation,
            options=[{"id": uuid4().hex[:8], **choice._asdict()} for choice in each.choices],
        )
    for verb, touched in (
        ("replay.asked", todo.added),
        ("replay.moved", todo.moved),
        ("replay.unasked", todo.gone),
    ):
        if touched:
            record(verb=verb, by=by, at=now, subject=f"rencontre {held.pk}")


@transaction.atomic
def answer_question(
    *, question: ReplayQuestion, chosen: Sequence[str], by: User, now: datetime
) -> ReplayAnswer:
    """Commit an answer and its credit; the first one stays. Raises Unanswerable, Busy."""
    earned = credit(question.decision, chosen)
    answer, _made = ReplayAnswer.objects.get_or_create(
        question=question,
        person=by,
        defaults={"chosen": list(chosen), "credit": earned, "answered_at": now},
    )
    viewing = Viewing.objects.filter(replay=question.replay_id, person=by).first()
    if viewing:
        _attest(viewing, now=now)
    return answer


@transaction.atomic
def tell_seen(
    *, replay: Replay, told: Iterable[Seconds], by: User, now: datetime
) -> tuple[Viewing, bool]:
    """Add what a page has played, as far as time allows; told again, it adds nothing.

    The first telling starts the clock, and credits nothing. Returns what was seen so far, and
    whether it is attested. Raises Busy.
    """
    viewing, made = Viewing.objects.get_or_create(
        replay=replay,
        person=by,
        defaults={"length": replay.length, "begun_at": now, "told_at": now},
    )
    held: Viewing = Viewing.objects.select_for_update(no_key=True).get(pk=viewing.pk)
    if not made:
        before = Seen(tuple((low, high) for low, high in held.spans), held.wall)
        before = Seen(within(before.spans, replay.length), before.wall)
        elapsed = int((now - held.told_at).total_seconds())
        seen = add(before, told, length=replay.length, elapsed=elapsed)
        held.spans = [list(each) for each in seen.spans]
        held.seconds, held.wall, held.length = seen.seconds, seen.wall, replay.length
        # the part of a second that was not counted stays to be counted
        held.told_at = max(held.told_at, held.told_at + timedelta(seconds=elapsed))
        held.save()
    return held, _attest(held, now=now)


def _attest(viewing: Viewing, *, now: datetime) -> bool:
    """Issue the attestation that this viewing proves, once a person and a meeting: whoever was
    there has it already. Every question asked is answered, rightly or not."""
    replay, person = viewing.replay, viewing.person
    if not is_enough(viewing.seconds, viewing.length) or not person.has_perm(Perm.LEARN):
        return False
    if replay.questions.filter(withdrawn_at=None).exclude(answers__person=person).exists():
        return False
    meeting = replay.meeting
    own = Attestation.objects.filter(learner=person, module_key=meeting.key)
    if own.exists():
        return own.standing().exists()
    meeting = lock_meeting(meeting.pk)
    if not own.exists():
        minutes = viewing.seconds // 60
        facts = meeting_facts(
            meeting,
            person,
            how=REPLAY,
            minutes=0,
            planned=replay.length // 60,
            days=(timezone.localdate(viewing.begun_at), timezone.localdate(now)),
        )
        issue(learner=person, key=meeting.key, minutes=minutes, facts=facts, now=now)
    return True
