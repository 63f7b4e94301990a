"""WSGI entry point; production unless told otherwise."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
# what is loaded for good need not be walked again by each collection
gc.freeze()
