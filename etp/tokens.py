"""Secret addresses of patients, signed for one place or one wait."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

_PLACE = Signer(salt="etp.place", sep="~")
_WAIT = Signer(salt="etp.wait", sep="~")


def place_token(uid: UUID) -> str:
    """The link of the mails about one place: it shows, cancels or moves that place alone."""
    return _PLACE.sign(uid.hex)


def read_place(token: str) -> UUID | None:
    """The place of a link; None when it is not one of ours."""
    return _read(token, _PLACE)


def wait_token(uid: UUID) -> str:
    """The link by which somebody leaves a waiting list."""
    return _WAIT.sign(uid.hex)


def read_wait(token: str) -> UUID | None:
    """The wait of a link; None when it is not one of ours."""
    return _read(token, _WAIT)


def _read(token: str, signer: Signer) -> UUID | None:
    try:
        return UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
