"""The bench of payments runs at a small size: its figures are of no use, its checks are."""

import pytest

from bench import payments
from fees.enums import TransferState
from fees.models import Transfer

pytestmark = pytest.mark.django_db(transaction=True)


def test_bench_of_payments_at_a_small_size(capsys: pytest.CaptureFixture[str]) -> None:
    payments.main(acts=0, transfers=4)
    told = capsys.readouterr().out
    assert "transfers in it" in told
    assert "/paiements/" in told
    assert list(Transfer.objects.values_list("state", flat=True)) == [TransferState.EXECUTED] * 4
