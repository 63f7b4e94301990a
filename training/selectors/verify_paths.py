"""Recount of attestations and returns, from the facts that they rest upon."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import TruncDate

from portal.kit.verify import Breach, recount
from training.enums import Part, Purpose
from training.models import Attestation, Enrolment, Meeting, Return


@recount("Attestations et retours")
def recount_paths(tally: Counter[str]) -> Iterator[Breach]:
    """An attestation follows a completion; a return opens its own case; one mail a day."""
    yield from _attestations(tally)
    yield from _returns(tally)
    yield from _mails()


def _attestations(tally: Counter[str]) -> Iterator[Breach]:
    completed = Enrolment.objects.filter(
        learner=OuterRef("learner"), module_key=OuterRef("module_key"), completed_at__isnull=False
    )
    tally["attestations"] = Attestation.objects.count()
    of_modules = Attestation.objects.exclude(module_key__in=Meeting.objects.values("key"))
    for pk in of_modules.exclude(Exists(completed)).values_list("pk", flat=True):
        yield Breach(f"attestation {pk}", "module non terminé", "module terminé")
    newer = Attestation.objects.filter(
        learner=OuterRef("learner"),
        module_key=OuterRef("module_key"),
        issued_on=OuterRef("renewed_on"),
    ).exclude(pk=OuterRef("pk"))
    renewed = Attestation.objects.exclude(renewed_on=None)
    for pk in renewed.exclude(Exists(newer)).values_list("pk", flat=True):
        yield Breach(f"attestation {pk}", "renouvelée par aucune", "renouvelée par une autre")


def _returns(tally: Counter[str]) -> Iterator[Breach]:
    tally["retours"] = Return.objects.count()
    opened = Return.objects.exclude(run=None)
    strange = opened.exclude(
        run__learner=F("learner"),
        run__key=F("key"),
        run__return_day=F("day"),
        run__part=Part.CASE,
        run__purpose=Purpose.RETURN,
    )
    for pk, run in strange.values_list("pk", "run"):
        yield Breach(f"retour {pk}", f"parcours {run}", "le parcours de ce retour")


def _mails() -> Iterator[Breach]:
    days = (
        Return.objects.exclude(sent_at=None)
        .order_by()
        .annotate(sent_on=TruncDate("sent_at"))
        .values("learner", "sent_on")
        .annotate(mails=Count("pk"))
        .filter(mails__gt=1)
    )
    for row in days:
        yield Breach(f"retours du compte {row['learner']}, {row['sent_on']}", row["mails"], 1)
