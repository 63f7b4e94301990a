"""Files of any shape read as sheets of texts, bounded before anything is unpacked."""
