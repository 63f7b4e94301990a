"""Card payments of professionals by Stripe. Without a key they are off, and the pages say so."""

from pathlib import Path

STRIPE_KEY = ""
STRIPE_WEBHOOK_SECRETS: list[str] = []  # two while one replaces the other
STRIPE_API = ""  # elsewhere than Stripe's own address: the stand-in of the demo and of the tests
STRIPE_CHECKOUT = "https://checkout.stripe.com"  # where one pays: a form may lead there
STAND_IN_FILE: Path | None = None  # where the demo's stand-in keeps its books
STAND_IN_STEP = 1000  # its port, above the server's
