"""What waits about workshops, on the dashboard of each."""

from . import patients, planning

__all__ = ["patients", "planning"]
