"""Settings of the servers that the proofs start: the tests' own, with production's connections."""

import os

from portal.settings.database import from_url
from portal.settings.test import *  # noqa: F403

DATABASES = {"default": from_url(os.environ["DATABASE_URL"])}  # pool, and writes that last
