"""What remains of each cap: the figure that a clinician reads before noting an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fees import rules
from fees.enums import Kind
from fees.models import Act, GrantedSlot, PolicyVersion, TariffLine
from network.models import Patient, Professional
from portal.kit.dates import Period

from .facts import under_ald
from .prepared import NONE


@dataclass(frozen=True, slots=True)
class Meter:
    """One cap of one patient in one window; `mine` of the `used` slots are the reader's own acts.

    Counts only: who else used the cap is not shown (table 1.18 of the network's facts).
    """

    cap: str
    used: int
    limit: int
    granted: int
    mine: int
    window: Period

    @property
    def kind(self) -> Kind:
        """An act that this cap bounds, to name it by."""
        return Kind.MED_BILAN if self.cap == "MED" else Kind(self.cap)

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def others(self) -> int:
        return self.used - self.mine


def meters_of(
    patient: Patient,
    *,
    on: date,
    reader: Professional | None = None,
    cap: str | None = None,
    left_out: int = NONE,
) -> list[Meter]:
    """The caps of a patient on a day, in the order of the fee table; only `cap` when given.

    The act `left_out` is not counted. Six queries, whatever the number of acts; one more for a day
    before the present follow-up.
    """
    policy = PolicyVersion.objects.in_force(on).latest("valid_from").as_rule()
    lines = [line.as_rule() for line in TariffLine.objects.in_force(on)]
    follow_up = patient.follow_up_on(on)
    window = rules.window_of(policy.window, on, follow_up, policy.follow_up_months)
    if window is None:
        return []
    ald = under_ald(patient, on)
    live = list(
        Act.objects.live()
        .exclude(pk=left_out)
        .filter(patient=patient, done_on__gte=window.start, done_on__lt=window.end)
        .values_list("kind", "professional_id")
    )
    grants = list(
        GrantedSlot.objects.filter(patient=patient, window_from=window.start).values_list(
            "cap", flat=True
        )
    )
    meters = []
    for name, kinds in caps(policy):
        base = _limit(lines, kinds, on, ald=ald)
        if base is None or cap not in (None, name):
            continue
        holders = [professional for kind, professional in live if kind in kinds]
        granted = grants.count(name)
        meters.append(
            Meter(
                cap=name,
                used=len(holders),
                limit=base + granted,
                granted=granted,
                mine=holders.count(reader.pk) if reader else 0,
                window=window,
            )
        )
    return meters


def caps(policy: rules.Policy) -> Iterable[tuple[str, tuple[Kind, ...]]]:
    """Each cap of a policy with the kinds that consume it, in the order of the fee table."""
    names = dict.fromkeys(rules.cap_of(kind, policy.doctor_cap) for kind in Kind)
    return [(name, rules.kinds_of(name)) for name in names if name]


def _limit(
    lines: list[rules.Tariff], kinds: tuple[Kind, ...], on: date, *, ald: bool
) -> int | None:
    tariffs = (rules.tariff_in_force(lines, kind, on) for kind in kinds)
    limits = (tariff.limit_for(under_ald=ald) for tariff in tariffs if tariff)
    return max((limit for limit in limits if limit is not None), default=None)
