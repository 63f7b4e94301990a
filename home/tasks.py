"""Periodic work of the house."""

from datetime import datetime

from django.conf import settings
from django.core.management import call_command

from home.actions.links import check_links
from home.gateways.web import reach
from home.selectors.links import all_links, outside
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
