"""The demo's invented people and their history, replayed through the real actions."""
