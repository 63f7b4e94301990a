"""Card payments for tests that need no card service: brought to their state by its facts."""

from datetime import timedelta

from network.models import User
from portal.kit import clock
from training.actions.payments import begin_payment, note_facts
from training.models import CardPayment, Registration
from training.rules.checkout import Facts


def pay(registration: Registration, by: User) -> CardPayment:
    """Paid, invoiced, nothing given back; the settings must hold a key when it was registered."""
    now = clock.now()
    begun = begin_payment(
        registration=registration, by=by, now=now, expires_at=now + timedelta(minutes=31)
    )
    facts = Facts(
        session=f"cs_{begun.uid.hex}",
        reference=str(begun.uid),
        cents=begun.amount,
        currency="eur",
        live=False,
        paid=True,
        intent=f"pi_{begun.uid.hex}",
        charge=f"ch_{begun.uid.hex}",
    )
    return note_facts(payment=begun, facts=facts, live=False, now=now)
