"""The quorum of a valid discussion, from a day on."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.patients import lock_author
from network.models import RcpQuorum, User


def set_quorum(*, valid_from: date, least: int, by: User | None, now: datetime) -> RcpQuorum:
    """A quorum for the meetings from that day on; the past keeps its own. Twice is once."""
    if valid_from < timezone.localdate(now):
        raise ValidationError({"valid_from": _("Les RCP passées gardent leur quorum.")})
    if not 1 <= least <= 20:
        raise ValidationError({"least": _("Entre 1 et 20\u00a0professionnels.")})
    with transaction.atomic():
        lock_author(by)
        found = RcpQuorum.objects.filter(valid_from=valid_from).first()
        if found and found.least == least:
            return found
        found = found or RcpQuorum(valid_from=valid_from)
        found.least, found.recorded_by = least, by
        found.save()
        record(verb="rcp.quorum_set", by=by, at=now, subject=f"{valid_from:%d/%m/%Y} : {least}")
    return found
