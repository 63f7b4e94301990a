"""What the portal holds of a professional, as the engine reads it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from fees.enums import SETTLED, Decision, State
from fees.models import Act, Difference, StatementFile, StatementLine
from fees.reconcile.engine import reconcile
from fees.reconcile.frames import ACTS, STATEMENT
from fees.reconcile.frames import State as Logged
from fees.reconcile.lines import Sender
from network.models import CareLink, Patient, Professional
from portal.kit.dates import add_months

BACK = 15
"""Months in which an act may have been done whose date is wrong in the statement."""


def sender_of(file: StatementFile) -> Sender:
    who = file.professional
    return Sender(code_of(who), _name(who), who.profession, file.month)


def code_of(professional: Professional) -> str:
    """The number under which the engine knows a professional."""
    return professional.rpps or f"PRO{professional.pk}"


def _name(professional: Professional) -> str:
    return f"{professional.first_name} {professional.last_name}"


def log_of(file: StatementFile) -> pd.DataFrame:
    """The professional's acts of the last months, and the other patients followed. Three queries.

    What another statement has settled counts as paid, so that nothing is settled twice.
    """
    professional = file.professional
    since, until = add_months(file.month, -BACK), add_months(file.month, 1)
    acts = (
        Act.objects.filter(professional=professional)
        .done_in(since, until + timedelta(days=31))
        .exclude(state=State.DRAFT)
        .select_related("patient")
        .order_by("pk")
    )
    settled = settled_elsewhere(file)
    rows = []
    for act in acts:
        state = Logged.PAID if act.pk in settled else _state(act)
        for name in _names(act.patient):
            rows.append(_row(professional, act.patient, name, act=act, state=state))
            state = Logged.CANCELLED  # a second name makes the person known, without a second act
    known = {act.patient_id for act in acts}
    links = CareLink.objects.filter(professional=professional).exclude(patient__in=known)
    followed = {link.patient_id: link.patient for link in links.select_related("patient")}
    for patient in followed.values():
        rows += [_row(professional, patient, name) for name in _names(patient)]
    for place, row in enumerate(rows):
        row["act"] = row["act"] or f"nobody {place}"
    return pd.DataFrame(_without_repeats(rows), columns=list(ACTS), dtype=str)


def pair_of(file: StatementFile, line: StatementLine) -> dict[str, Any] | None:
    """The act that a line claims by what is logged now, acts that other lines claim left out.

    The engine's own answer, with its verdict; None when there is still no act.
    """
    log = log_of(file)
    claimed = file.differences.filter(line__isnull=False, act__isnull=False)
    taken = {str(key) for key in claimed.values_list("act", flat=True)}
    log.loc[log["act"].isin(taken), "state"] = Logged.CANCELLED.value
    told = (
        line.key,
        line.professional_code,
        line.professional_name,
        line.patient_code,
        line.patient_name,
        line.birth_date,
        line.kind,
        line.done_on,
        line.amount,
    )
    result = reconcile(log, pd.DataFrame([told], columns=list(STATEMENT), dtype=str))
    pairs = result.pairs.to_dict("records")
    return {str(name): value for name, value in pairs[0].items()} if pairs else None


def settled_elsewhere(file: StatementFile) -> set[int]:
    """Acts of this professional that another statement settles."""
    others = Difference.objects.filter(
        file__professional=file.professional_id, state__in=SETTLED, line__isnull=False
    ).exclude(file=file)
    return {key for key in others.values_list("act", flat=True) if key}


def _without_repeats(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    seen: set[str] = set()
    kept: list[dict[str, str]] = []
    for row in rows:
        key = row["act"] if row["act"] not in seen else f"{row['act']} again {len(kept)}"
        seen.add(key)
        kept.append(row | {"act": key})
    return kept


def _state(act: Act) -> Logged:
    match act.state:
        case State.PAID:
            return Logged.PAID
        case State.CANCELLED | State.REVERSED | State.DRAFT:
            return Logged.CANCELLED
        case State.REFUSED:
            return Logged.REFUSED
        case _:
            return Logged.ACCEPTED if act.decision == Decision.ACCEPTED else Logged.REFUSED


def _names(patient: Patient) -> list[str]:
    """Every way of writing a person: by one first name or all, by birth or by use."""
    firsts = (patient.first_name, patient.first_names)
    families = (patient.birth_name, patient.used_name or patient.birth_name)
    return list(dict.fromkeys(f"{first} {family}" for family in families for first in firsts))


def _row(
    professional: Professional,
    patient: Patient,
    name: str,
    *,
    act: Act | None = None,
    state: Logged = Logged.CANCELLED,
) -> dict[str, str]:
    return {
        "act": str(act.pk) if act else "",
        "professional": code_of(professional),
        "professional_name": _name(professional),
        "patient_code": patient.code,
        "patient_name": name,
        "birth_date": patient.birth_date.isoformat(),
        "kind": act.kind if act else "",
        "done_on": (act.done_on if act else date(2000, 1, 1)).isoformat(),
        "amount": f"{act.amount:.2f}" if act else "0.00",
        "state": state.value,
    }
