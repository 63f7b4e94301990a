"""Measures of the hot paths, each beside a limit taken in the same run."""
