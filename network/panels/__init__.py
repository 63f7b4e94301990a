"""What this room's own areas add to the pages of a patient, a module each."""
