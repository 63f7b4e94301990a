"""A clinician's referral: kept at each word, sent once, discarded as long as it is a draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network import notices
from network.actions.care import set_treating_doctor
from network.actions.journal import record
from network.actions.patients import Identity, lock_author, register_patient
from network.actions.request_mails import tell
from network.enums import AldKind, FastTrack, WorkFact
from network.events import RequestReceived
from network.models import Attachment, Patient, Professional, Referral, User
from network.rules.requests import DRAFT_DAYS, is_minor
from portal.kit.events import publish

type Typed = Mapping[str, list[str]]

MOST_DRAFTS = 30
"""Drafts of one author: enough for a busy month, too few to fill the disk."""
MOST_TYPED = 60_000
"""Characters of one draft, some twenty pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a referral says beside the person's identity. Only the question is asked for."""

    question: str
    informed: bool
    syndrome: str = ""
    treating_doctor: Professional | None = None
    doctor_name: str = ""
    history: str = ""
    tried: str = ""
    treatments: str = ""
    comorbidities: str = ""
    psychosocial: str = ""
    fast_tracks: list[FastTrack] = field(default_factory=list)
    work_status: str = ""
    sick_leave_since: date | None = None
    work_facts: list[WorkFact] = field(default_factory=list)
    cover: str = ""
    ald_kind: AldKind | str = ""
    ald_from: date | None = None
    ald_to: date | None = None
    representative: str = ""
    representative_contact: str = ""


OF_THE_PATIENT = ("syndrome", "work_status")
"""Facts that begin the patient's file too; the referral keeps what its author wrote."""


def keep_draft(*, key: UUID, typed: Typed, by: User, now: datetime, whole: bool = True) -> Referral:
    """Keep what was typed, as it is; `whole` replaces all, else the fields named alone.

    Makes the draft at its first word. Raises Referral.DoesNotExist when the key is somebody
    else's, ValidationError once the referral is sent, or beyond what one author may keep.
    """
    with transaction.atomic():
        referral = _own_draft(key, by, now)
        kept = dict(typed) if whole else referral.typed | dict(typed)
        if len(json.dumps(kept)) > MOST_TYPED:
            raise ValidationError(_("Ce texte est trop long\u00a0: joignez plutôt un document."))
        referral.typed, referral.kept_at = kept, now
        referral.save(update_fields=["typed", "kept_at"])
    return referral


def _own_draft(key: UUID, by: User, now: datetime) -> Referral:
    """The author's draft under this key, locked by the author's row; made when there is none."""
    lock_author(by)
    referral = Referral.objects.filter(key=key).first()
    if referral is None:
        if Referral.objects.of_author(by).drafts().count() >= MOST_DRAFTS:
            raise ValidationError(
                _("Vous avez %(count)d brouillons\u00a0: envoyez-en ou supprimez-en d’abord.")
                % {"count": MOST_DRAFTS}
            )
        return Referral.objects.create(key=key, author=by, begun_at=now, kept_at=now)
    if referral.author_id != by.pk:
        raise Referral.DoesNotExist
    if referral.sent_at:
        raise ValidationError(_("Cette demande est déjà envoyée."), code="sent")
    return referral


def discard_draft(*, key: UUID, by: User, now: datetime) -> None:
    """Forget a draft and its attachments. Twice is once; a sent referral is not a draft."""
    with transaction.atomic():
        lock_author(by)
        draft = Referral.objects.of_author(by).drafts().filter(key=key).first()
        if draft is None:
            return
        _erase(draft)
        record(verb="referral.discarded", by=by, at=now)


def forget_old_drafts(*, now: datetime) -> int:
    """Forget the drafts that nobody has touched for a year; how many."""
    old = Referral.objects.drafts().filter(kept_at__lt=now - timedelta(days=DRAFT_DAYS))
    with transaction.atomic():
        drafts = list(old.select_for_update(no_key=True))
        for draft in drafts:
            _erase(draft)
    return len(drafts)


def _erase(draft: Referral) -> None:
    Attachment.objects.filter(referral=draft).delete()
    draft.delete()


def send_referral(
    *,
    key: UUID,
    identity: Identity,
    content: Content,
    by: User,
    now: datetime,
    code: str | None = None,
) -> Referral:
    """Open the person's file with what the referral says; sent twice with one key, it is one.

    A file is always opened: its author does not learn whether the person was known. Coordination
    compares, and joins the files that are one person's. The demo gives its own `code`.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        lock_author(by)
        sent = Referral.objects.of_author(by).sent().filter(key=key).first()
        if sent:
            return sent
        referral = _own_draft(key, by, now)
        _check(identity, content, today)
        patient = register_patient(
            identity=identity, requested_on=today, compared=True, by=by, now=now, code=code
        )
        _note_on_patient(patient, content, today, by, now)
        for each in fields(content):
            setattr(referral, each.name, getattr(content, each.name))
        referral.patient, referral.sent_at, referral.typed = patient, now, {}
        referral.save()
        record(verb="referral.sent", by=by, at=now, patient=patient)
        tell(notices.REFERRAL_RECEIVED, [by], key=f"referral:{key}:received", now=now)
        publish(RequestReceived(patient.pk))
    return referral


def _check(identity: Identity, content: Content, today: date) -> None:
    """What a referral cannot go without; dates that contradict each other."""
    reasons: dict[str, str] = {}
    if not content.question.strip():
        reasons["question"] = _("Écrivez la question que vous posez.")
    if not content.informed:
        reasons["informed"] = _("Le patient doit être informé et d’accord.")
    if not (identity.phone or identity.email):
        reasons["phone"] = _("Indiquez un téléphone ou une adresse e-mail.")
    if is_minor(identity.birth_date, today) and not content.representative:
        reasons["representative"] = _("Le patient est mineur\u00a0: nommez un parent ou un tuteur.")
    if content.ald_from and content.ald_to and content.ald_to < content.ald_from:
        reasons["ald_to"] = _("La fin de l’ALD précède son début.")
    if content.sick_leave_since and content.sick_leave_since > today:
        reasons["sick_leave_since"] = _("Cette date est à venir.")
    if reasons:
        raise ValidationError(reasons)


def _note_on_patient(
    patient: Patient, content: Content, today: date, by: User, now: datetime
) -> None:
    patient.syndrome, patient.work_status = content.syndrome, content.work_status
    patient.save(update_fields=list(OF_THE_PATIENT))
    if content.treating_doctor:
        set_treating_doctor(
            patient=patient, professional=content.treating_doctor, on=today, by=by, now=now
        )
