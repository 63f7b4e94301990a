"""The test suite: like the demo, without its clock, its accounts or its rate limits."""

import os

from .base import *  # noqa: F403
from .database import from_url
from .paths import VAR_DIR

SECRET_KEY = "tests-only"  # noqa: S105
FIELD_KEYS = ["dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth: none
PAYER_IBAN = "FR7699999000010000099999937"
MEDIA_ROOT = VAR_DIR / "tests" / "media"
MAILERS = {
    "default": {"BACKEND": "network.mail_backend.OutboxBackend"},
    "transport": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
}

DATABASES = {"default": from_url(os.environ.get("DATABASE_URL") or "sqlite:///:memory:")}

# Databases are copied and dropped often: no pool that would keep them open, and no wait for the
# disk. Servers that a test starts (see tests/servers.py) ask for durable writes.
options = DATABASES["default"]["OPTIONS"]
options.pop("pool", None)
if "init_command" in options and "TEST_DURABLE" not in os.environ:
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
