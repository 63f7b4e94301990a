"""The answer to a request: decided once, with its letters and the mails that announce them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network import notices
from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import include, lock_patient, turn_away
from network.actions.request_mails import accounts_of, tell
from network.enums import Addressee, Move, PathwayState, Reply
from network.models import Patient, Referral, RequestLetter, Structure, User
from network.models.request import OUTCOMES
from network.selectors.requests import doctors_told

TURNED = {
    Reply.REDIRECT: PathwayState.REDIRECTED,
    Reply.REFUSE: PathwayState.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is decided. `key` is made by the page: confirmed twice, it is one answer.

    `decided_on` counts for an inclusion, whose follow-up runs from it; the rest is of today.
    """

    key: UUID
    outcome: Reply
    decided_on: date
    reason: str = ""
    structures: list[Structure] = field(default_factory=list)
    addresses: str = ""
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return str(OUTCOMES[self.outcome])

    @property
    def summary(self) -> str:
        """Why, in one line of the pathway: what lacks or where to, then the reason typed."""
        towards = [*map(str, self.structures), *self.addresses.splitlines()]
        parts = [", ".join(self.pieces or towards), self.reason]
        return "\u00a0: ".join(each for each in parts if each)[:300]


def answer(
    *, patient: Patient, given: Answer, letters: Mapping[Addressee, str], by: User, now: datetime
) -> Patient:
    """Decide, write the letters, announce them. Raises ValidationError when it is decided."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        if RequestLetter.objects.filter(key=given.key).exists():
            return locked
        locked = _decide(locked, given, by, now)
        referral = Referral.objects.filter(patient=locked).order_by("-sent_at").first()
        for to, body in letters.items():
            letter = RequestLetter(
                key=given.key,
                patient=locked,
                referral=referral,
                to=to,
                outcome=given.outcome,
                body=body.strip(),
                dated=timezone.localdate(now),
                written_at=now,
                written_by=by,
            )
            letter.save(force_insert=True)
            record(verb="letter.written", by=by, at=now, patient=locked, subject=letter.about)
            _announce(letter, now)
    return locked


def _decide(locked: Patient, given: Answer, by: User, now: datetime) -> Patient:
    if given.outcome == Reply.INCLUDE:
        if locked.state == PathwayState.FOLLOWED:
            raise ValidationError(_("Cette demande est déjà décidée."))
        return include(patient=locked, decided_on=given.decided_on, by=by, now=now)
    if given.outcome == Reply.ASK:
        return ask_for_pieces(patient=locked, missing=given.summary, by=by, now=now)
    outcome = TURNED[given.outcome]
    if locked.state == outcome:
        raise ValidationError(_("Cette demande est déjà décidée."))
    return turn_away(patient=locked, outcome=outcome, reason=given.summary, by=by, now=now)


def ask_for_pieces(*, patient: Patient, missing: str, by: User, now: datetime) -> Patient:
    """The file is incomplete: its clock stops, and starts afresh once what lacks is there."""
    if not missing:
        raise ValidationError({"pieces": _("Indiquez ce qui manque.")})
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        today = timezone.localdate(now)
        move_patient(locked, Move.ASKED, on=today, by=by, now=now, reason=missing)
        locked.completed_on = None
        locked.save(update_fields=["state", "completed_on"])
        record(verb="request.asked", by=by, at=now, patient=locked)
    return locked


def _announce(letter: RequestLetter, now: datetime) -> None:
    key = f"letter:{letter.uid}"
    if letter.to == Addressee.PATIENT:
        asked = letter.outcome == Reply.ASK
        notice = notices.OWN_PIECES_LACK if asked else notices.ANSWER_TO_PATIENT
        tell(notice, accounts_of(letter.patient), key=key, now=now)
        return
    author, others = doctors_told(letter.patient, letter.referral, letter.dated)
    tell(notices.ANSWER_TO_DOCTOR, author, key=key, now=now)
    tell(notices.ANSWER_TO_FOLLOWER, others, key=key, now=now)
