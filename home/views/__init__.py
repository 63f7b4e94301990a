from .dashboard import dashboard
from .gallery import gallery
from .machines import robots, sitemap
from .pages import page

__all__ = ["dashboard", "gallery", "page", "robots", "sitemap"]
