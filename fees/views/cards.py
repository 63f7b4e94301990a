"""The chain of card payments: differences first, then the payouts, each explained to the cent."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.cards import explain_card, take_back_explanation
from fees.actions.steps import Conflict
from fees.forms.cards import (
    AWAITED,
    EVERY,
    EXPLAINED,
    TO_EXPLAIN,
    CardFilterForm,
    CardSearch,
    ExplainForm,
)
from fees.models import CardExplanation
from fees.models.card import CARD_VERDICTS
from fees.reconcile.cards import Sums
from fees.selectors.cards import YearOfCards, year_of_cards, years_with_cards
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.money import of_cents
from portal.kit.words import euros, number
from training.models import Payout

from .card_pages import CardFace, card_faces, tag_of
from .chips import Chip

PER_PAGE = 20
TABS = (
    (TO_EXPLAIN, gettext_lazy("À expliquer")),
    (EXPLAINED, gettext_lazy("Expliqués")),
    (AWAITED, gettext_lazy("Attendus")),
    (EVERY, gettext_lazy("Tout")),
)


@never_cache
@allowed(Perm.RECONCILE)
def cards(request: SignedIn) -> HttpResponse:
    """A year: what differs first, the most euros first; then its payouts."""
    return _year(request, CardFilterForm(request.GET))


def _year(
    request: SignedIn, form: CardFilterForm, refused: ExplainForm | None = None
) -> HttpResponse:
    """`refused`: an explanation to mend, on the page where its difference is."""
    today = clock.today()
    search = form.search(today.year)
    found = year_of_cards(search.year, today=today)
    items = search.of(found)
    asked = request.GET.get("page")
    if refused is not None:
        keys = [each.key for each in items]
        wanted = refused["item"].value()
        asked = str(keys.index(wanted) // PER_PAGE + 1) if wanted in keys else asked
    rows = Paginator(items, PER_PAGE).get_page(asked)
    context = {
        "form": form,
        "search": search,
        "found": found,
        "page": rows,
        "rows": [
            (face, _explaining(face, place, refused))
            for place, face in enumerate(card_faces(rows.object_list, found))
        ],
        "query": _query(search),
        "years": [
            Chip(f"?{_query(CardSearch(each))}", str(each), None, each == search.year)
            for each in years_with_cards(today)
        ],
        "tabs": _tabs(search, found),
        "totals": _totals(found),
        "payouts": _payouts(found),
        "columns": _columns(),
    }
    status = HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "fees/chain/chain.html", context, status=status)


def _explaining(face: CardFace, place: int, refused: ExplainForm | None) -> ExplainForm:
    """The form of a difference: what was typed and refused, else what it probably is."""
    if refused is not None and refused["item"].value() == face.item.key:
        return refused
    item = face.item
    said = {"item": item.key, "verdict": item.verdict, "cents": item.cents, "words": face.why}
    return ExplainForm(initial=said, auto_id=f"ecart-{place}-%s")


def _query(search: CardSearch) -> str:
    kept = {"annee": search.year, "vue": search.view, "genre": search.verdict}
    return urlencode({key: value for key, value in kept.items() if value})


def _tabs(search: CardSearch, found: YearOfCards) -> list[Chip]:
    made = [(CardSearch(search.year, view, search.verdict), str(label)) for view, label in TABS]
    return [
        Chip(f"?{_query(each)}", label, len(each.of(found)), each.view == search.view)
        for each, label in made
    ]


def _totals(found: YearOfCards) -> list[dict[str, str]]:
    every = [*found.chain.sums.values(), found.chain.waiting]
    waits = found.open_items()
    sent = sum(each.amount for each in found.payouts.values())
    return [
        {
            "label": _("Encaissé"),
            "figure": _cents(sum(each.charged for each in every)),
            "note": _("frais\u00a0: %(amount)s") % {"amount": _cents(sum(e.fees for e in every))},
        },
        {
            "label": _("Versé"),
            "figure": _cents(sent),
            "note": _("pas encore versé\u00a0: %(amount)s")
            % {"amount": _cents(found.chain.waiting.net)},
        },
        {
            "label": _("À expliquer"),
            "figure": _cents(sum(abs(each.cents) for each in waits)),
            "note": ngettext("%(n)s écart", "%(n)s écarts", len(waits)) % {"n": number(len(waits))},
        },
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Arrivée")},
        {"label": _("Encaissé"), "mid": True},
        {"label": _("Frais"), "mid": True},
        {"label": _("Remboursé"), "mid": True},
        {"label": _("Contesté"), "mid": True},
        {"label": _("Versé"), "mid": True},
        {"label": _("À la banque"), "end": True},
    ]


def _payouts(found: YearOfCards) -> list[dict[str, Any]]:
    """Each payout with what it is made of and the bank's line, the latest first."""
    made = []
    items = {each.key: each for each in found.chain.items if each.key.startswith("payout:")}
    for payout in sorted(found.payouts.values(), key=lambda e: (e.arrives_on, e.pk), reverse=True):
        item = items[f"payout:{payout.key}"]
        made.append(
            {
                "payout": payout,
                "sums": _parts(found.chain.sums.get(payout.key, Sums())),
                "amount": _cents(payout.amount),
                "label": CARD_VERDICTS[item.verdict],
                "tag": tag_of(item, found.explanation(item)),
            }
        )
    return made


