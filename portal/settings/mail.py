"""Mail goes first to the outbox table; a task then hands it to the transport."""

from .paths import VAR_DIR

DEFAULT_FROM_EMAIL = "Ariane <ne-pas-repondre@example.org>"
EMAIL_SUBJECT_PREFIX = ""

MAILERS = {
    "default": {"BACKEND": "network.mail_backend.OutboxBackend"},
    "transport": {
        # until production names a server: written to files, nothing leaves
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(VAR_DIR / "mails")},
    },
}
