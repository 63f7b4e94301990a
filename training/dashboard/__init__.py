"""What waits for each person in the training room, on the dashboard."""

from . import editing, learning, webinars

__all__ = ["editing", "learning", "webinars"]
