from .dashboard import dashboard
from .gallery import gallery
from .machines import robots, sitemap

__all__ = ["dashboard", "gallery", "robots", "sitemap"]
