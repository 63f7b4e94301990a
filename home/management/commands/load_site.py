"""`manage.py load_site`: the first pages of the public site."""

from typing import Any

from django.core.management.base import BaseCommand

from home.actions.site_content import load_site
from portal.kit import clock
from training.actions.contents import load_contents
from training.models import TrainingIndexPage


class Command(BaseCommand):
    help = (
        "Create the public pages that are missing, and the first cases and modules as drafts to"
        " sign; what exists is left as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        created = load_site(on=clock.today())
        created += load_contents(TrainingIndexPage.original())
        self.stdout.write(f"Pages created: {created}")
