"""Blocks of the training room, one short file by family."""

from .lessons import LESSON
from .resources import RESOURCES
from .speakers import SPEAKERS
from .steps import QUESTIONS, STEPS

__all__ = ["LESSON", "QUESTIONS", "RESOURCES", "SPEAKERS", "STEPS"]
