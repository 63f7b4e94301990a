"""The demo, and the default of manage.py: embedded database, invented people, no outside call."""

import os

from .base import *  # noqa: F403
from .environment import refuse_production_in_demo
from .paths import DEMO_DIR
from .reference import clock_offset
from .stripe import STAND_IN_STEP

refuse_production_in_demo(os.environ)

DEMO = True
SECRET_KEY = "demo-only-never-used-with-real-people"  # noqa: S105
FIELD_KEYS = ["ZGVtby1vbmx5LW5ldmVyLXVzZWQtd2l0aC1yZWFsLXA="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

PAYER_IBAN = "FR7699999000010000099999937"
DEMO_DIR.mkdir(parents=True, exist_ok=True)  # Django's checks open the database in it
CLOCK_OFFSET = clock_offset(DEMO_DIR / "clock", os.environ.get("DEMO_DATE", ""))
MEDIA_ROOT = DEMO_DIR / "media"
MAILERS = {
    "default": {"BACKEND": "network.mail_backend.OutboxBackend"},
    "transport": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DEMO_DIR / "mails")},
    },
}
# shared by the server's processes and the worker, as in production
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DEMO_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Beside the server runs a stand-in of the card service: nobody is asked for real money
STAND_IN_FILE = DEMO_DIR / "cards.sqlite3"
STRIPE_KEY = "rk_test_stand_in"
STRIPE_WEBHOOK_SECRETS = ["whsec_of_the_demo_only"]
STRIPE_API = f"http://localhost:{int(os.environ.get('PORT') or 8000) + STAND_IN_STEP}"
STRIPE_CHECKOUT = STRIPE_API
