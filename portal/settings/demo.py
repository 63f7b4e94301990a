"""The demo, and the default of manage.py: embedded database, invented people, no outside call."""

from .base import *  # noqa: F403

DEMO = True
SECRET_KEY = "demo-only-never-used-with-real-people"  # noqa: S105
FIELD_KEYS = ["ZGVtby1vbmx5LW5ldmVyLXVzZWQtd2l0aC1yZWFsLXA="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
