"""What leaves people and care as a file."""
