"""The national-size set, in small: every recount is clean on what the bulk paths wrote."""

from collections import Counter
from datetime import date

import pytest

from fees.enums import LineState
from fees.management.volume import load_volume
from fees.models import Act, Claim, ClaimLine
from fees.selectors.verify import recount_acts
from fees.selectors.verify_books import recount_books
from fees.selectors.verify_claims import recount_claims

pytestmark = pytest.mark.django_db


def test_recounts_are_clean_on_the_bulk_set() -> None:
    load_volume(acts=600, patients=20, until=date(2026, 11, 16), tell=lambda written: None)
    tally: Counter[str] = Counter()
    for recount in (recount_acts, recount_books, recount_claims):
        assert [str(each) for each in recount(tally)] == []
    assert tally["demandes"] == Claim.objects.count() > 20
    states = set(ClaimLine.objects.values_list("state", flat=True))
    assert states == {LineState.ADMITTED, LineState.SENT}
    assert Act.objects.filter(state="submitted", claim_lines=None, decision="accepted").exists()
