"""What this room does when something has happened."""

from network.events import MailQueued
from network.tasks import deliver_outbox
from portal.kit.events import listens_to


@listens_to(MailQueued)
def deliver_soon(event: MailQueued) -> None:
    """Wake the worker; should this be lost, the tick delivers."""
    deliver_outbox.enqueue()
