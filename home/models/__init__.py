"""Pages of the public site, and the protocols that the network shares."""

from .home_page import HomePage
from .protocols import ProtocolIndexPage, ProtocolPage
from .standard_page import StandardPage

__all__ = ["HomePage", "ProtocolIndexPage", "ProtocolPage", "StandardPage"]
