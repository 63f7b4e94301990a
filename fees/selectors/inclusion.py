"""What the fee room holds of a follow-up whose first day is to be corrected."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fees.models import Act
from fees.models.schedule import KINDS
from fees.rules import days_of
from network.models import Patient
from network.rules.follow_up import FollowUp
from portal.kit.objections import objects_to
from portal.kit.words import plain_day


@objects_to("inclusion")
def acts_left_outside(patient: Patient, proposed: FollowUp) -> Iterator[str]:
    """Acts that count in the present follow-up and would be on no day of the proposed one."""
    live = Act.objects.live().filter(patient=patient, done_on__gte=patient.included_on)
    for act in live.select_related("policy").order_by("done_on", "pk"):
        months = act.policy.follow_up_months if act.policy else 0
        present, moved = (days_of(each, months) for each in (patient.follow_up, proposed))
        if present and moved and act.done_on in present and act.done_on not in moved:
            yield _("%(act)s du %(day)s") % {
                "act": KINDS[act.kind_code],
                "day": plain_day(act.done_on),
            }
