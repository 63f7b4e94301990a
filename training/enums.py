"""Words of the training room, as closed lists."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom an event is meant."""

    PROFESSIONALS = "professionals"
    DOCTORS = "doctors"
    EVERYBODY = "everybody"


class Mode(StrEnum):
    """How one attends."""

    VIDEO = "video"
    ON_SITE = "on_site"
    BOTH = "both"
