"""Referrals for tests: drafts, sent ones, a small document of each type."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from network.actions.attachments import attach
from network.actions.patients import Identity
from network.actions.referrals import Content, keep_draft, send_referral
from network.enums import Role, Sex
from network.models import Attachment, Patient, Referral, User
from portal.kit import clock
from tests.factories.network import make_user

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def identity(**fields: Any) -> Identity:
    """Somebody born on 14 March 1979, with a telephone."""
    defaults: dict[str, Any] = {
        "birth_name": "Sorlin",
        "first_names": "Ysée",
        "sex": Sex.FEMALE,
        "birth_date": date(1979, 3, 14),
        "phone": "06 39 98 40 01",
    }
    return Identity(**(defaults | fields))


def content(**fields: Any) -> Content:
    defaults: dict[str, Any] = {"question": "Que proposer de plus ?", "informed": True}
    return Content(**(defaults | fields))


def make_draft(author: User | None = None, *, key: UUID | None = None, **typed: str) -> Referral:
    """A draft that holds these fields."""
    return keep_draft(
        key=key or uuid4(),
        typed={name: [value] for name, value in typed.items()},
        by=author or make_user(Role.CLINICIAN),
        now=clock.now(),
    )


def make_referral(
    author: User | None = None, *, who: dict[str, Any] | None = None, **fields: Any
) -> Referral:
    """A referral sent now, and its patient's file."""
    return send_referral(
        key=uuid4(),
        identity=identity(**(who or {})),
        content=content(**fields),
        by=author or make_user(Role.CLINICIAN),
        now=clock.now(),
    )


def patient_of(referral: Referral) -> Patient:
    assert referral.patient is not None
    return Patient.objects.get(pk=referral.patient.pk)


def make_attachment(referral: Referral, content: bytes = PDF, name: str = "irm.pdf") -> Attachment:
    return attach(
        referral=referral, name=name, file=BytesIO(content), by=referral.author, now=clock.now()
    )
