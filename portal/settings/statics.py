"""Static files, served by the application from where they are written, and uploads.

Production serves instead what its release step has collected, hashed and compressed.
"""

from .paths import BASE_DIR, VAR_DIR

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
