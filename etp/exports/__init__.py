"""What leaves patient education as a file."""
