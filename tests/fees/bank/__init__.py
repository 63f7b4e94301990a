"""The bank side of reconciliation."""
