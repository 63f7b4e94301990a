"""Files of others, read whole or refused whole."""
