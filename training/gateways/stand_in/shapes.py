"""What every object of the card service says, besides what the books note of it."""

from typing import Any

NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
ALWAYS: dict[str, dict[str, Any]] = {
    "checkout.session": {
        "allowed_payment_method_types": ["card"],
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        ),
        "livemode": False,
        "payment_method_types": ["card"],
        "shipping_options": [],
    },
    "payment_intent": {
        "amount_capturable": 0,
        "capture_method": "automatic",
        "confirmation_method": "automatic",
        "livemode": False,
        "payment_method_types": ["card"],
    },
    "charge": {
        "billing_details": {"address": NO_ADDRESS, "email": None, "name": None, "phone": None},
        "captured": True,
        "livemode": False,
    },
    "refund": {},
    "dispute": {
        "balance_transactions": [],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": None,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
    },
    "balance_transaction": {"balance_type": "payments"},
    "payout": {"livemode": False, "source_type": "card", "type": "bank_account"},
    "event": {"livemode": False},
}


def shown(thing: dict[str, Any]) -> dict[str, Any]:
    """The object without what the books alone know of it: names that begin with « _ »."""
    return {name: value for name, value in thing.items() if not name.startswith("_")}
