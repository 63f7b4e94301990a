"""Links of the mails about returns: signed, one purpose each. How long they hold is in the facts.

Links are followed by scanners of mail servers, so opening one does nothing: only its button does.
"""

from django.core import signing

_RETURN, _PAUSE = "training.return", "training.return-pause"


def return_token(return_id: int) -> str:
    """The link to one case that came back."""
    return signing.dumps(return_id, salt=_RETURN)


def read_return(token: str) -> int | None:
    """The return of a link; None when it is not one of ours."""
    return _read(token, _RETURN)


def pause_token(learner_id: int) -> str:
    """The link that stops the mails of one learner."""
    return signing.dumps(learner_id, salt=_PAUSE)


def read_pause(token: str) -> int | None:
    """The learner of a link; None when it is not one of ours."""
    return _read(token, _PAUSE)


def _read(token: str, salt: str) -> int | None:
    try:
        found = signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
