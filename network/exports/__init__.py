"""Documents that leave the portal."""
