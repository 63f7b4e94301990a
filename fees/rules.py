"""Placeholder of the shapes; the rules replace it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .enums import DoctorCap, Kind, WindowKind


@dataclass(frozen=True, slots=True)
class Tariff:
    kind: Kind
    amount: Decimal
    limit: int | None
    limit_ald: int | None
    valid_from: date
    valid_to: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class Policy:
    doctor_cap: DoctorCap = DoctorCap.SHARED
    window: WindowKind = WindowKind.CIVIL
    claim_days: int = 90
    plan_days: int = 30
    min_professionals: int = 2
    follow_up_months: int = 15
    exclude_employees: bool = True
