"""An act as its professional declares it, before the rules have said anything."""

from dataclasses import dataclass
from datetime import date

from fees.enums import Kind
from network.models import Patient, Professional, RcpFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a professional declares: who, what, when. `rcp_file` for RCP kinds only."""

    patient: Patient
    professional: Professional
    kind: Kind
    done_on: date
    rcp_file: RcpFile | None = None
    msp_declared: bool = False
