"""Two ticks at the same instant, and as many workers as one wants: one mail a day to a learner."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from network.enums import Role
from network.models import OutboxMessage
from tests.factories.learning import go_through
from tests.factories.network import make_user
from tests.factories.training import make_vignette
from tests.proofs.threads import faults, together
from training.actions.returns import plan_returns, send_due
from training.enums import Part
from training.models import Return

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


def test_ticks_at_once_mail_once_a_learner() -> None:
    cases = [make_vignette().translation_key for _ in range(3)]
    for learner in [make_user(Role.CLINICIAN) for _ in range(3)]:
        for case in cases:
            plan_returns(run=go_through(learner, case, Part.CASE, now=NOW))
    answers = together(*(lambda: send_due(now=LATER) for _ in range(6)))
    assert faults(answers) == []
    assert sum(answers) == 3
    queued = OutboxMessage.objects.filter(key__startswith="return:")
    assert len({mail.to for mail in queued}) == queued.count() == 3
    sent = Return.objects.exclude(sent_at=None)
    assert {timezone.localdate(each.sent_at) for each in sent} == {LATER.date()}
