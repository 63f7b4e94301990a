"""A real installation: everything from the environment, HTTPS only, nothing unsafe accepted."""

import os
from pathlib import Path

from .base import *  # noqa: F403
from .database import from_url
from .environment import read_production
from .paths import VAR_DIR
from .security import SECURE_CSP
from .stripe import read_cards

here = read_production(os.environ)

DEBUG = False
SECRET_KEY = here.secret_key
FIELD_KEYS = here.field_keys
ALLOWED_HOSTS = here.hosts
WAGTAILADMIN_BASE_URL = f"https://{here.hosts[0]}"
PAYER_NAME = os.environ.get("ARIANE_PAYER_NAME", "")
PAYER_IBAN = os.environ.get("ARIANE_PAYER_IBAN", "").replace(" ", "")  # checked at each signature
STRIPE_KEY, STRIPE_WEBHOOK_SECRETS = read_cards(os.environ)
DATABASES = {"default": from_url(here.database_url)}

CHECK_OUTSIDE_LINKS = True
DEFAULT_FROM_EMAIL = SERVER_EMAIL = here.mail_from
MAILERS = {
    "default": {"BACKEND": "network.mail_backend.OutboxBackend"},
    "transport": here.transport,
}

# The reverse proxy ends HTTPS, and must itself write these two headers
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = here.proxies
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked by the load balancer, in clear
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CSP = {**SECURE_CSP, "upgrade-insecure-requests": True}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# Rate limits are counted here: shared by all processes, and large enough that nothing resets them
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

STATIC_ROOT = Path(os.environ.get("ARIANE_STATIC_ROOT", VAR_DIR / "static"))
MEDIA_ROOT = Path(os.environ.get("ARIANE_MEDIA_ROOT", VAR_DIR / "media"))
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "portal.logs.WithoutPersons"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
