"""Past-tense events: how a lower room tells a higher one, after the commit.

Events inform, they never decide: whatever a listener does must also be reachable by the `tick`,
so a lost event costs a delay, never money.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

logger = logging.getLogger(__name__)
_LISTENERS: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listens_to[L: Callable[[Any], None]](event_type: type) -> Callable[[L], L]:
    """Call the decorated function with each event of that type, after the commit."""

    def register(listener: L) -> L:
        _LISTENERS[event_type].append(listener)
        return listener

    return register


def publish(event: object) -> None:
    """Hand the event to its listeners once the transaction is committed; never fails the action."""

    def dispatch() -> None:
        for listener in _LISTENERS[type(event)]:
            try:
                listener(event)
            except Exception:
                logger.exception("listener failed on %s", type(event).__name__)

    transaction.on_commit(dispatch, robust=True)
