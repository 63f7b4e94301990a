"""`manage.py load_site`: the first pages of the public site."""

from typing import Any

from django.core.management.base import BaseCommand

from home.actions.site_content import load_site
from portal.kit import clock


class Command(BaseCommand):
    help = "Create the public pages that are missing; pages that exist are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        created = load_site(on=clock.today())
        self.stdout.write(f"Pages created: {created}")
