"""Statements as people write them."""
