"""What a case review decides: proposals, minutes signed and locked, copies handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.drafts import AGAIN, check_shown
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.patients import lock_patient
from network.actions.rcp_agenda import is_locked, locked_words
from network.enums import (
    Channel,
    Circle,
    CopyTo,
    LinkRole,
    MeetingState,
    Outcome,
    ProposalKind,
    Sex,
)
from network.events import RcpFileChanged
from network.models import (
    CareLink,
    Patient,
    Professional,
    RcpCopy,
    RcpFile,
    RcpMinutes,
    RcpProposal,
    Representative,
    SharingConsent,
    User,
)
from network.notices import COPY_WAITS, MINUTES_WAIT
from network.rules.identity import born_after_for_minors
from network.selectors.rcp import validity_least
from portal.kit.events import publish
from portal.kit.links import absolute

CIRCLE_OF = {
    CopyTo.OCCUPATIONAL: Circle.OCCUPATIONAL,
    CopyTo.INSURANCE: Circle.INSURANCE,
    CopyTo.DISABILITY: Circle.DISABILITY,
}
"""Readers who are given an extract, and only under the patient's consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed; `owner` None = the coordination answers for it."""

    kind: ProposalKind
    due_on: date
    detail: str = ""
    owner: Professional | None = None


def propose(*, file: RcpFile, proposed: Proposed, by: User | None, now: datetime) -> RcpProposal:
    """Note a proposal of a review that was held. The same one twice is one."""
    with transaction.atomic():
        person, locked = _open(file)
        if proposed.due_on < locked.held_on:
            raise ValidationError({"due_on": _("L’échéance précède la réunion.")})
        if proposed.kind == ProposalKind.OTHER and not proposed.detail.strip():
            raise ValidationError({"detail": _("Précisez cette proposition.")})
        proposal, created = RcpProposal.objects.get_or_create(
            file=locked,
            kind=proposed.kind,
            due_on=proposed.due_on,
            detail=proposed.detail.strip(),
            owner=proposed.owner,
        )
        if created:
            record(verb="rcp.proposed", by=by, at=now, patient=person, subject=str(locked.meeting))
    return proposal


def withdraw_proposal(*, proposal: RcpProposal, by: User | None, now: datetime) -> None:
    """Take back a proposal noted by mistake, before minutes that hold it are signed."""
    with transaction.atomic():
        person, locked = _open(RcpFile.objects.get(pk=proposal.file_id))
        found = RcpProposal.objects.filter(pk=proposal.pk)
        if found.exclude(outcome=Outcome.PENDING).exists() or _signed(locked):
            raise ValidationError(
                _("Cette proposition est suivie\u00a0: notez plutôt ce qu’elle est devenue."),
                code="followed",
            )
        if found.delete()[0]:
            record(
                verb="rcp.proposal_withdrawn",
                by=by,
                at=now,
                patient=person,
                subject=str(locked.meeting),
            )


def close_proposal(
    *,
    proposal: RcpProposal,
    outcome: Outcome,
    on: date,
    why: str = "",
    by: User | None,
    now: datetime,
) -> RcpProposal:
    """What became of a proposal, since when; `PENDING` opens it again. Twice is once."""
    with transaction.atomic():
        person = lock_patient(RcpFile.objects.get(pk=proposal.file_id).patient_id)
        found = RcpProposal.objects.select_related("file__meeting").get(pk=proposal.pk)
        if found.outcome == outcome:
            return found
        if outcome in (Outcome.NOT_DONE, Outcome.DROPPED) and not why.strip():
            raise ValidationError({"why": _("Dites pourquoi en quelques mots.")})
        if outcome != Outcome.PENDING:
            if on > timezone.localdate(now):
                raise ValidationError({"on": _("Cette date est à venir.")})
            if on < found.file.held_on:
                raise ValidationError({"on": _("Cette date précède la réunion.")})
        closed = outcome != Outcome.PENDING
        found.outcome = outcome
        found.closed_on, found.closed_by = (on, by) if closed else (None, None)
        found.why = why.strip() if closed else ""
        found.save(update_fields=["outcome", "closed_on", "closed_by", "why"])
        record(
            verb="rcp.proposal_closed",
            by=by,
            at=now,
            patient=person,
            subject=str(found.file.meeting),
        )
    return found


