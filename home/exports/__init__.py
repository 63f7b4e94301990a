"""The yearly report and the exchange between networks: the same figures in every form."""
