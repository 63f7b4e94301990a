"""What waits for each person in patient education."""

from . import assessments

__all__ = ["assessments"]
