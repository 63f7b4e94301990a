"""What the network itself decides. Dated money rules are data (fees), never settings."""

from datetime import timedelta

DEMO = False
CLOCK_OFFSET = timedelta(0)  # only the demo moves the clock
SECRETARIAT_PHONE = "01 99 00 14 00"
INVITATION_DAYS = 14
CHECK_OUTSIDE_LINKS = False  # no request leaves, but in production
LOCAL_LINKS = False
"""Whether links may lead to this machine's own network: in tests alone."""
PAYER_NAME = "Réseau Ariane"
PAYER_IBAN = ""
"""The account that pays professionals; without one no batch is signed."""
