"""Requests that came through the portal: written by a doctor, completed, answered with letters.

The others came on paper, and coordination opened their files.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from uuid import NAMESPACE_OID, UUID, uuid5

from home.demo_data.sheets import PatientLine, ReferralLine
from home.demo_data.story import Story
from network.actions.attachments import attach
from network.actions.decisions import Answer, answer
from network.actions.patients import Identity
from network.actions.questionnaire import send_questionnaire
from network.actions.referrals import Content, send_referral
from network.enums import FastTrack, Piece, Reply
from network.exports.request_letter import prefilled
from network.forms.request import PIECES
from network.models import Patient, Structure, User
from portal.kit import words
from portal.kit.pdf import write_pdf


@cache
def referrals() -> Mapping[str, ReferralLine]:
    """What was referred through the portal, by patient."""
    return {line.patient: line for line in ReferralLine.all()}


def refer(
    story: Story, line: PatientLine, said: ReferralLine, identity: Identity, now: datetime
) -> Patient:
    """The treating doctor writes; the patient is sent the questionnaire, as the portal does."""
    doctor, by = story.professionals[line.doctor], story.users[line.doctor]
    day = story.calendar.day
    content = Content(
        question=said.question,
        informed=True,
        syndrome=line.syndrome,
        treating_doctor=doctor,
        history=said.history,
        tried=said.tried,
        treatments=said.treatments,
        psychosocial=said.psychosocial,
        fast_tracks=[FastTrack(said.fast_track)] if said.fast_track else [],
        work_status=line.work_status,
        sick_leave_since=day(said.sick_leave) if said.sick_leave else None,
        cover=said.cover,
        representative=said.representative,
        representative_contact=said.contact,
    )
    sent = send_referral(
        key=_key("referral", line),
        identity=identity,
        content=content,
        by=by,
        now=now,
        code=line.code,
    )
    if said.piece:
        file = BytesIO(_document(said.piece, line, now))
        attach(referral=sent, name=f"{said.piece}.pdf", file=file, by=by, now=now)
    assert sent.patient is not None  # noqa: S101  # a referral that was sent has its file
    send_questionnaire(patient=sent.patient, by=None, now=now)
    return sent.patient


def _key(what: str, line: PatientLine) -> UUID:
    return uuid5(NAMESPACE_OID, f"ariane demo {what} {line.code}")


def _document(title: str, line: PatientLine, now: datetime) -> bytes:
    """An invented document, which says that it is one."""
    return write_pdf(
        "network/documents/request_letter.typ",
        {
            "heading": title,
            "sender": ["Cabinet de la Démo", "1 rue de la Démo"],
            "to": ["Au médecin traitant"],
            "day": words.capitalise(words.long_day(now.date())),
            "about": f"Dossier {line.code}",
            "paragraphs": ["Document fictif, joint pour la démonstration."],
            "signed": "Cabinet de la Démo",
        },
        dated=now.date(),
    )


def ask_for_piece(
    patient: Patient, line: PatientLine, said: ReferralLine, by: User, now: datetime
) -> None:
    given = Answer(
        key=_key("asked", line),
        outcome=Reply.ASK,
        decided_on=now.date(),
        pieces=[str(PIECES[Piece(said.missing)])],
    )
    _write(patient, given, by, now)


def accept(patient: Patient, line: PatientLine, by: User, now: datetime) -> None:
    given = Answer(key=_key("answer", line), outcome=Reply.INCLUDE, decided_on=now.date())
    _write(patient, given, by, now)


def turn_away(
    patient: Patient, line: PatientLine, said: ReferralLine, by: User, now: datetime
) -> None:
    """Redirect to the address of the sheet, else to the nearest pain centre; or refuse."""
    outcome = Reply.REDIRECT if line.outcome == "redirected" else Reply.REFUSE
    near = Structure.objects.filter(department=line.postcode[:2], kind="centre").order_by("name")
    towards = [] if said.addresses or outcome == Reply.REFUSE else list(near[:1])
    given = Answer(
        key=_key("answer", line),
        outcome=outcome,
        decided_on=now.date(),
        reason=f"{words.capitalise(line.reason)}.",
        structures=towards,
        addresses=said.addresses,
    )
    _write(patient, given, by, now)


def _write(patient: Patient, given: Answer, by: User, now: datetime) -> None:
    patient.refresh_from_db()
    answer(patient=patient, given=given, letters=prefilled(patient, given), by=by, now=now)