def write_minutes(
    *,
    file: RcpFile,
    discussion: str,
    conclusion: str,
    by: User | None,
    now: datetime,
    shown: str | None = None,
) -> RcpMinutes:
    """Keep the draft of the minutes; after a signature, that of an addendum. Twice is once.

    `shown`: the stamp of the draft that the page showed. Raises ChangedElsewhere when another page
    has kept it since.
    """
    with transaction.atomic():
        person, locked = _held(file)
        versions = list(locked.minutes.order_by("number"))
        last = versions[-1] if versions else None
        words = discussion.strip(), conclusion.strip()
        if last and (last.discussion, last.conclusion) == words:
            return last
        if last is None or last.signed_at:
            last = RcpMinutes(file=locked, number=len(versions) + 1)
        check_shown(last.written_at, shown)
        told = last.pk is not None and last.written_by == by and now - last.written_at < AGAIN
        last.discussion, last.conclusion = words
        last.written_at, last.written_by = now, by
        last.save()
        if not told:
            record(
                verb="rcp.minutes_written",
                by=by,
                at=now,
                patient=person,
                subject=str(locked.meeting),
            )
    return last


def ask_signature(*, minutes: RcpMinutes, by: User | None, now: datetime) -> None:
    """Tell who signs that a draft waits; once for what was written."""
    file = RcpFile.objects.select_related("signatory__user", "meeting__chair__user").get(
        pk=minutes.file_id
    )
    signer = file.who_signs
    if minutes.signed_at or signer is None or signer.user is None or signer.user == by:
        return
    subject, sentence = MINUTES_WAIT
    _tell(
        signer.user,
        str(subject),
        str(sentence),
        reverse("network:rcp_minutes", args=[file.pk]),
        key=f"rcp-sign:{minutes.pk}:{minutes.written_at:%Y%m%d%H%M%S}",
        now=now,
    )


def sign_minutes(*, minutes: RcpMinutes, by: User, now: datetime) -> RcpMinutes:
    """Sign a draft: it locks, with all that it says. The first version makes the file payable.

    Only the person named for it, or who chairs, signs, and only what they may read. Twice is once.
    """
    with transaction.atomic():
        person, locked = _held(RcpFile.objects.get(pk=minutes.file_id))
        found = RcpMinutes.objects.get(pk=minutes.pk)
        if found.signed_at:
            return found
        today = timezone.localdate(now)
        signer = locked.who_signs
        if signer is None or signer.user_id != by.pk:
            raise ValidationError(
                _("Ce compte rendu est signé par %(who)s.")
                % {"who": signer or _("une personne à désigner")},
                code="not_signatory",
            )
        if not RcpFile.objects.signed_by(by, today).filter(pk=locked.pk).exists():
            raise ValidationError(
                _("L’accord du patient manque\u00a0: vous ne pouvez pas lire ce dossier."),
                code="no_consent",
            )
        if not found.discussion:
            raise ValidationError({"discussion": _("Le compte rendu est vide.")})
        attendance = list(locked.attendance.select_related("professional").order_by("pk"))
        if not attendance:
            raise ValidationError(_("Notez d’abord les présents."), code="nobody")
        found.content = _content(locked, found, signer)
        found.signed_at, found.signed_by = now, signer
        found.save()
        if not found.is_addendum:
            locked.minutes_signed_on = today
            locked.save(update_fields=["minutes_signed_on"])
        record(
            verb="rcp.minutes_signed", by=by, at=now, patient=person, subject=str(locked.meeting)
        )
        publish(RcpFileChanged(locked.pk, person.pk))
    return found


def note_copy(
    *,
    minutes: RcpMinutes,
    to: CopyTo,
    channel: Channel,
    sent_on: date,
    by: User | None,
    now: datetime,
) -> RcpCopy:
    """Note a copy of signed minutes; through the portal, a neutral mail says that it waits.

    Doctors of work, of the insurance and of the MDPH are given an extract, under the patient's
    consent, outside the portal. Twice is once.
    """
    with transaction.atomic():
        file = RcpFile.objects.select_related("meeting").get(pk=minutes.file_id)
        person = lock_patient(file.patient_id)
        found = RcpMinutes.objects.get(pk=minutes.pk)
        _check_copy(found, person, to, channel, sent_on, today=timezone.localdate(now))
        copy, created = RcpCopy.objects.get_or_create(
            minutes=found, to=to, channel=channel, defaults={"sent_on": sent_on, "sent_by": by}
        )
        if created:
            record(verb="rcp.copied", by=by, at=now, patient=person, subject=str(file.meeting))
            if channel == Channel.PORTAL:
                _announce(copy, file, person, now=now)
    return copy


