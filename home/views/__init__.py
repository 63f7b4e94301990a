from .account import account
from .dashboard import dashboard
from .gallery import gallery

__all__ = ["account", "dashboard", "gallery"]
