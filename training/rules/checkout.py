"""A card payment as the card service tells it, and the state that follows: one for given facts.

Events come twice, late, in any order: none of them decides. Each is a reason to read the present
facts again, and the state is a function of these alone.
"""

from dataclasses import dataclass, field

from training.enums import DisputeState, PaymentState

S = PaymentState
MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    S.OPENING: frozenset({S.OPEN, S.EXPIRED, S.PAID, S.PARTLY, S.REFUNDED}),
    S.OPEN: frozenset({S.EXPIRED, S.PAID, S.PARTLY, S.REFUNDED}),
    S.EXPIRED: frozenset(),
    S.PAID: frozenset({S.PARTLY, S.REFUNDED}),
    S.PARTLY: frozenset({S.PAID, S.REFUNDED}),  # back: a refund that the bank sent back
    S.REFUNDED: frozenset({S.PAID, S.PARTLY}),
}
"""What may follow each state. What is paid never becomes unpaid again."""
SETTLED = frozenset({S.PAID, S.PARTLY, S.REFUNDED})
"""Money came in, whatever went back since."""
UNDER_WAY = frozenset({S.OPENING, S.OPEN})


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """A refund there: `uid` is ours, empty for one ordered elsewhere. `failed`: money came back."""

    key: str
    cents: int
    uid: str = ""
    done: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A checkout at one instant. `cents` is what is asked, then what was paid."""

    session: str
    reference: str
    cents: int
    currency: str
    live: bool
    expired: bool = False
    paid: bool = False
    url: str = ""
    intent: str = ""
    charge: str = ""
    dispute: DisputeState | None = None
    refunds: tuple[RefundFacts, ...] = field(default=())

    @property
    def given_back(self) -> int:
        """Cents that went back, or are on their way."""
        return sum(each.cents for each in self.refunds if not each.failed)


class Mismatch(Exception):
    """The card service and the portal do not speak of the same payment."""


def state_after(now: PaymentState, facts: Facts) -> PaymentState:
    """The state that these facts make. Raises Mismatch for one that cannot follow."""
    after = _told(facts)
    if after == now or after in MOVES[now]:
        return after
    raise Mismatch(f"{now} cannot become {after}")


def _told(facts: Facts) -> PaymentState:
    if not facts.paid:
        return S.EXPIRED if facts.expired else S.OPEN
    if not facts.given_back:
        return S.PAID
    return S.REFUNDED if facts.given_back >= facts.cents else S.PARTLY