def _parts(sums: Sums) -> list[tuple[str, str]]:
    parts = (
        (_("Encaissé"), sums.charged),
        (_("Frais"), -sums.fees),
        (_("Remboursé"), sums.refunded),
        (_("Contesté"), sums.disputed + sums.other),
    )
    return [(label, _cents(cents)) for label, cents in parts]


def _cents(cents: int) -> str:
    return euros(of_cents(cents))


@never_cache
@allowed(Perm.RECONCILE)
def card_payout(request: SignedIn, pk: int) -> HttpResponse:
    """One payout whole: its parts, the bank's line, each of its movements."""
    payout = get_object_or_404(Payout, pk=pk)
    found = year_of_cards(payout.arrives_on.year, today=clock.today())
    own = [each for each in found.chain.items if each.payout == payout.key]
    (head,) = [each for each in own if each.key.startswith("payout:")]
    moves = [each for each in own if each.key.startswith("move:")]
    page = Paginator(moves, 50).get_page(request.GET.get("page"))
    (face,) = card_faces([head], found)
    context = {
        "payout": payout,
        "amount": _cents(payout.amount),
        "face": face,
        "parts": _parts(found.chain.sums.get(payout.key, Sums())),
        "net": _cents(found.chain.sums.get(payout.key, Sums()).net),
        "page": page,
        "rows": card_faces(page.object_list, found),
    }
    return render(request, "fees/chain/payout.html", context)


@require_POST
@allowed(Perm.RECONCILE)
def explain(request: SignedIn) -> HttpResponse:
    """Say why something differs; it must still be what the person saw."""
    filters = CardFilterForm(request.POST)
    search = filters.search(clock.today().year)
    address = f"{reverse('fees:cards')}?{_query(search)}"
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _year(request, filters, form)
    given = form.cleaned_data
    found = year_of_cards(search.year, today=clock.today())
    seen = (given["item"], given["verdict"], given["cents"])
    item = next((e for e in found.chain.items if (e.key, e.verdict, e.cents) == seen), None)
    if item is None:
        messages.error(request, _("Cet écart a changé entre-temps\u00a0: relisez-le."))
        return redirect(address)
    try:
        explain_card(item=item, words=given["words"], by=request.user, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("L’explication est gardée."))
    return redirect(address)


@require_POST
@allowed(Perm.RECONCILE)
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    """Put a difference back among those to explain."""
    explanation = get_object_or_404(CardExplanation, pk=pk)
    take_back_explanation(explanation=explanation, by=request.user, now=clock.now())
    messages.success(request, _("L’écart est de nouveau à expliquer."))
    search = CardFilterForm(request.POST).search(clock.today().year)
    return redirect(f"{reverse('fees:cards')}?{_query(search)}")


@allowed(Perm.RECONCILE)
def export(request: SignedIn, year: int, kind: str) -> HttpResponse:
    """Every thing of a year's chain as a sheet."""
    found = year_of_cards(year, today=clock.today())
    rows = [_row(each) for each in card_faces(found.chain.items[:MAX_ROWS], found)]
    return as_download(pd.DataFrame(rows), name=f"cartes-{year}", kind=kind, sheet="Chaîne")


def _row(face: CardFace) -> dict[str, object]:
    item = face.item
    return {
        _("Date"): item.on,
        _("Où"): face.left_kicker,
        _("Identifiant"): item.key.partition(":")[2],
        _("Montant net"): item.cents / 100,
        _("Nature"): str(CARD_VERDICTS[item.verdict]),
        _("Ce qui lui répond"): " · ".join([face.right_kicker, *face.right_facts]),
        _("Versement"): item.payout,
        _("Phrase"): item.said,
        _("Explication"): face.said.words if face.said else "",
    }
