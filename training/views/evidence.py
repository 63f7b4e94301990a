"""The evidence cards, and all that one of them touches."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.admin_url_finder import AdminURLFinder

from network.views.pages import PER_PAGE, SignedIn
from portal.kit.access import allowed
from training.access import Perm
from training.enums import CardState
from training.models import CardChange, EvidenceCard
from training.models.cards import CARD_STATES
from training.selectors.evidence import (
    card_lines,
    count_learners,
    pages_by_card,
    touched_questions,
)

SHOWN_CHANGES = 10
FIELDS = {
    "claim": _lazy("ce qui est affirmé"),
    "figure": _lazy("chiffre"),
    "reference": _lazy("référence"),
    "state": _lazy("état"),
    "live": _lazy("publiée"),
}


@allowed(Perm.SEE_STATISTICS)
def cards(request: SignedIn) -> HttpResponse:
    page = Paginator(card_lines(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/committee/cards.html", {"page": page})


@allowed(Perm.SEE_STATISTICS)
def card(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(EvidenceCard, pk=pk)
    pages = pages_by_card([pk]).get(pk, [])
    touched = touched_questions(found)
    return render(
        request,
        "training/committee/card.html",
        {
            "card": found,
            "pages": pages,
            "to_read_again": sum(page.to_read_again for page in pages),
            "touched": touched,
            "options": sum(len(each.options) for each in touched),
            "learners": count_learners(found),
            "edit": AdminURLFinder(request.user).get_edit_url(found),
            "changes": [_told(change) for change in found.changes.all()[:SHOWN_CHANGES]],
        },
    )


def _told(change: CardChange) -> dict[str, Any]:
    """A change as its day and sentences « what: before → after »."""
    fields = [
        {
            "name": FIELDS[name],
            "before": _value(name, before),
            "after": _value(name, after),
        }
        for name, before, after in change.changed
    ]
    return {"at": change.at, "fields": fields}


def _value(name: str, value: Any) -> Any:
    if name == "state":
        return CARD_STATES[CardState(value)]
    if name == "live":
        return _("oui") if value else _("non")
    return value or _("rien")
