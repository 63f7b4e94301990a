from . import indicators, report, sites
from .dashboard import dashboard
from .finding import find, misses
from .gallery import gallery
from .machines import robots, sitemap
from .pages import page
from .upkeep import upkeep

__all__ = [
    "dashboard",
    "find",
    "gallery",
    "indicators",
    "misses",
    "page",
    "report",
    "robots",
    "sitemap",
    "sites",
    "upkeep",
]
