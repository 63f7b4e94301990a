"""What modules change, for the committee: means and intervals, never a person."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.views.pages import SignedIn, page_of
from portal.kit.access import allowed
from portal.kit.words import NBSP, THIN, number
from training.access import Perm
from training.enums import Moment
from training.models import ModulePage
from training.rules.effect import FollowUp
from training.rules.intervals import Estimate
from training.selectors.effect import effect_of, followed
from training.selectors.modules import module_content
from training.wording import EFFECTS

COMPARED: dict[Moment, tuple[str | Promise, str | Promise]] = {
    Moment.POST: (_("Test final"), _("au test de départ")),
    Moment.DAY_30: (_("Jour 30"), _("aux mêmes cas, la première fois")),
    Moment.DAY_90: (_("Jour 90"), _("aux mêmes cas, la première fois")),
}
PERCENT = 100


@allowed(Perm.SEE_STATISTICS)
def effects(request: SignedIn) -> HttpResponse:
    page = page_of(request, ModulePage.objects.live().order_by("title", "pk"))
    context = {"page": page, "modules": followed(page.object_list)}
    return render(request, "training/effects.html", context)


@allowed(Perm.SEE_STATISTICS)
def effect(request: SignedIn, key: UUID) -> HttpResponse:
    content = module_content(key)
    if content is None:
        raise Http404
    rows = [_row(each) for each in effect_of(content)]
    return render(request, "training/effect.html", {"module": content.page, "rows": rows})


def _row(each: FollowUp) -> dict[str, object]:
    label, compared = COMPARED[each.moment]
    return {
        "label": label,
        "compared": compared,
        "learners": each.learners,
        "before": percent(each.before),
        "after": percent(each.after),
        "difference": percent(each.difference, signed=True),
        "verdict": EFFECTS[each.verdict],
    }


def percent(estimate: Estimate | None, *, signed: bool = False) -> str:
    """« 54 % (48 à 60) », with its 95 % interval; a dash where nothing is shown."""
    if estimate is None:
        return "—"
    mean, low, high = (
        _points(PERCENT * each, signed=signed) for each in (estimate.mean, *estimate.interval)
    )
    unit = _("points") if signed else "%"
    interval = _("%(low)s à %(high)s") % {"low": low, "high": high}
    return f"{mean}{NBSP}{unit} ({interval})"


def _points(value: float, *, signed: bool) -> str:
    whole = round(value)
    return f"+{THIN}{whole}" if signed and whole > 0 else number(whole)
