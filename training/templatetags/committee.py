"""The committee's figures, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import template

from training.selectors.sheets import Told

register = template.Library()


@register.filter
def facilities(rows: Iterable[Told]) -> list[dict[str, Any]]:
    """`{{ groups|facilities }}`: the facility of each group, as `components/spans.html` asks."""
    return [
        {"label": row.label, "missing": row.missing}
        | (asdict(row.facility) if row.facility else {})
        for row in rows
    ]
