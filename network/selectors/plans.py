"""Reads of care plans: versions, the draft, who may be named, what waits to be reviewed."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from network.access import Perm
from network.enums import LinkRole
from network.models import CareLink, Patient, PlanVersion, Professional, RcpFile, User
from network.rules.plan import Plan, diff
from network.selectors.plan_words import Told, tell

SOON = timedelta(days=14)
"""How long before its date a review is announced."""


def versions_of(patient: Patient) -> QuerySet[PlanVersion]:
    """The signed versions, the last one first."""
    return (
        PlanVersion.objects.signed()
        .filter(patient=patient)
        .select_related("signed_by", "agreement", "rcp_file__meeting")
    )


def version_of(patient: Patient, number: int) -> PlanVersion | None:
    """A signed version with all that it says."""
    return PlanVersion.objects.signed().with_all().filter(patient=patient, number=number).first()


def current_plan(patient: Patient) -> PlanVersion | None:
    """The version in force, with all that it says."""
    return PlanVersion.objects.signed().with_all().filter(patient=patient).first()


def former_of(version: PlanVersion) -> PlanVersion | None:
    """The version that this one replaced."""
    earlier = PlanVersion.objects.signed().with_all().filter(patient=version.patient_id)
    return earlier.filter(number__lt=version.number).first()


def draft_of(patient: Patient) -> PlanVersion | None:
    return (
        PlanVersion.objects.drafts()
        .filter(patient=patient)
        .select_related("changed_by", "rcp_file__meeting")
        .first()
    )


def told_between(old: PlanVersion | None, new: Plan) -> list[Told]:
    """What changed from a version to what another says, in words."""
    return [tell(each) for each in diff(old.values if old else Plan(), new)]


def doers(patient: Patient, on: date, *, plan: Plan | None = None) -> list[Professional]:
    """Whom the plan may name: who follows the patient that day, and who was named already."""
    named = {each.who.professional for each in plan.actions} if plan else set()
    if plan:
        named.add(plan.referent.professional)
    links = CareLink.objects.on(on).filter(patient=patient, role__in=list(LinkRole))
    return list(
        Professional.objects.filter(
            Q(pk__in=links.values("professional")) | Q(pk__in=named - {None})
        )
    )


def citable(patient: Patient, on: date) -> list[RcpFile]:
    """The case reviews of this patient that have taken place, the last one first."""
    return list(
        RcpFile.objects.filter(patient=patient, meeting__held_on__lte=on)
        .select_related("meeting")
        .order_by("-meeting__held_on", "-pk")
    )


# --- What waits


def to_review(user: User, on: date) -> QuerySet[PlanVersion]:
    """Plans in force whose date of review is near or past, for those who may write them."""
    plans = PlanVersion.objects.current().filter(review_on__lte=on + SOON)
    return _written_by(user, on, plans).order_by("review_on", "pk")


def unsigned(user: User, on: date) -> QuerySet[PlanVersion]:
    """Drafts that wait for their signature, the oldest first."""
    return _written_by(user, on, PlanVersion.objects.drafts()).order_by("changed_at", "pk")


def _written_by(user: User, on: date, plans: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """Coordination: all. Clinicians: those of the patients whom they follow that day."""
    patients = Patient.objects.in_care_of(user, on)
    if not user.has_perm(Perm.EDIT_PATIENT):
        patients = patients.followed_by(user, on)
    return plans.filter(patient__in=patients).select_related("patient", "changed_by")
