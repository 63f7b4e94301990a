"""What this room adds to a patient's pages, one module for each subject."""

from . import questionnaire

__all__ = ["questionnaire"]
