"""Pages of the public site, and the protocols that the network shares."""

from .computation import Computation
from .home_page import HomePage
from .outside_link import OutsideLink
from .protocols import ProtocolIndexPage, ProtocolPage
from .standard_page import StandardPage

__all__ = [
    "Computation",
    "HomePage",
    "OutsideLink",
    "ProtocolIndexPage",
    "ProtocolPage",
    "StandardPage",
]
