"""Each thing of the chain of card payments ends in one kind; cents are counted once; order never
counts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.enums import CardVerdict as V
from fees.models.card import CARD_VERDICTS
from fees.reconcile.card_facts import (
    OUT_AND_BACK,
    Credit,
    Move,
    Payment,
    Payout,
    Refund,
    fee_at,
)
from fees.reconcile.card_words import NEXT, WHY
from fees.reconcile.cards import DIFFERENCES, Chain, follow

DAY = date(2026, 11, 12)
TODAY = DAY + timedelta(days=10)
PAID = Payment(
    key=1,
    uid="u1",
    cents=12_000,
    refunded=0,
    settled=True,
    kept=True,
    other_kept=False,
    dispute="",
    on=DAY,
)
FEE = fee_at(12_000, 150)
CHARGE = Move("txn_1", "charge", "ch_1", 12_000, FEE, 12_000 - FEE, DAY, 1, "po_1")
BACK = Refund("re_1", "r1", 1, 3_000, done=True, elsewhere=False, on=DAY)
GIVEN = Move("txn_2", "refund", "re_1", -3_000, 0, -3_000, DAY, 1, "po_1")
OUT = Payout("po_1", CHARGE.net, "paid", automatic=True, arrives_on=DAY + timedelta(days=2))
SEEN = Credit("7", OUT.cents, OUT.arrives_on, "po_1")


def chain(**fields: Any) -> Chain:
    found: dict[str, Any] = {"payments": [PAID], "refunds": [], "moves": [CHARGE], "payouts": []}
    found |= {"credits_": [], "today": TODAY, "seen_until": None}
    return follow(**(found | fields))


def verdict(found: Chain, key: str) -> V:
    (item,) = [each for each in found.items if each.key == key]
    return item.verdict


MOVES: dict[str, tuple[dict[str, Any], str, V]] = {
    "paid, charged, ordinary fee": ({}, "move:txn_1", V.CHARGED),
    "premium card of Europe": (
        {"moves": [replace(CHARGE, fee=fee_at(12_000, 190))]},
        "move:txn_1",
        V.CHARGED,
    ),
    "card of another continent": (
        {"moves": [replace(CHARGE, fee=fee_at(12_000, 325))]},
        "move:txn_1",
        V.FEE_DIFFERS,
    ),
    "nobody at the portal": (
        {"moves": [replace(CHARGE, payment=None)]},
        "move:txn_1",
        V.NO_SEAT,
    ),
    "seat gone, money not given back": (
        {"payments": [replace(PAID, kept=False)]},
        "move:txn_1",
        V.NO_SEAT,
    ),
    "seat gone, money given back": (
        {"payments": [replace(PAID, kept=False, refunded=12_000)]},
        "move:txn_1",
        V.CHARGED,
    ),
    "seat paid by another payment": (
        {"payments": [replace(PAID, kept=False, other_kept=True)]},
        "move:txn_1",
        V.PAID_TWICE,
    ),
    "charged twice": (
        {"moves": [CHARGE, replace(CHARGE, key="txn_9")]},
        "move:txn_9",
        V.PAID_TWICE,
    ),
    "portal does not know yet": (
        {"payments": [replace(PAID, settled=False)]},
        "move:txn_1",
        V.NOT_NOTED,
    ),
    "another amount": (
        {"payments": [replace(PAID, cents=9_000)]},
        "move:txn_1",
        V.AMOUNT_DIFFERS,
    ),
    "paid, no movement, long ago": ({"moves": []}, "payment:u1", V.NOT_SHOWN),
    "paid, no movement, just now": ({"moves": [], "today": DAY}, "payment:u1", V.TO_READ),
    "refund decided": ({"refunds": [BACK], "moves": [CHARGE, GIVEN]}, "move:txn_2", V.GIVEN_BACK),
    "refund of another amount": (
        {"refunds": [replace(BACK, cents=4_000)], "moves": [CHARGE, GIVEN]},
        "move:txn_2",
        V.AMOUNT_DIFFERS,
    ),
    "refund ordered elsewhere": (
        {"refunds": [replace(BACK, elsewhere=True)], "moves": [CHARGE, GIVEN]},
        "move:txn_2",
        V.UNKNOWN_REFUND,
    ),
    "refund that nobody knows": ({"moves": [CHARGE, GIVEN]}, "move:txn_2", V.UNKNOWN_REFUND),
    "refund that left twice": (
        {"refunds": [BACK], "moves": [CHARGE, GIVEN, replace(GIVEN, key="txn_3")]},
        "move:txn_3",
        V.UNKNOWN_REFUND,
    ),
    "refund noted, never left": ({"refunds": [BACK]}, "refund:r1", V.NOT_SHOWN),
    "refund that came back": (
        {"moves": [CHARGE, replace(GIVEN, kind="refund_failure", gross=3_000, net=3_000)]},
        "move:txn_2",
        V.REFUND_FAILED,
    ),
    "contested": (
        {"moves": [CHARGE, replace(GIVEN, kind="adjustment", fee=1_500, net=-4_500)]},
        "move:txn_2",
        V.DISPUTED,
    ),
    "contested in vain": (
        {
            "payments": [replace(PAID, dispute="won")],
            "moves": [CHARGE, replace(GIVEN, kind="adjustment")],
        },
        "move:txn_2",
        V.DISPUTE_WON,
    ),
    "fee of the service": (
        {"moves": [replace(GIVEN, kind="stripe_fee", payment=None)]},
        "move:txn_2",
        V.SERVICE_FEE,
    ),
    "unheard of": (
        {"moves": [replace(GIVEN, kind="topup", payment=None)]},
        "move:txn_2",
        V.OTHER,
    ),
    "departure of a payout": (
        {
            "payouts": [OUT],
            "moves": [
                CHARGE,
                Move("txn_5", "payout", "po_1", -OUT.cents, 0, -OUT.cents, DAY, None, "po_1"),
            ],
        },
        "move:txn_5",
        V.SENT,
    ),
    "departure of nothing known": (
        {"moves": [Move("txn_5", "payout", "po_8", -500, 0, -500, DAY)]},
        "move:txn_5",
        V.NET_DIFFERS,
    ),
    "payout that came back": (
        {"moves": [Move("txn_5", "payout_failure", "po_8", 500, 0, 500, DAY)]},
        "move:txn_5",
        V.PAYOUT_FAILED,
    ),
}
PAYOUTS: dict[str, tuple[dict[str, Any], V]] = {
    "arrived": ({"credits_": [SEEN]}, V.PAID_OUT),
    "expected": ({}, V.ON_ITS_WAY),
    "its day is not on a statement": (
        {"seen_until": OUT.arrives_on + timedelta(days=3)},
        V.ON_ITS_WAY,
    ),
    "its day is past": ({"seen_until": OUT.arrives_on + timedelta(days=4)}, V.NOT_AT_BANK),
    "a line looks like it": (
        {"credits_": [replace(SEEN, decided=False)], "seen_until": TODAY},
        V.ON_ITS_WAY,
    ),
    "another amount at the bank": ({"credits_": [replace(SEEN, cents=1)]}, V.BANK_DIFFERS),
    "one movement missing": ({"payouts": [replace(OUT, cents=1)]}, V.NET_DIFFERS),
    "movements not read yet": (
        {"moves": [], "today": OUT.arrives_on},
        V.TO_READ,
    ),
    "no movement ever read": ({"moves": []}, V.NET_DIFFERS),
    "refused by the bank": ({"payouts": [replace(OUT, state="failed")]}, V.PAYOUT_FAILED),
    "asked by hand": ({"payouts": [replace(OUT, automatic=False)]}, V.BY_HAND),
}


@pytest.mark.parametrize(("fields", "key", "expected"), MOVES.values(), ids=list(MOVES))
def test_movement_has_one_kind(fields: dict[str, Any], key: str, expected: V) -> None:
    assert verdict(chain(**fields), key) == expected


@pytest.mark.parametrize(("fields", "expected"), PAYOUTS.values(), ids=list(PAYOUTS))
def test_payout_has_one_kind(fields: dict[str, Any], expected: V) -> None:
    assert verdict(chain(**({"payouts": [OUT]} | fields)), "payout:po_1") == expected


def test_credits_name_a_payout_once_or_nothing() -> None:
    found = chain(
        payouts=[OUT],
        credits_=[replace(SEEN, key="8"), SEEN, replace(SEEN, key="9", payout="")],
    )
    kinds = [verdict(found, f"credit:{key}") for key in ("7", "8", "9")]
    assert kinds == [V.CREDITED, V.UNKNOWN_CREDIT, V.UNKNOWN_CREDIT]
    assert found.credit_of == {"po_1": SEEN}


def test_foreign_fee_says_whose_price_it_is() -> None:
    found = chain(moves=[replace(CHARGE, fee=415, net=11_585)])
    assert found.items[0].said == (
        "Frais de 4,15\u00a0€ pour 120,00\u00a0€ : c’est le tarif des cartes hors d’Europe."
    )


def test_each_kind_has_its_words() -> None:
    assert set(CARD_VERDICTS) == set(V)
    assert set(NEXT) == set(WHY) == DIFFERENCES


KINDS = ("charge", "refund", "adjustment", "stripe_fee", "refund_failure", "payout", "topup")
NAMES = st.sampled_from(["", "po_1", "po_2"])
CENTS = st.integers(-20_000, 20_000)
DAYS = st.integers(0, 20).map(lambda n: DAY + timedelta(days=n))


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Any facts whatever, most of them wrong."""
    moves = []
    for rank in range(draw(st.integers(0, 8))):
        gross, fee = draw(CENTS), draw(st.integers(0, 500))
        kind, payment = draw(st.sampled_from(KINDS)), draw(st.sampled_from([None, 1, 2, 3]))
        source = draw(st.sampled_from(["re_1", "re_2", "x"]))
        moves.append(
            Move(
                f"t{rank}", kind, source, gross, fee, gross - fee, draw(DAYS), payment, draw(NAMES)
            )
        )
    payments = [
        Payment(
            key=key,
            uid=f"u{key}",
            cents=draw(st.integers(1, 20_000)),
            refunded=draw(st.integers(0, 20_000)),
            settled=draw(st.booleans()),
            kept=draw(st.booleans()),
            other_kept=draw(st.booleans()),
            dispute=draw(st.sampled_from(["", "open", "won", "lost"])),
            on=draw(DAYS),
        )
        for key in (1, 2)
    ]
    refunds = [Refund("re_1", "r1", 1, draw(CENTS), draw(st.booleans()), False, DAY)]
    payouts = [
        Payout(
            key, draw(CENTS), draw(st.sampled_from(["paid", "failed"])), draw(st.booleans()), DAY
        )
        for key in ("po_1", "po_2")
    ]
    credits_ = [
        Credit(str(n), draw(CENTS), draw(DAYS), draw(NAMES), draw(st.booleans()))
        for n in range(draw(st.integers(0, 4)))
    ]
    seen = draw(st.one_of(st.none(), DAYS))
    world = {"payments": payments, "refunds": refunds, "moves": moves, "payouts": payouts}
    return world | {"credits_": credits_, "today": TODAY, "seen_until": seen}


@given(worlds(), st.randoms())
def test_every_cent_stands_once_and_order_never_counts(world: dict[str, Any], any_: Any) -> None:
    found = follow(**world)
    keys = Counter(each.key for each in found.items)
    assert max(keys.values(), default=1) == 1
    by_side: Counter[str] = Counter()
    for each in found.items:
        by_side[each.key.partition(":")[0]] += each.cents
    assert by_side["move"] == sum(each.net for each in world["moves"])
    assert by_side["payout"] == sum(each.cents for each in world["payouts"])
    assert by_side["credit"] == sum(each.cents for each in world["credits_"])
    parts = [*found.sums.values(), found.waiting]
    own = [each for each in world["moves"] if each.kind not in OUT_AND_BACK]
    assert sum(each.net for each in parts) == sum(each.net for each in own)
    mixed = {
        key: any_.sample(value, len(value)) if isinstance(value, list) else value
        for key, value in world.items()
    }
    assert follow(**mixed) == found
