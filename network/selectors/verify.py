"""Recount of people and care: each patient stands where the last step of the pathway led."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from network.models import PathwayStep, Patient
from portal.kit.verify import Breach, recount


@recount("parcours")
def pathways(checked: Counter[str]) -> Iterator[Breach]:
    """The state of every file is that of its last step."""
    last = PathwayStep.objects.filter(patient=OuterRef("pk")).order_by("-pk").values("state")[:1]
    rows = Patient.objects.order_by("pk").values_list("code", "state", Subquery(last))
    for code, state, expected in rows.iterator():
        checked["dossiers"] += 1
        if state != expected:
            yield Breach(f"dossier {code}", state, expected)
