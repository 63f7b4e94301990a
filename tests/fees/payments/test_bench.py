"""The bench of payments runs at a small size: its figures are of no use, its checks are."""

import pytest
from django.test import override_settings

from bench import closing, payments
from fees.enums import TransferState
from fees.models import Closing, Transfer

pytestmark = pytest.mark.django_db(transaction=True)


def test_bench_of_payments_at_a_small_size(capsys: pytest.CaptureFixture[str]) -> None:
    payments.main(acts=0, transfers=4)
    told = capsys.readouterr().out
    assert "transfers in it" in told
    assert "/paiements/" in told
    assert list(Transfer.objects.values_list("state", flat=True)) == [TransferState.EXECUTED] * 4


@override_settings(DEMO=True)
def test_bench_of_closing_at_a_small_size(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many statements for many entries as for none, but for the pages of the journal."""
    monkeypatch.setattr("fees.selectors.closings.AT_ONCE", 50)
    constant = closing.main(acts=60)
    told = capsys.readouterr().out
    assert constant < 30
    assert "the journal of the year, sent" in told
    assert Closing.objects.count() == 0
