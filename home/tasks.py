"""Periodic work of the house."""

from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.tasks import task

from home.actions.computing import ask_for_figures, compute_figures
from home.actions.links import check_links
from home.gateways.web import reach
from home.models import Computation
from home.selectors.links import all_links, outside
from portal.kit import clock
from portal.kit.ticks import every


@every(minutes=5)
def publish_scheduled_pages(now: datetime) -> None:
    """Publish the pages whose hour has come, take down those that expire; idempotent.

    Wagtail compares with the machine's time, as sign-in does: the demo's clock does not move it.
    """
    call_command("publish_scheduled", verbosity=0)


@every(days=1)
def check_outside_links(now: datetime) -> None:
    """Where pages and resources lead outside: each address once a week, in production alone."""
    if settings.CHECK_OUTSIDE_LINKS:
        check_links(addresses=outside(all_links()), reach=reach, now=now)


@task
def compute_in_background(computation_id: int) -> None:
    """Compute the indicators; one that has ended, or has gone meanwhile, is left."""
    found = Computation.objects.filter(pk=computation_id).first()
    if found:
        compute_figures(computation=found, now=clock.now())


@every(minutes=30)
def keep_figures_fresh(now: datetime) -> None:
    """Compute again once facts have changed; also what a worker that died left half-way."""
    ask_for_figures(by=None, now=now)
