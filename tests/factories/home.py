"""The public site for tests: the very pages that a new portal receives."""

from datetime import date

from home.actions.site_content import load_site
from home.models import HomePage

SEASON = date(2026, 11, 16)


def make_site(on: date = SEASON) -> HomePage:
    load_site(on=on)
    return HomePage.objects.get()
