"""What this room shows on pages made of parts; one module for each subject."""

from network.panels import follow_up, plan, questionnaire, rcp, requests, timeline

__all__ = ["follow_up", "plan", "questionnaire", "rcp", "requests", "timeline"]
