"""The workbench of a bank's file: unresolved first, one line at a time, a key for each gesture."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.bank_files import close_bank_file
from fees.actions.bank_lines import assign_line, decide_line, note_line, undo_line
from fees.actions.steps import Conflict
from fees.enums import BankVerdict, DifferenceMove, DifferenceState, FileState
from fees.forms.bank import BankFilterForm, BankGestureForm, BankSearch
from fees.forms.workbench import AGREED, ASKED, DECIDED, TO_DECIDE
from fees.models import BankFile, BankMatch, Batch, Transfer
from fees.reconcile.bank_words import NEXT, WHY
from fees.selectors.bank import BankTally, bank_tally, batch_choices_of, choices_of
from fees.selectors.cards import payout_choices_of
from fees.selectors.reconcile_rules import bank_lines_to_settle
from fees.selectors.statements import accountants, progress
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros, number, plain_day
from training.models import Payout

from .bank import bank_file_of
from .bank_pages import accept_line_words, bank_face, bank_step_words
from .chips import Chip
from .workbench_pages import percent

DECISIONS = (DifferenceMove.ACCEPTED, DifferenceMove.REFUSED, DifferenceMove.ASKED)


@allowed(Perm.RECONCILE)
def workbench(request: SignedIn, pk: int) -> HttpResponse:
    """One file: unresolved first, the most euros first; one line holds the gestures."""
    file = bank_file_of(request, pk)
    if file.state == FileState.RECEIVED:
        return redirect("fees:bank_reading", pk)
    if file.state == FileState.DROPPED:
        return redirect("fees:bank_files")
    form = BankFilterForm(request.GET)
    search = form.search()
    every = file.matches.all()
    found = bank_tally(every)
    page = page_of(request, _rows(search.of(every, request.user)))
    current = _current(request, list(page.object_list))
    last = _decided_last(request, file)
    by_rule = bank_lines_to_settle(file) if found.waiting else []
    context = {
        "file": file,
        "form": form,
        "page": page,
        "search": search,
        "query": _query(search),
        "rows": [bank_face(each) for each in page.object_list],
        "current": current,
        "last": bank_face(last) if last else None,
        "found": found,
        "totals": _totals(found),
        "tabs": _tabs(request, search, every),
        "by_rule": by_rule,
        "progress": progress(every),
        "open": file.state == FileState.OPEN,
    }
    if current is not None:
        context |= _gestures(current, [each.pk for each in page.object_list])
        rule = next((rule for match, rule in by_rule if match == current), None)
        if rule is not None:
            context |= {"rule": rule, "why": rule.reason}
    return render(request, "fees/bank/workbench.html", context)


def _rows(matches: QuerySet[BankMatch]) -> QuerySet[BankMatch]:
    return (
        matches.select_related("line", "transfer__batch", "transfer__professional", "batch")
        .select_related("assigned_to", "payout")
        .defer("transfer__batch__file", "batch__file")
        .order_by("-stake", "pk")
    )


def _current(request: HttpRequest, rows: list[BankMatch]) -> BankMatch | None:
    asked = request.GET.get("d", "")
    return next((each for each in rows if str(each.pk) == asked), rows[0] if rows else None)


def _decided_last(request: HttpRequest, file: BankFile) -> BankMatch | None:
    """What the last gesture was about, so that it may be undone from here."""
    key = request.GET.get("fait", "")
    if not key.isdecimal():
        return None
    done = file.matches.exclude(state__in=[DifferenceState.OPEN, DifferenceState.AGREED])
    return _rows(done).filter(pk=int(key)).first()


def _gestures(current: BankMatch, keys: list[int]) -> dict[str, object]:
    place = keys.index(current.pk)
    verdict = BankVerdict(current.verdict)
    accept = accept_line_words(current)
    waits = current.state in (DifferenceState.OPEN, DifferenceState.ASKED)
    return {
        "accept": accept,
        "why": WHY.get(verdict, ""),
        "next": NEXT[verdict] if waits else "",
        "choices": _choices(current) if waits and not accept else [],
        "steps": [(bank_step_words(each), each) for each in current.steps.select_related("by")],
        "colleagues": accountants().exclude(pk=current.assigned_to_id or 0),
        "previous": keys[place - 1] if place else None,
        "following": keys[place + 1] if place + 1 < len(keys) else None,
    }


def _choices(current: BankMatch) -> list[tuple[str, str]]:
    """What a person may say the line to be, of the very amount: transfers, batches, payouts."""
    return [
        *(
            (f"v{each.pk}", f"{each.professional}, {each.end_to_end}, {_due(each.batch)}")
            for each in choices_of(current)
        ),
        *((f"l{each.pk}", f"{each.code}, {_due(each)}") for each in batch_choices_of(current)),
        *(
            (f"p{each.pk}", f"{_('Versement de carte')}, {plain_day(each.arrives_on)}")
            for each in payout_choices_of(current)
        ),
    ]


def _due(batch: Batch) -> str:
    return plain_day(batch.execute_on)


def _totals(found: BankTally) -> list[dict[str, str]]:
    return [
        {
            "label": _("Débits"),
            "figure": euros(found.debits),
            "note": _("crédits\u00a0: %(amount)s") % {"amount": euros(found.credits)},
        },
        {
            "label": _("Réglées"),
            "figure": f"{percent(found.settled, found.lines)}\u00a0%",
            "note": _("lignes\u00a0: %(n)s sur %(of)s")
            % {"n": number(found.settled), "of": number(found.lines)},
        },
        {
            "label": _("À décider"),
            "figure": euros(found.at_stake),
            "note": ngettext("%(n)s ligne", "%(n)s lignes", found.waiting)
            % {"n": number(found.waiting)},
        },
    ]


def _tabs(request: SignedIn, search: BankSearch, every: QuerySet[BankMatch]) -> list[Chip]:
    labels = (
        (TO_DECIDE, _("À décider")),
        (ASKED, _("Demandées")),
        (DECIDED, _("Décidées")),
        (AGREED, _("Concordent")),
    )
    found = [(BankSearch(view, search.verdict, search.mine), label) for view, label in labels]
    return [
        Chip(
            f"?{_query(each)}",
            label,
            each.of(every, request.user).count(),
            each.view == search.view,
        )
        for each, label in found
    ]


def _query(search: BankSearch) -> str:
    kept = {"vue": search.view, "genre": search.verdict, "miennes": "on" if search.mine else ""}
    return urlencode({key: value for key, value in kept.items() if value})


@require_POST
@allowed(Perm.RECONCILE)
def gesture(request: SignedIn, pk: int) -> HttpResponse:
    """One gesture; then the next line, with what was done to undo."""
    files = BankFile.objects.visible_to(request.user).values("pk")
    rows = BankMatch.objects.filter(file__in=files).select_related("file").defer("file__content")
    match = get_object_or_404(rows, pk=pk)
    search = BankFilterForm(QueryDict(request.POST.get("query", ""))).search()
    form = BankGestureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ce geste n’a pas été compris. Rien n’est changé."))
        return _back(search, match, stay=True)
    following = _following(request, search, match)
    try:
        move = _apply(request, match, form)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return _back(search, match, stay=True)
    return _back(search, match, stay=move not in DECISIONS, following=following)


def _apply(request: SignedIn, match: BankMatch, form: BankGestureForm) -> DifferenceMove:
    move, version, given = form.said()
    by, now = request.user, clock.now()
    match move:
        case DifferenceMove.NOTED:
            note_line(match=match, note=given["note"], by=by, now=now)
        case DifferenceMove.UNDONE:
            undo_line(match=match, version=version, by=by, now=now)
            messages.success(request, _("La décision est annulée."))
        case DifferenceMove.ASSIGNED:
            to = accountants().filter(pk=given["to"]).first()
            if to is None:
                raise Conflict(_("Choisissez une personne de la comptabilité."))
            assign_line(match=match, to=to, by=by, now=now)
            messages.success(request, _("Confiée à %(who)s.") % {"who": to})
        case _:
            said = given["reason"] if move == DifferenceMove.REFUSED else given["note"]
            decide_line(
                match=match,
                move=move,
                version=version,
                by=by,
                now=now,
                note=said,
                chosen=_chosen(given["chosen"]),
            )
    return move


def _chosen(said: str) -> Transfer | Batch | Payout | None:
    """« v12 »: a transfer; « l3 »: a batch; « p5 »: a payout. Raises Conflict for one that does
    not exist."""
    if not said:
        return None
    pk = int(said[1:])
    found: Transfer | Batch | Payout | None = None
    match said[0]:
        case "v":
            found = Transfer.objects.filter(pk=pk).first()
        case "l":
            found = Batch.objects.defer("file").filter(pk=pk).first()
        case "p":
            found = Payout.objects.filter(pk=pk).first()
    if found is None:
        raise Conflict(_("Choisissez un virement de la liste."))
    return found


def _following(request: SignedIn, search: BankSearch, match: BankMatch) -> int | None:
    """The line after this one in what is shown; the first once the last is decided."""
    rows = search.of(match.file.matches.all(), request.user).order_by("-stake", "pk")
    keys = list(rows.values_list("pk", flat=True)[:500])
    after = keys[keys.index(match.pk) + 1 :] if match.pk in keys else keys
    return next(iter(after), None)


def _back(
    search: BankSearch, match: BankMatch, *, stay: bool = False, following: int | None = None
) -> HttpResponse:
    shown_next = match.pk if stay else following
    parts = [
        _query(search),
        f"d={shown_next}" if shown_next else "",
        "" if stay else f"fait={match.pk}",
    ]
    address = reverse("fees:bank_workbench", args=[match.file_id])
    return redirect(f"{address}?{'&'.join(filter(None, parts))}#ici")


@require_POST
@allowed(Perm.RECONCILE)
def close(request: SignedIn, pk: int) -> HttpResponse:
    """End the reconciliation of a file; then its summary."""
    file = bank_file_of(request, pk)
    try:
        close_bank_file(file=file, by=request.user, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("fees:bank_workbench", pk)
    messages.success(request, _("Le rapprochement est terminé."))
    return redirect("fees:bank_summary", pk)
