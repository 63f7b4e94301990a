"""Recounts of people and care: where each patient stands, what each cited review proves."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from network.models import PathwayStep, Patient, RcpFile
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


@recount("plans de soins")
def cited_reviews(checked: Counter[str]) -> Iterator[Breach]:
    """A case review that a signed plan cites has changed the plan, that day at the latest."""
    cited = (
        RcpFile.objects.filter(plan_versions__signed_at__isnull=False)
        .annotate(first=Min("plan_versions__signed_at"))
        .order_by("pk")
        .values_list("pk", "plan_revised_on", "first")
    )
    for pk, revised_on, first in cited.iterator():
        checked["RCP citées par un plan"] += 1
        signed_on = timezone.localdate(first)
        if revised_on is None or revised_on > signed_on:
            yield Breach(f"dossier de RCP {pk}", revised_on, signed_on)
