"""What this room tells the higher ones, in the past tense, once it is committed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailQueued:
    """A mail waits in the outbox."""
