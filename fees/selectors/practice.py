"""What professionals did over twelve months, as plain figures: what `outliers` judges."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count

from fees.models import Act, ClaimLine
from fees.outliers import Flag, Practice, flags
from portal.kit.dates import add_months


def flags_of(lines: Sequence[ClaimLine], today: date) -> dict[int, list[Flag]]:
    """What is unusual about each line; acts and professionals are loaded. Three queries."""
    practices = _practices(lines, today)
    days: dict[int, list[date]] = defaultdict(list)
    claims = ClaimLine.objects.filter(claim__in={line.claim_id for line in lines}).order_by()
    for claim, day in claims.values_list("claim", "act__done_on"):
        days[claim].append(day)
    return {
        line.pk: list(
            flags(line.act.done_on, days[line.claim_id], practices[line.act.professional_id])
        )
        for line in lines
    }


def _practices(lines: Iterable[ClaimLine], today: date) -> dict[int, Practice]:
    professions = {line.act.professional_id: line.act.professional.profession for line in lines}
    year = Act.objects.live().done_in(add_months(today, -12), today).order_by()
    by_day: dict[int, Counter[date]] = defaultdict(Counter)
    by_patient: dict[int, Counter[int]] = defaultdict(Counter)
    own = year.filter(professional__in=professions)
    for who, patient, day in own.values_list("professional", "patient", "done_on"):
        by_day[who][day] += 1
        by_patient[who][patient] += 1
    peers: dict[str, dict[int, int]] = defaultdict(dict)
    counted = year.filter(professional__profession__in=set(professions.values()))
    for profession, who, acts in counted.values_list(
        "professional__profession", "professional"
    ).annotate(acts=Count("pk")):
        peers[profession][who] = acts
    return {
        who: Practice(
            by_day=by_day[who],
            by_patient=by_patient[who],
            peers=[acts for peer, acts in peers[profession].items() if peer != who],
        )
        for who, profession in professions.items()
    }
