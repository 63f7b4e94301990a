"""The case reviews of the access matrix: one that I chair about my patient, and another's."""

from datetime import timedelta
from typing import Any

from network.actions.rcp_minutes import Proposed, propose, write_minutes
from network.enums import Channel, CopyTo, ProposalKind
from network.models import Patient, Professional, RcpCopy, RcpFile, RcpProposal
from network.tokens import call_token
from portal.kit import clock
from tests.factories.network import make_link, make_professional
from tests.factories.rcp import hold, invitation_of, make_file, make_meeting, sign

type Values = dict[tuple[str, str], dict[str, Any]]
OF_MEETING = ("rcp_change", "rcp_call_off", "rcp_invite", "rcp_hold")
OF_FILE = (
    "rcp_file",
    "rcp_file_edit",
    "rcp_file_order",
    "rcp_file_remove",
    "rcp_presence",
    "rcp_plan_day",
    "rcp_proposal_add",
    "rcp_minutes",
    "rcp_work",
)


def rcp_values(
    mine: Professional, my_patient: Patient, them: Professional, their_patient: Patient
) -> Values:
    """The parameters of the addresses of case reviews."""
    values: Values = {}
    for label, chair, patient in (("own", mine, my_patient), ("other", them, their_patient)):
        coming = make_meeting(chair=chair, invited=[], held_on=clock.today() + timedelta(days=9))
        make_file(coming, patient)
        for name in OF_MEETING:
            values[f"network:{name}", label] = {"meeting": coming.pk}
        invitation = invitation_of(coming, chair)
        for name in ("rcp_answer", "rcp_uninvite"):
            values[f"network:{name}", label] = {"invitation": invitation.pk}
        for name in ("rcp_call", "rcp_call_answer", "rcp_call_ics"):
            values[f"network:{name}", label] = {"token": call_token(invitation.uid)}
        values |= _held(label, chair, patient)
    return values


def _held(label: str, chair: Professional, patient: Patient) -> Values:
    """A meeting held today: proposals, signed minutes left to the patient, an addendum's draft."""
    meeting = make_meeting(chair=chair)
    file = make_file(meeting, patient, summary="Lombalgie depuis deux ans.")
    hold(meeting, [chair])
    proposals = [_propose(file, chair, kind) for kind in list(ProposalKind)[:3]]
    doctor = make_professional()  # `chair` may hold a role that signs nothing
    make_link(patient=patient, professional=doctor)
    RcpFile.objects.filter(pk=file.pk).update(signatory=doctor)
    signed = sign(file)
    RcpFile.objects.filter(pk=file.pk).update(signatory=None)
    RcpCopy.objects.create(
        minutes=signed, to=CopyTo.PATIENT, channel=Channel.PORTAL, sent_on=clock.today()
    )
    draft = write_minutes(
        file=file, discussion="Un oubli.", conclusion="", by=None, now=clock.now()
    )
    values: Values = {(f"network:{name}", label): {"file": file.pk} for name in OF_FILE}
    for name, proposal in zip(("rcp_outcome", "rcp_done", "rcp_drop"), proposals, strict=True):
        values[f"network:{name}", label] = {"proposal": proposal.pk}
    for name in ("rcp_copy", "rcp_pdf"):
        values[f"network:{name}", label] = {"minutes": signed.pk}
    values["network:rcp_sign", label] = {"minutes": draft.pk}
    values["network:own_minutes", label] = {"code": patient.code, "minutes": signed.pk}
    return values


def _propose(file: Any, owner: Professional, kind: ProposalKind) -> RcpProposal:
    due_on = clock.today() + timedelta(days=30)
    proposed = Proposed(kind=kind, due_on=due_on, owner=owner)
    return propose(file=file, proposed=proposed, by=None, now=clock.now())
