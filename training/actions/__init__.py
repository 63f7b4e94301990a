"""Writes of the training room."""
