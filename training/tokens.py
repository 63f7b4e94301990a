"""Links of the mails: signed, one purpose each. How long they hold is in the facts.

Links are followed by scanners of mail servers, so opening one does nothing: only its button does.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

_RETURN = Signer(salt="training.return", sep="~")
_PAUSE = Signer(salt="training.return-pause", sep="~")
_REGISTRATION = Signer(salt="training.registration", sep="~")
_SURVEY = Signer(salt="training.survey", sep="~")


def return_token(return_id: int) -> str:
    """The link to one case that came back."""
    return _RETURN.sign(str(return_id))


def read_return(token: str) -> int | None:
    """The return of a link; None when it is not one of ours."""
    return _read(token, _RETURN)


def pause_token(learner_id: int) -> str:
    """The link that stops the mails of one learner."""
    return _PAUSE.sign(str(learner_id))


def read_pause(token: str) -> int | None:
    """The learner of a link; None when it is not one of ours."""
    return _read(token, _PAUSE)


def registration_token(uid: UUID) -> str:
    """The link of the mails about one registration: it shows and gives up that one alone."""
    return _REGISTRATION.sign(uid.hex)


def read_registration(token: str) -> UUID | None:
    """The registration of a link; None when it is not one of ours."""
    return _read_uid(token, _REGISTRATION)


def survey_token(uid: UUID) -> str:
    """The link to one survey of one person."""
    return _SURVEY.sign(uid.hex)


def read_survey(token: str) -> UUID | None:
    """The survey of a link; None when it is not one of ours."""
    return _read_uid(token, _SURVEY)


def _read_uid(token: str, signer: Signer) -> UUID | None:
    try:
        return UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def _read(token: str, signer: Signer) -> int | None:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
