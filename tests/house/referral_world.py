"""Referrals, requests and letters of the access matrix: mine, and another's."""

from typing import Any
from uuid import uuid4

from network.enums import Addressee, Reply
from network.models import Patient, RequestLetter, User
from portal.kit import clock
from tests.factories.referral import make_attachment, make_draft, make_referral, patient_of

type Values = dict[tuple[str, str], dict[str, Any]]


def referral_values(people: dict[str, tuple[User, Patient]], to: Addressee) -> Values:
    """The parameters of the addresses; `to`: to whom the letters of this world go."""
    values: Values = {}
    for label, (author, patient) in people.items():
        draft = make_draft(author, birth_name="Sorlin", question="Que proposer ?")
        make_attachment(draft)
        for name in ("refer", "refer_field", "refer_discard"):
            values[f"network:{name}", label] = {"key": draft.key}
        sent = make_referral(author, fast_tracks=["cancer"])
        for name in ("my_request", "my_request_again"):
            values[f"network:{name}", label] = {"key": sent.key}
        values["network:attachment", label] = {"uid": make_attachment(sent).uid}
        asked, known = patient_of(sent), patient_of(make_referral(author))
        for name in ("request", "request_decide", "request_complete", "request_again"):
            values[f"network:{name}", label] = {"code": asked.code}
        values["network:request_compare", label] = {"code": asked.code, "kept": known.code}
        values["network:letter", label] = {"uid": _letter(patient, to, author).uid}
    return values


def _letter(patient: Patient, to: Addressee, by: User) -> RequestLetter:
    return RequestLetter.objects.create(
        key=uuid4(),
        patient=patient,
        to=to,
        outcome=Reply.INCLUDE,
        body="Madame,\n\nLa réponse est oui.",
        dated=clock.today(),
        written_at=clock.now(),
        written_by=by,
    )
