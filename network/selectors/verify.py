"""Recount of people and care: states agree with steps, days of proof with signatures."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from network.models import PathwayStep, Patient, RcpFile, RcpMinutes
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


@recount("comptes rendus de RCP")
def signatures(checked: Counter[str]) -> Iterator[Breach]:
    """The day that payment reads is that of the first signature, and what was signed is kept."""
    rows = RcpMinutes.objects.filter(number=1, signed_at__isnull=False).order_by("pk")
    for minutes in rows.select_related("file").iterator():
        checked["comptes rendus"] += 1
        signed_at, noted = minutes.signed_at, minutes.file.minutes_signed_on
        if signed_at is None or noted != timezone.localdate(signed_at) or not minutes.content:
            yield Breach(f"dossier de RCP {minutes.file_id}", str(noted), f"{signed_at:%Y-%m-%d}")


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
