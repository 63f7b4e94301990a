"""What waits for each person in the training room, on the dashboard."""

from . import editing, evidence, learning, payments, webinars

__all__ = ["editing", "evidence", "learning", "payments", "webinars"]
