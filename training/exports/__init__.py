"""What leaves the training room as a file."""
