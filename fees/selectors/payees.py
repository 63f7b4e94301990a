"""Professionals found by what is typed: a name, a part of one, or an RPPS number."""

from network.models import Professional
from network.rules.identity import fold

MOST = 20


def payees_like(typed: str) -> list[Professional]:
    """At most twenty, by name; all the words typed are in the name, accents and case aside."""
    words = fold(typed).split()
    if not words:
        return []
    rows = Professional.objects.values_list("pk", "first_name", "last_name", "rpps")
    found = [
        pk
        for pk, first, last, rpps in rows.order_by("last_name", "first_name", "pk")
        if all(word in f"{fold(first)} {fold(last)} {rpps or ''}" for word in words)
    ][:MOST]
    return list(Professional.objects.filter(pk__in=found))
