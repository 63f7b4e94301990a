"""The test suite: like the demo, without its clock, its accounts or its rate limits."""

from .base import *  # noqa: F403

SECRET_KEY = "tests-only"  # noqa: S105
FIELD_KEYS = ["dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
