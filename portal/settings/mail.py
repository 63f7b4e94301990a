"""Mail goes first to the outbox table; a task then hands it to the transport.

Each environment names its transport: files in the demo, a server in production.
"""

DEFAULT_FROM_EMAIL = "Ariane <ne-pas-repondre@example.org>"
EMAIL_SUBJECT_PREFIX = ""
