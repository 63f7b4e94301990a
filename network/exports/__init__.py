"""What leaves the network's room as a document."""
