"""Files that come into the directory."""
