"""What waits for each person, one module for each subject."""

from network.dashboard import consultations, people, plans, questionnaires, reviews

__all__ = ["consultations", "people", "plans", "questionnaires", "reviews"]
