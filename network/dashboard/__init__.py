"""What waits for each person, one module for each subject."""

from network.dashboard import consultations, directory, people, plans, questionnaires, reviews

__all__ = ["consultations", "directory", "people", "plans", "questionnaires", "reviews"]
