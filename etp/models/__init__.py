"""Education of patients: what is taught, who comes, who waits, and what it changes."""

from .assessment import (
    Assessment,
    Evaluation,
    Feedback,
    Objective,
    ObjectiveRating,
    Opening,
)
from .cycle_wait import CycleWait
from .follow_up import AbsenceCall
from .links import CalendarFeed
from .place import Place, PlaceStep, Wait
from .programme import Cycle, Facilitator, Programme, Site, Workshop
from .session import Session

__all__ = [
    "AbsenceCall",
    "Assessment",
    "CalendarFeed",
    "Cycle",
    "CycleWait",
    "Evaluation",
    "Facilitator",
    "Feedback",
    "Objective",
    "ObjectiveRating",
    "Opening",
    "Place",
    "PlaceStep",
    "Programme",
    "Session",
    "Site",
    "Wait",
    "Workshop",
]
