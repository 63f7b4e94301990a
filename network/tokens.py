"""Links that open a door: unguessable, signed, and never stored as they are."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.core.signing import BadSignature, Signer, TimestampSigner

from portal.kit import encrypted

REGISTRATION_HOURS = 24
_signer = Signer(salt="network.invitation", sep="~")
_CALL = Signer(salt="network.rcp_call", sep="~")
_SHEET = TimestampSigner(salt="network.sheet", sep="~")
SHEET_DAYS = 90
"""How long a structure may answer by the link of a mail about its sheet."""


def new_invitation_token() -> str:
    """256 random bits and our signature; only its hash is kept."""
    return _signer.sign(secrets.token_urlsafe(32))


def new_secret() -> str:
    """256 random bits for an address; only their hash is kept."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_ours(token: str) -> bool:
    try:
        _signer.unsign(token)
    except BadSignature:
        return False
    return True


def registration_token(email: str, now: datetime) -> str:
    """An address whose owner asked to register, sealed so that the link does not show it."""
    until = now + timedelta(hours=REGISTRATION_HOURS)
    return encrypted.encrypt(json.dumps({"register": email, "until": until.isoformat()}))


def registration_email(token: str, now: datetime) -> str | None:
    """The address of a registration link; None when it is not ours or too old."""
    try:
        sealed = json.loads(encrypted.decrypt(token))
        email, until = sealed["register"], datetime.fromisoformat(sealed["until"])
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None
    return str(email) if now < until else None


def call_token(uid: UUID) -> str:
    """The link of the mail that invites a professional to a meeting: it answers for them alone."""
    return _CALL.sign(uid.hex)


def read_call(token: str) -> UUID | None:
    """The invitation of a link; None when it is not one of ours."""
    try:
        return UUID(_CALL.unsign(token))
    except (BadSignature, ValueError):
        return None


def sheet_token(structure: int) -> str:
    """The link by which a structure confirms its sheet of the directory; it opens nothing else."""
    return _SHEET.sign(str(structure))


def read_sheet_token(token: str) -> int | None:
    """The structure of a link; None when it is not one of ours, or older than `SHEET_DAYS`."""
    try:
        return int(_SHEET.unsign(token, max_age=timedelta(days=SHEET_DAYS)))
    except (BadSignature, ValueError):
        return None
