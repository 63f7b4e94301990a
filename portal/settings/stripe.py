"""Card payments of professionals by Stripe. Without a key they are off, and the pages say so."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

STRIPE_KEY = ""
STRIPE_WEBHOOK_SECRETS: list[str] = []  # two while one replaces the other
STRIPE_API = ""  # elsewhere than Stripe's own address: the stand-in of the demo and of the tests
STRIPE_CHECKOUT = "https://checkout.stripe.com"  # where one pays: a form may lead there
STAND_IN_FILE: Path | None = None  # where the demo's stand-in keeps its books
STAND_IN_STEP = 1000  # its port, above the server's


def read_cards(environ: Mapping[str, str]) -> tuple[str, list[str]]:
    """The restricted key of the card service and the secrets of its webhook; neither: off."""
    key = environ.get("ARIANE_STRIPE_KEY", "").strip()
    told = environ.get("ARIANE_STRIPE_WEBHOOK_SECRETS", "")
    secrets = [part.strip() for part in told.split(",") if part.strip()]
    if not key and not secrets:
        return "", []
    if not key.startswith(("rk_live_", "rk_test_")):
        raise ImproperlyConfigured("ARIANE_STRIPE_KEY: a restricted key, rk_live_… or rk_test_….")
    if not secrets or any(not each.startswith("whsec_") for each in secrets):
        raise ImproperlyConfigured("ARIANE_STRIPE_WEBHOOK_SECRETS: whsec_…, separated by commas.")
    return key, secrets
