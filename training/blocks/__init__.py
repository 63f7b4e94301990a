"""Blocks of the training room, one short file by family."""

from .resources import RESOURCES

__all__ = ["RESOURCES"]
