"""Mail goes first to the outbox table, then by a task to the real transport."""

DEFAULT_FROM_EMAIL = "Ariane <ne-pas-repondre@example.org>"
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 10
