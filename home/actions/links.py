"""Note what was seen of an address outside the portal; forget those that no page has any more."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import transaction

from home.models import OutsideLink

AGAIN = timedelta(days=7)
AT_ONCE = 50
"""Addresses asked in one round: the others are for the next."""


def check_links(*, addresses: Collection[str], reach: Callable[[str], str], now: datetime) -> int:
    """Ask the addresses not asked for a week, or failing; how many were. `reach` says the fault,
    empty when the address answers. No transaction is open while an address is asked."""
    OutsideLink.objects.exclude(address__in=addresses).delete()
    lately = OutsideLink.objects.filter(fault="", checked_at__gt=now - AGAIN)
    known = set(lately.values_list("address", flat=True))
    asked = sorted(each for each in addresses if each not in known and len(each) <= 500)[:AT_ONCE]
    for address in asked:
        note_checked(address=address, fault=reach(address), now=now)
    return len(asked)


@transaction.atomic
def note_checked(*, address: str, fault: str, now: datetime) -> None:
    found = OutsideLink.objects.select_for_update().filter(address=address).first()
    link = found or OutsideLink(address=address)
    link.fault, link.checked_at = fault, now
    link.failures = min(link.failures + 1, 1_000) if fault else 0
    link.save()
