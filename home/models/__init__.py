"""Pages of the public site."""

from .computation import Computation
from .home_page import HomePage
from .standard_page import StandardPage

__all__ = ["Computation", "HomePage", "StandardPage"]
