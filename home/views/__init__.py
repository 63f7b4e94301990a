from .dashboard import dashboard
from .machines import robots, sitemap

__all__ = ["dashboard", "robots", "sitemap"]
