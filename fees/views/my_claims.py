"""« Mes demandes »: what a professional asks to be paid for, month by month, and how it goes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.claims import ask_again, send_all, send_claim
from fees.actions.steps import Conflict
from fees.enums import TransferState
from fees.forms.claims import AskAgainForm, SendForm
from fees.models import Claim, ClaimLine
from fees.models.claim import ClaimQuerySet
from fees.selectors.lists import Group
from fees.selectors.my_claims import (
    Month,
    Paid,
    Progress,
    lines_of,
    months_of,
    progress_of,
    transfers_of,
)
from network.views.pages import SignedIn, page_of, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros, number, plain_day

from .chips import totals_line


def _mine(request: SignedIn) -> ClaimQuerySet:
    return Claim.objects.filter(professional__user=request.user)


@allowed(Perm.CLAIM)
def mine(request: SignedIn) -> HttpResponse:
    """What waits to be sent, then the claims sent, each with how far it has gone."""
    months = months_of(request.user.professional, clock.today())
    page = page_of(request, _mine(request))
    progress = progress_of(page.object_list)
    waiting = [month for month in months if month.lines]
    return render(
        request,
        "fees/my_claims.html",
        {
            "months": [(month, uuid4()) for month in months],
            "waiting": len(waiting),
            "all_id": uuid4(),
            "totals": _totals(months),
            "page": page,
            "claims": [(claim, progress[claim.pk]) for claim in page],
        },
    )


def _totals(months: list[Month]) -> list[dict[str, str]]:
    to_send = [Group(month.count, month.amount) for month in months]
    to_correct = [Group(1, each.act.amount) for month in months for each in month.returned]
    return [
        totals_line(_("À envoyer"), to_send),
        totals_line(_("À corriger"), to_correct),
    ]


@require_POST
@allowed(Perm.CLAIM)
def send(request: SignedIn) -> HttpResponse:
    """One month, or every month that waits; the same form sent twice sends one claim."""
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Rien n’est envoyé\u00a0: rouvrez cette page et recommencez."))
        return redirect("fees:my_claims")
    try:
        claims = _send(request, form.cleaned_data)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("fees:my_claims")
    except OperationalError:
        messages.error(
            request,
            _("Un dossier est occupé. Rien n’est perdu\u00a0: essayez encore."),
        )
        return redirect("fees:my_claims")
    if len(claims) == 1:
        return redirect("fees:my_claim", claims[0].pk)
    messages.success(request, _sent_words(claims))
    return redirect("fees:my_claims")


def _send(request: SignedIn, asked: dict[str, Any]) -> list[Claim]:
    common: dict[str, Any] = {
        "professional": request.user.professional,
        "request_id": asked["request_id"],
        "by": request.user,
        "now": clock.now(),
    }
    if asked["month"]:
        return [send_claim(month=asked["month"], **common)]
    return send_all(**common)


def _sent_words(claims: list[Claim]) -> str:
    progress = progress_of(claims).values()
    return _(
        "%(n)s demandes envoyées\u00a0: %(acts)s actes, %(amount)s. La comptabilité contrôle chaque"
        " acte, puis le virement part avec le prochain lot."
    ) % {
        "n": number(len(claims)),
        "acts": number(sum(each.lines for each in progress)),
        "amount": euros(sum(each.amount for each in progress)),
    }


@allowed(Perm.CLAIM)
def one(request: SignedIn, pk: int) -> HttpResponse:
    """A claim followed like a parcel: where it is, what came back, when it was paid."""
    claim = get_object_or_404(_mine(request), pk=pk)
    progress = progress_of([claim])[claim.pk]
    lines = lines_of(claim)
    paid = transfers_of(claim)
    return render(
        request,
        "fees/my_claim.html",
        {
            "claim": claim,
            "progress": progress,
            "lines": lines,
            "to_correct": [line for line in lines if line.to_correct],
            "transfers": paid,
            "parcel": _parcel(claim, progress, paid),
        },
    )


def _parcel(claim: Claim, progress: Progress, paid: list[Paid]) -> list[dict[str, str]]:
    """The four stages: what is done, where it is now, what is to come."""
    controlled, lines = progress.controlled, progress.lines
    wanted = lines - progress.gone - progress.returned
    on_the_way = progress.in_payment + progress.paid
    executed = [each for each in paid if each.transfer.state == TransferState.EXECUTED]
    stages = [
        (
            plain_day(timezone.localdate(claim.sent_at)),
            _("Envoyée"),
            ngettext("%(n)s acte, %(amount)s", "%(n)s actes, %(amount)s", lines)
            % {"n": number(lines), "amount": euros(progress.amount)},
            True,
        ),
        (
            _("Contrôle"),
            _("Contrôlée\u00a0: %(n)s sur %(m)s") % {"n": number(controlled), "m": number(lines)},
            _held_words(progress),
            controlled == lines,
        ),
        (
            _("Paiement"),
            _("En paiement\u00a0: %(n)s sur %(m)s")
            % {"n": number(on_the_way), "m": number(wanted)},
            "",
            controlled == lines and on_the_way == wanted,
        ),
        (
            plain_day(executed[-1].transfer.batch.execute_on) if executed else _("À venir"),
            _("Payée\u00a0: %(n)s sur %(m)s") % {"n": number(progress.paid), "m": number(wanted)},
            euros(progress.paid_amount) if progress.paid else "",
            progress.whole,
        ),
    ]
    if not wanted:
        stages = stages[:2]
    here = next((rank for rank, stage in enumerate(stages) if not stage[3]), None)
    return [
        {
            "when": when,
            "title": title,
            "note": note,
            "state": "" if done else ("now" if rank == here else "next"),
        }
        for rank, (when, title, note, done) in enumerate(stages)
    ]


def _held_words(progress: Progress) -> str:
    if not progress.held:
        return ""
    return ngettext(
        "%(n)s acte attend l’enveloppe de l’année.",
        "%(n)s actes attendent l’enveloppe de l’année.",
        progress.held,
    ) % {"n": number(progress.held)}


@allowed(Perm.CLAIM)
def again(request: SignedIn, pk: int) -> HttpResponse:
    """Ask once more for an act that came back, as it is, with a word to the accountant."""
    lines = ClaimLine.objects.select_related("claim", "act__patient")
    line = get_object_or_404(lines, pk=pk, claim__professional__user=request.user)
    form = AskAgainForm(typed(request), initial={"request_id": uuid4()})
    reason = line.steps.order_by("-pk").values_list("note", flat=True).first() or ""
    if request.method == "POST" and form.is_valid():
        request_id: UUID = form.cleaned_data["request_id"]
        note = form.cleaned_data["note"]
        try:
            claim = ask_again(
                line=line, note=note, request_id=request_id, by=request.user, now=clock.now()
            )
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:my_claim", claim.pk)
    context: dict[str, object] = {"form": form, "line": line, "reason": reason.rstrip(".")}
    return show_form(request, "fees/claim_again.html", context)
