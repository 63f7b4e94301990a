"""Acts of a patient as events of the pathway: monthly counts by kind, nobody's name."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees.enums import Kind
from fees.models import Act
from fees.models.act import LIVE
from fees.models.schedule import KINDS
from network.models import Patient
from portal.kit.timeline import Event
from portal.kit.words import month


def acts_by_month(patient: Patient) -> Iterator[Event]:
    """One event for each month with acts that count, on the day of its last one; one query."""
    months: dict[tuple[int, int], list[tuple[date, str]]] = defaultdict(list)
    for done_on, kind in Act.objects.filter(LIVE, patient=patient).values_list("done_on", "kind"):
        months[done_on.year, done_on.month].append((done_on, kind))
    for acts in months.values():
        last = max(done_on for done_on, _kind in acts)
        counts = Counter(kind for _done_on, kind in acts)
        note = ", ".join(
            _("%(kind)s\u00a0: %(count)s") % {"kind": KINDS[Kind(kind)], "count": counts[kind]}
            for kind in sorted(counts)
        )
        words = ngettext("%(count)s acte en %(month)s", "%(count)s actes en %(month)s", len(acts))
        yield Event(last, words % {"count": len(acts), "month": month(last)}, note)