def _check_copy(
    minutes: RcpMinutes,
    patient: Patient,
    to: CopyTo,
    channel: Channel,
    sent_on: date,
    *,
    today: date,
) -> None:
    if minutes.signed_at is None:
        raise ValidationError(_("Ce compte rendu n’est pas encore signé."), code="draft")
    if sent_on > today or sent_on < timezone.localdate(minutes.signed_at):
        raise ValidationError({"sent_on": _("Entre le jour de la signature et aujourd’hui.")})
    if to in CIRCLE_OF:
        agreed = SharingConsent.objects.standing().filter(patient=patient, circle=CIRCLE_OF[to])
        if not agreed.exists():
            raise ValidationError(
                {"to": _("Le patient n’a pas donné son accord à ce partage.")}, code="no_consent"
            )
        if channel == Channel.PORTAL:
            raise ValidationError({"channel": _("Choisissez la poste ou MSSanté.")})
    elif channel == Channel.PORTAL and not _readers(patient, to, today):
        raise ValidationError(
            {"channel": _("Cette personne n’a pas de compte\u00a0: choisissez une autre voie.")}
        )


def _readers(patient: Patient, to: CopyTo, today: date) -> list[User]:
    """The accounts that read a copy in the portal."""
    if to == CopyTo.TREATING_DOCTOR:
        links = CareLink.objects.on(today).filter(patient=patient, role=LinkRole.TREATING_DOCTOR)
        people = [each.professional.user for each in links.select_related("professional__user")]
    elif patient.user:
        people = [patient.user]
    elif patient.birth_date > born_after_for_minors(today):
        parents = Representative.objects.filter(patient=patient).select_related("user")
        people = [each.user for each in parents.order_by("pk")]
    else:
        people = []
    return [each for each in people if each and each.is_active]


def _announce(copy: RcpCopy, file: RcpFile, patient: Patient, *, now: datetime) -> None:
    subject, sentence = COPY_WAITS
    to = CopyTo(copy.to)
    page = (
        reverse("network:rcp_file", args=[file.pk])
        if to == CopyTo.TREATING_DOCTOR
        else reverse("network:own_file_of", args=[patient.code])
    )
    for user in _readers(patient, to, timezone.localdate(now)):
        key = f"rcp-copy:{copy.pk}:{user.pk}"
        _tell(user, str(subject), str(sentence), page, key=key, now=now)


def _tell(user: User, subject: str, sentence: str, page: str, *, key: str, now: datetime) -> None:
    text = {"sentence": sentence, "link": absolute(page), "phone": settings.SECRETARIAT_PHONE}
    queue_mail(
        to=user.email,
        subject=subject,
        body=render_to_string("network/rcp/mail/document.txt", text).strip(),
        now=now,
        key=key,
    )


def _held(file: RcpFile) -> tuple[Patient, RcpFile]:
    """The patient, locked, and the file of a meeting that was held."""
    person = lock_patient(file.patient_id)
    found = RcpFile.objects.with_people().select_related("signatory", "presenter").get(pk=file.pk)
    if found.meeting.state != MeetingState.HELD:
        raise ValidationError(_("Cette RCP n’a pas encore eu lieu."), code="to_come")
    return person, found


def _open(file: RcpFile) -> tuple[Patient, RcpFile]:
    """The same, when no signed minutes close it."""
    person, found = _held(file)
    if is_locked(found):
        raise ValidationError(locked_words(), code="signed")
    return person, found


def _signed(file: RcpFile) -> bool:
    return file.minutes.filter(signed_at__isnull=False).exists()


def _content(file: RcpFile, minutes: RcpMinutes, signer: Professional) -> dict[str, Any]:
    """All that the signature covers, as plain words."""
    attendance = file.attendance.select_related("professional").order_by(
        "professional__last_name", "pk"
    )
    excused = file.meeting.invitations.filter(answer="excused").select_related("professional")
    present = {each.professional_id for each in attendance}
    return {
        "patient": file.patient.formal_name,
        "born": _("née") if file.patient.sex == Sex.FEMALE else _("né"),
        "birth_date": file.patient.birth_date.isoformat(),
        "signed_by": str(signer),
        "held_on": file.held_on.isoformat(),
        "where": file.meeting.where,
        "chair": str(file.meeting.chair or ""),
        "question": file.question,
        "presenter": str(file.presenter or ""),
        "discussion": minutes.discussion,
        "conclusion": minutes.conclusion,
        "attendees": [_who(each.professional) | {"mode": each.words} for each in attendance],
        "excused": [
            _who(each.professional) for each in excused if each.professional_id not in present
        ],
        "proposals": [
            {
                "kind": each.kind,
                "words": each.words,
                "detail": each.detail,
                "owner": each.owner_words,
                "due_on": each.due_on.isoformat(),
            }
            for each in file.proposals.select_related("owner").order_by("due_on", "pk")
        ],
        "discussing": file.discussing,
        "least": validity_least(file.held_on),
    }


def _who(professional: Professional) -> dict[str, str]:
    return {"name": str(professional), "trade": professional.trade}
