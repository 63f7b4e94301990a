"""The next gesture of a situation, with the address where it is made."""

from dataclasses import dataclass

from django.urls import reverse

from fees import why
from fees.enums import Stop

from .why import Situation


@dataclass(frozen=True, slots=True)
class Gesture:
    """What to do, or what to wait for; `href` where it is done, empty when it is done elsewhere."""

    label: str
    href: str


def gesture_of(situation: Situation, *, accountant: bool) -> Gesture:
    label = why.gesture(situation.cause, accountant=accountant)
    name, key = (_accountants if accountant else _own)(situation)
    return Gesture(label, reverse(name, args=[key] if key else []) if name else "")


type Place = tuple[str, int | None]
NOWHERE: Place = ("", None)


def _own(situation: Situation) -> Place:
    """The name of the address, and the key that it takes, if any."""
    transfer = situation.transfer
    places: dict[Stop, Place] = {
        Stop.DRAFT: ("fees:act", situation.act.pk),
        Stop.NOT_CLAIMED: ("fees:my_claims", None),
        Stop.RETURNED: ("fees:my_claim", situation.claim),
        Stop.NO_ACCOUNT: ("account:bank", None),
        Stop.REJECTED: ("account:bank", None),
        Stop.SENT_BACK: ("account:bank", None),
        Stop.REPLACED: ("fees:act", situation.replaced_by),
    }
    if transfer:
        places[Stop.PAID] = ("fees:my_payment", transfer.pk)
    return places.get(situation.stop, NOWHERE)


def _accountants(situation: Situation) -> Place:
    transfer = situation.transfer
    places: dict[Stop, Place] = {
        Stop.TO_CONTROL: ("fees:control_act", situation.act.pk),
        Stop.REOPENED: ("fees:control_act", situation.act.pk),
        Stop.HELD: ("fees:envelope", None),
        Stop.TO_BATCH: ("fees:batches", None),
        Stop.ACCOUNT_TO_CONFIRM: ("network:bank_changes", None),
        Stop.REPLACED: ("fees:control_act", situation.replaced_by),
    }
    if transfer:
        places[Stop.TO_SIGN] = ("fees:batch", transfer.batch.number)
        for stop in (Stop.SENT_TO_BANK, Stop.REJECTED, Stop.SENT_BACK, Stop.PAID):
            places[stop] = ("fees:transfer", transfer.pk)
    return places.get(situation.stop, NOWHERE)
