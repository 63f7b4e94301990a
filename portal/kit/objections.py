"""What stands in the way of a change: the change asks, and each room says what it holds.

A room registers in its `AppConfig.ready` (through a module it imports there):

    @objects_to("inclusion")
    def acts(patient, follow_up):
        yield _("acte du 3 mars 2026")

The action asks `objections("inclusion", patient, follow_up)` in its transaction, under its lock.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

Objector = Callable[..., Iterable[str]]
_OBJECTORS: dict[str, list[Objector]] = defaultdict(list)


def objects_to(change: str) -> Callable[[Objector], Objector]:
    """Register what a room holds that the change would leave wrong, in words."""

    def register(objector: Objector) -> Objector:
        _OBJECTORS[change].append(objector)
        return objector

    return register


def objections(change: str, *facts: Any) -> list[str]:
    """All that stands in the way of this change, room by room."""
    return [words for objector in _OBJECTORS[change] for words in objector(*facts)]
