"""What waits about workshops, on the dashboard of each."""

from . import assessments, patients, planning

__all__ = ["assessments", "patients", "planning"]
