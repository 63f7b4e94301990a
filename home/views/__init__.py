from .account import account
from .dashboard import dashboard
from .gallery import gallery
from .machines import robots, sitemap

__all__ = ["account", "dashboard", "gallery", "robots", "sitemap"]
