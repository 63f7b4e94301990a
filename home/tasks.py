"""Work of the house that the `tick` starts."""

from django.core.management import call_command


def publish_scheduled_pages() -> None:
    """Publish the pages whose hour has come, and take down those that expire; idempotent.

    Wagtail compares with the machine's time, as sign-in does: the demo's clock does not move it.
    """
    call_command("publish_scheduled", verbosity=0)
