"""A follow-up prolonged by exception: whoever prices an act knows its new end."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.enums import Decision, Kind, WindowKind
from fees.exports.contract import export_contract
from fees.models import PolicyVersion
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.rules import Policy, days_of, window_of
from fees.selectors.caps import meters_of
from network.actions.follow_up import renew
from network.enums import Role
from network.rules.follow_up import FollowUp
from portal.kit.dates import Period, add_months
from tests.factories.fees import at, log
from tests.factories.network import make_patient, make_professional, make_user
from tests.proofs.threads import recount

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
optional_days = st.none() | days


@given(days, optional_days, st.integers(1, 30))
def test_without_renewal_nothing_changes(included: date, left: date | None, months: int) -> None:
    end = add_months(included, months)
    assert days_of(FollowUp(included, left), months) == Period(
        included, end if left is None else min(end, left)
    )


@given(days, optional_days, optional_days, days)
def test_renewal_adds_days_and_takes_none(
    included: date, left: date | None, renewed: date | None, day: date
) -> None:
    before, after = (
        days_of(FollowUp(included, left), 15),
        days_of(FollowUp(included, left, renewed), 15),
    )
    assert before is not None
    assert after is not None
    if day in before:
        assert day in after
    elif day in after:
        assert renewed is not None
        assert day < renewed
        assert left is None or day < left


@given(days, optional_days, optional_days, days, st.sampled_from(WindowKind))
def test_window_of_whole_follow_up_is_the_follow_up(
    included: date, left: date | None, renewed: date | None, day: date, kind: WindowKind
) -> None:
    followed = FollowUp(included, left, renewed)
    plain = window_of(kind, day, FollowUp(included, left), 15)
    longer = window_of(kind, day, followed, 15)
    if kind is WindowKind.FOLLOW_UP:
        period = days_of(followed, 15)
        assert longer == (period if period is not None and day in period else None)
    else:
        assert longer == plain


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("window", [WindowKind.CIVIL, WindowKind.FOLLOW_UP])
def test_renewal_pays_what_the_end_refused(tmp_path: Path, window: WindowKind) -> None:
    PolicyVersion.objects.update(window=window)
    patient, physio = make_patient(), make_professional()  # 5 January 2026 → 4 April 2027
    done_on = date(2027, 4, 20)
    act = log(patient, physio, Kind.KINE_REMOB, done_on)
    assert (act.decision, act.reasons) == (Decision.REFUSED, "outside_follow_up")
    renew(
        patient=patient,
        last_day=date(2027, 5, 31),
        reason="Chirurgie reportée",
        by=make_user(Role.COORDINATOR),
        now=at(done_on + timedelta(days=1)),
    )
    act.refresh_from_db()
    patient.refresh_from_db()
    assert act.decision == Decision.ACCEPTED  # the event had it decided again
    meter = next(m for m in meters_of(patient, on=done_on) if m.kind is Kind.KINE_REMOB)
    assert meter.used == 1
    assert meter.window.end == (
        date(2027, 6, 1) if window is WindowKind.FOLLOW_UP else date(2028, 1, 1)
    )
    assert recount() == []
    export_contract(tmp_path)
    backlog = read_backlog(tmp_path)
    (verdict,) = price(backlog, Policy(window=window))
    assert (verdict.decision, verdict.ordinal) == (Decision.ACCEPTED, act.ordinal)


def test_file_without_the_column_is_read_as_before(tmp_path: Path) -> None:
    head = {
        "patients.csv": "patient;included_on;left_on\nP1;2026-01-05;\n",
        "professionals.csv": "professional;profession;agreement_from;agreement_to;employee\n"
        "S1;physio;2020-01-01;;no\n",
        "acts.csv": "act;entered_at;patient;professional;kind;done_on;rcp;msp_declared\n"
        "A1;2027-04-21T10:00:00;P1;S1;KINE-REMOB;2027-04-20;;\n",
    }
    for name, text in head.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (verdict,) = price(read_backlog(tmp_path), Policy())
    assert [str(reason) for reason in verdict.reasons] == ["outside_follow_up"]
    longer = "patient;included_on;left_on;renewed_to\nP1;2026-01-05;;2027-06-01\n"
    (tmp_path / "patients.csv").write_text(longer, encoding="utf-8")
    (verdict,) = price(read_backlog(tmp_path), Policy())
    assert verdict.decision is Decision.ACCEPTED
