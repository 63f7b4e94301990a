"""Measures of the hot paths, each beside a limit taken in the same run."""

import portal  # noqa: F401 - first, as in every process of the portal
