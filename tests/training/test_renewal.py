"""An attestation near its expiry, or past it, is renewed by the post-test alone."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from network.models import User
from portal.kit import clock
from tests.factories.learning import finish_module, go_through, make_learner
from tests.factories.network import sign_in
from tests.factories.training import make_module
from training.actions.attestations import Revoked, issue_attestation, revoke_attestation
from training.enums import AttestationState, Part
from training.exports.attestation import attestation_pdf
from training.models import Attestation, ModulePage
from training.rules.completion import renewal_opens_on
from training.selectors.hours import Asked, total_hours
from training.selectors.verify_paths import recount_paths

pytestmark = pytest.mark.usefixtures("site", "at_reference")


@pytest.fixture
def learner(site: Any) -> User:
    return make_learner()


@pytest.fixture
def module(site: Any) -> ModulePage:
    return make_module(lessons=1)


@pytest.fixture
def held(learner: User, module: ModulePage, at_reference: datetime) -> Attestation:
    """Issued on 16 November 2026, valid until 15 November 2029."""
    finish_module(learner, module, now=at_reference - timedelta(hours=2))
    return issue(learner, module, at_reference)


def issue(learner: User, module: ModulePage, now: datetime, *, scores: bool = False) -> Attestation:
    key = module.translation_key
    return issue_attestation(key=key, with_scores=scores, by=learner, now=now)


def redo(learner: User, module: ModulePage, now: datetime, right: int = 2) -> None:
    go_through(learner, module.translation_key, Part.POSTTEST, now=now, right=right)


def in_days(held: Attestation, now: datetime, days: int) -> datetime:
    """So many days after the expiry, before it when negative."""
    return now + (held.expires_on - held.issued_on) + timedelta(days=days)


def test_renewal_opens_sixty_days_before_the_expiry() -> None:
    assert renewal_opens_on(date(2029, 11, 16)) == date(2029, 9, 17)


@pytest.mark.parametrize(
    ("days", "right", "renewed"),
    [(-61, 2, False), (-60, 2, True), (0, 2, True), (400, 2, True), (-60, 1, False)],
)
def test_post_test_passed_again_renews_near_the_expiry_and_after(
    learner: User,
    module: ModulePage,
    held: Attestation,
    at_reference: datetime,
    days: int,
    right: int,
    renewed: bool,
) -> None:
    now = in_days(held, at_reference, days)
    assert issue(learner, module, now) == held
    redo(learner, module, now, right=right)
    latest = issue(learner, module, now + timedelta(hours=1))
    assert (latest != held) is renewed
    assert issue(learner, module, now + timedelta(hours=2)) == latest


def test_old_attestation_stays_and_says_that_it_was_renewed(
    client: Client,
    learner: User,
    module: ModulePage,
    held: Attestation,
    at_reference: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = in_days(held, at_reference, 10)
    redo(learner, module, now)
    latest = issue(learner, module, now)
    held.refresh_from_db()
    assert latest.code != held.code
    assert (held.renewed_on, held.state_on(date(2029, 11, 26))) == (
        date(2029, 11, 26),
        AttestationState.EXPIRED,
    )
    monkeypatch.setattr(clock, "now", lambda: now)
    old, new = (
        client.get(f"/attestations/{each.code}/").content.decode() for each in (held, latest)
    )
    assert ("Cette attestation a expiré" in old, "Renouvelée le" in old) == (True, True)
    assert ("Cette attestation est valable" in new, "Renouvelée le" in new) == (True, False)


def test_renewal_attests_the_test_alone(
    learner: User, module: ModulePage, held: Attestation, at_reference: datetime
) -> None:
    now = in_days(held, at_reference, -30)
    redo(learner, module, now)
    latest = issue(learner, module, now, scores=True)
    facts = latest.facts
    assert (facts["lessons"], facts["vignettes"], facts["tests"]) == (0, 0, 1)
    assert (facts["renews"], facts["scores"]) == ("2026-11-16", {"post": 100})
    assert latest.minutes < held.minutes
    assert attestation_pdf(latest).startswith(b"%PDF")
    year = Asked(date(2029, 1, 1), date(2029, 12, 31))
    assert total_hours(year)["spent"] == latest.minutes  # the first hours count once
    assert list(recount_paths(Counter())) == []


def test_revoked_renewal_is_not_replaced_by_a_click(
    learner: User, module: ModulePage, held: Attestation, at_reference: datetime
) -> None:
    now = in_days(held, at_reference, 0)
    redo(learner, module, now)
    latest = issue(learner, module, now)
    revoke_attestation(attestation=latest, reason="Erreur", by=learner, now=now)
    with pytest.raises(Revoked):
        issue(learner, module, now)


def test_recount_finds_a_renewal_without_its_attestation(held: Attestation) -> None:
    Attestation.objects.update(renewed_on=date(2029, 11, 16))
    assert len(list(recount_paths(Counter()))) == 1


def test_page_leads_from_the_test_to_the_new_attestation(
    client: Client,
    learner: User,
    module: ModulePage,
    held: Attestation,
    at_reference: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = in_days(held, at_reference, -10)
    page = f"/se-former/modules/{module.translation_key}/"
    sign_in(client, learner)
    assert "Refaire le test final</button>" not in client.get(page).content.decode()
    monkeypatch.setattr(clock, "now", lambda: now)
    sign_in(client, learner)
    assert "Refaire le test final</button>" in client.get(page).content.decode()
    redo(learner, module, now)
    assert "Renouveler mon attestation" in client.get(page).content.decode()
    assert client.post(f"{page}attestation/")["Location"] == page
    assert Attestation.objects.count() == 2
    assert "renouvelée le" in client.get("/se-former/attestations/").content.decode()
