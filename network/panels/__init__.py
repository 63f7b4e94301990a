"""What this room shows on pages made of parts; one module for each subject."""

from network.panels import plan, timeline

__all__ = ["plan", "timeline"]
