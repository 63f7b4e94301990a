"""Closings of the books: what will be closed and what blocks it, then what was frozen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fees import wording
from fees.access import Perm
from fees.actions.closings import close_month, close_year
from fees.actions.steps import Conflict
from fees.closing import Figures, Span
from fees.enums import Account
from fees.forms.payments import CloseForm
from fees.models import Closing
from fees.models.books import ACCOUNTS, ENTRIES
from fees.selectors.closings import candidates, frozen
from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import capitalise, euros, number


@allowed(Perm.PAY)
def closings(request: SignedIn) -> HttpResponse:
    """The periods whose turn it is, and those that are closed, the latest first."""
    waiting = [
        {
            "name": capitalise(wording.span_words(each.span)),
            "href": _address(each.span),
            "why": wording.obstacle_words(each.obstacle, each.span) if each.obstacle else "",
            "left": wording.remaining_words(each.remaining) if each.remaining.transfers else "",
        }
        for each in candidates(clock.today())
    ]
    rows = Closing.objects.select_related("by").prefetch_related("kinds")
    return render(
        request, "fees/payments/closings.html", {"waiting": waiting, "page": page_of(request, rows)}
    )


@allowed(Perm.PAY)
def year(request: SignedIn, year: int) -> HttpResponse:
    return _period(request, Span(year))


@allowed(Perm.PAY)
def month(request: SignedIn, year: int, month: int) -> HttpResponse:
    if month not in range(1, 13):
        raise Http404
    return _period(request, Span(year, month))


def _period(request: SignedIn, span: Span) -> HttpResponse:
    """What was frozen; or what will be, and the button; nothing for a period far from its turn."""
    rows = Closing.objects.filter(year=span.year, month=span.month).select_related("by")
    found = rows.prefetch_related("accounts", "kinds").first()
    name = capitalise(wording.span_words(span))
    if found is not None:
        context = {"name": name, "closing": found} | _tables(frozen(found))
        return render(request, "fees/payments/closing.html", context)
    candidate = next((each for each in candidates(clock.today()) if each.span == span), None)
    if candidate is None:
        raise Http404
    left = bool(candidate.remaining.transfers)
    form = CloseForm(typed(request), left=left)
    if form.is_valid():
        try:
            _close(request, span, accept=left)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            messages.success(request, _("%(name)s\u00a0: les comptes sont clos.") % {"name": name})
            return redirect(_address(span))
    context = {
        "name": name,
        "words": wording.span_words(span),
        "form": form,
        "why": wording.obstacle_words(candidate.obstacle, span) if candidate.obstacle else "",
        "left": wording.remaining_words(candidate.remaining) if left else "",
    }
    if candidate.figures is not None:
        context |= _tables(candidate.figures)
    return show_form(request, "fees/payments/closing.html", context)


def _close(request: SignedIn, span: Span, *, accept: bool) -> Closing:
    if span.month:
        return close_month(span=span, by=request.user, now=clock.now(), accept=accept)
    return close_year(year=span.year, by=request.user, now=clock.now())


def _address(span: Span) -> str:
    if span.month:
        return reverse("fees:closing_month", args=[span.year, span.month])
    return reverse("fees:closing_year", args=[span.year])


def _tables(figures: Figures) -> dict[str, object]:
    """The figures of a period as cells: totals first, accounts, then kinds of entries."""
    held = figures.balances
    shown = (Account.ENVELOPE, Account.DUE, Account.IN_TRANSIT, Account.PAID)
    return {
        "totals": [
            {"label": capitalise(str(ACCOUNTS[each])), "figure": euros(held[each])}
            for each in shown
        ],
        "account_columns": [
            {"label": _("Compte")},
            {"label": _("Au début"), "mid": True},
            {"label": _("Entrées"), "mid": True},
            {"label": _("Sorties"), "mid": True},
            {"label": _("À la fin"), "end": True},
        ],
        "account_rows": [
            [
                capitalise(str(ACCOUNTS[each.account])),
                *map(euros, (each.opening, each.given, each.taken, each.balance)),
            ]
            for each in figures.accounts
        ],
        "kind_columns": [
            {"label": _("Écriture")},
            {"label": _("Nombre"), "mid": True},
            {"label": _("Annulées"), "mid": True},
            {"label": _("Montant annulé"), "mid": True},
            {"label": _("Montant"), "end": True},
        ],
        "kind_rows": [
            [
                capitalise(str(ENTRIES[each.kind])),
                number(each.entries),
                number(each.mirrors),
                euros(each.undone),
                euros(each.amount),
            ]
            for each in figures.kinds
            if each.entries or each.mirrors
        ],
    }
