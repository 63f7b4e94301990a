"""Periodic work of the house."""

from datetime import datetime

from django.core.management import call_command

from portal.kit.ticks import every


@every(minutes=5)
def publish_scheduled_pages(now: datetime) -> None:
    """Publish the pages whose hour has come, take down those that expire; idempotent.

    Wagtail compares with the machine's time, as sign-in does: the demo's clock does not move it.
    """
    call_command("publish_scheduled", verbosity=0)
