"""The workbench: the file at the left, the portal at the right, one difference at a time."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.differences import assign, decide, look_again, note_difference, split, undo
from fees.actions.statements import close_statement
from fees.actions.steps import Conflict
from fees.enums import DifferenceMove, DifferenceState, FileState
from fees.forms.workbench import (
    AGREED,
    ASKED,
    DECIDED,
    TO_DECIDE,
    GestureForm,
    Search,
    WorkbenchForm,
)
from fees.models import Difference, StatementFile
from fees.reconcile.decisions import PROPOSED, TO_ASK, WHY_REFUSED
from fees.selectors.reconcile_rules import gaps_to_settle
from fees.selectors.statements import Balance, accountants, balance, candidates, progress
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros, number

from .chips import Chip
from .workbench_pages import accept_words, percent, shown, step_words

DECISIONS = (DifferenceMove.ACCEPTED, DifferenceMove.REFUSED, DifferenceMove.ASKED)


def _file(request: SignedIn, pk: int) -> StatementFile:
    visible = StatementFile.objects.visible_to(request.user).defer("content")
    return get_object_or_404(visible.select_related("professional", "closed_by"), pk=pk)


def _difference(request: SignedIn, pk: int) -> Difference:
    files = StatementFile.objects.visible_to(request.user).values("pk")
    found = Difference.objects.filter(file__in=files).select_related(
        "file__professional", "line", "act__patient"
    )
    return get_object_or_404(found.defer("file__content"), pk=pk)


@allowed(Perm.RECONCILE)
def workbench(request: SignedIn, pk: int) -> HttpResponse:
    """One file: unresolved first, the most euros first; one difference holds the gestures."""
    file = _file(request, pk)
    if file.state == FileState.RECEIVED:
        return redirect("fees:statement_columns", pk)
    form = WorkbenchForm(request.GET)
    search = form.search()
    every = file.differences.all()
    found = balance(every)
    rows = search.of(every, request.user).select_related("line", "act__patient", "assigned_to")
    page = page_of(request, rows.order_by("-stake", "pk"))
    current = _current(request, page.object_list)
    last = _decided_last(request, file)
    by_rule = gaps_to_settle(file) if found.waiting else []
    context = {
        "file": file,
        "form": form,
        "page": page,
        "search": search,
        "query": _query(search),
        "rows": [shown(each, masked=True) for each in page.object_list],
        "current": current,
        "last": shown(last, masked=True) if last else None,
        "found": found,
        "totals": _totals(found),
        "tabs": _tabs(request, search, every),
        "by_rule": by_rule,
        "rule": next((rule for gap, rule in by_rule if gap == current), None),
        "progress": progress(every),
        "open": file.state == FileState.OPEN,
    }
    if current is not None:
        context |= _gestures(request, current, [each.pk for each in page.object_list])
    return render(request, "fees/statements/workbench.html", context)


def _current(request: HttpRequest, rows: object) -> Difference | None:
    listed: list[Difference] = list(rows)  # type: ignore[call-overload]
    asked = request.GET.get("d", "")
    return next((each for each in listed if str(each.pk) == asked), listed[0] if listed else None)


def _decided_last(request: HttpRequest, file: StatementFile) -> Difference | None:
    """What the last gesture was about, so that it may be undone from here."""
    key = request.GET.get("fait", "")
    if not key.isdecimal():
        return None
    done = file.differences.exclude(state__in=[DifferenceState.OPEN, DifferenceState.AGREED])
    return done.select_related("line", "act__patient").filter(pk=int(key)).first()


def _gestures(request: SignedIn, current: Difference, keys: list[int]) -> dict[str, object]:
    place = keys.index(current.pk)
    verdict = current.verdict
    return {
        "accept": accept_words(current),
        "proposed": str(PROPOSED[verdict]),  # type: ignore[index]
        "why": WHY_REFUSED.get(verdict, ""),  # type: ignore[call-overload]
        "ask": TO_ASK.get(verdict, ""),  # type: ignore[call-overload]
        "splits": current.line_id is not None and candidates(current).exists(),
        "steps": [(step_words(each), each) for each in current.steps.select_related("by")],
        "colleagues": accountants().exclude(pk=current.assigned_to_id or 0),
        "previous": keys[place - 1] if place else None,
        "following": keys[place + 1] if place + 1 < len(keys) else None,
    }


def _totals(found: Balance) -> list[dict[str, str]]:
    share = percent(found.settled, found.lines)
    return [
        {
            "label": _("Demandé"),
            "figure": euros(found.claimed),
            "note": _("%(n)s lignes") % {"n": number(found.lines)},
        },
        {
            "label": _("Reliées"),
            "figure": euros(found.paid),
            "note": _("lignes\u00a0: %(n)s sur %(of)s, soit %(share)s\u00a0%%")
            % {"n": number(found.settled), "of": number(found.lines), "share": share},
        },
        {
            "label": _("À décider"),
            "figure": euros(found.at_stake),
            "note": _("%(n)s différences") % {"n": number(found.waiting)},
        },
    ]


def _tabs(request: SignedIn, search: Search, every: object) -> list[Chip]:
    labels = (
        (TO_DECIDE, _("À décider")),
        (ASKED, _("Demandées")),
        (DECIDED, _("Décidées")),
        (AGREED, _("Concordent")),
    )
    return [
        Chip(
            f"?{_query(Search(view, search.verdict, search.mine))}",
            label,
            Search(view, search.verdict, search.mine).of(every, request.user).count(),  # type: ignore[arg-type]
            view == search.view,
        )
        for view, label in labels
    ]


def _query(search: Search) -> str:
    kept = {"vue": search.view, "genre": search.verdict, "miennes": "on" if search.mine else ""}
    return urlencode({key: value for key, value in kept.items() if value})


@require_POST
@allowed(Perm.RECONCILE)
def gesture(request: SignedIn, pk: int) -> HttpResponse:
    """One gesture; then the next difference, with what was done to undo."""
    difference = _difference(request, pk)
    search = WorkbenchForm(QueryDict(request.POST.get("query", ""))).search()
    form = GestureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ce geste n’a pas été compris. Rien n’est changé."))
        return _back(search, difference, stay=True)
    following = _following(request, search, difference)
    try:
        move = _apply(request, difference, form)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return _back(search, difference, stay=True)
    if move in DECISIONS:
        return _back(search, difference, following=following)
    return _back(search, difference, stay=True)


def _apply(request: SignedIn, difference: Difference, form: GestureForm) -> DifferenceMove:
    move, version, given = form.said()
    by, now = request.user, clock.now()
    match move:
        case DifferenceMove.NOTED:
            note_difference(difference=difference, note=given["note"], by=by, now=now)
        case DifferenceMove.UNDONE:
            undo(difference=difference, version=version, by=by, now=now)
            messages.success(request, _("La décision est annulée."))
        case DifferenceMove.ASSIGNED:
            to = accountants().filter(pk=given["to"]).first()
            if to is None:
                raise Conflict(_("Choisissez une personne de la comptabilité."))
            assign(difference=difference, to=to, by=by, now=now)
            messages.success(request, _("Confiée à %(who)s.") % {"who": to})
        case DifferenceMove.FOUND:
            look_again(difference=difference, version=version, by=by, now=now)
            messages.success(request, _("L’acte noté depuis est trouvé."))
        case DifferenceMove.SPLIT:
            raise Http404
        case _:
            said = given["reason"] if move == DifferenceMove.REFUSED else given["note"]
            if move == DifferenceMove.ASKED:
                said = said or TO_ASK.get(difference.verdict, "")  # type: ignore[call-overload]
            decide(difference=difference, move=move, version=version, by=by, now=now, note=said)
    return move


def _following(request: SignedIn, search: Search, difference: Difference) -> int | None:
    """The difference after this one in what is shown; the first once the last is decided."""
    rows = search.of(difference.file.differences.all(), request.user).order_by("-stake", "pk")
    keys = list(rows.values_list("pk", flat=True)[:500])
    after = keys[keys.index(difference.pk) + 1 :] if difference.pk in keys else keys
    return next(iter(after), None)


def _back(
    search: Search, difference: Difference, *, stay: bool = False, following: int | None = None
) -> HttpResponse:
    query = _query(search)
    shown_next = difference.pk if stay else following
    parts = [
        query,
        f"d={shown_next}" if shown_next else "",
        "" if stay else f"fait={difference.pk}",
    ]
    address = reverse("fees:workbench", args=[difference.file_id])
    return redirect(f"{address}?{'&'.join(filter(None, parts))}#ici")


@allowed(Perm.RECONCILE)
def split_line(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the further acts that a line claims."""
    difference = _difference(request, pk)
    possible = list(candidates(difference))
    refused = ""
    if request.method == "POST":
        chosen = {int(each) for each in request.POST.getlist("acts") if each.isdecimal()}
        version = request.POST.get("version", "")
        try:
            split(
                difference=difference,
                others=[each for each in possible if each.pk in chosen],
                version=int(version) if version.isdecimal() else -1,
                by=request.user,
                now=clock.now(),
            )
        except Conflict as conflict:
            refused = str(conflict)
        else:
            messages.success(request, _("La ligne est partagée\u00a0: chaque part a son acte."))
            return _back(Search(), difference, stay=True)
    return render(
        request,
        "fees/statements/split.html",
        {
            "row": shown(difference, masked=True),
            "difference": difference,
            "possible": possible,
            "refused": refused,
        },
        status=422 if refused else 200,
    )


@require_POST
@allowed(Perm.RECONCILE)
def close(request: SignedIn, pk: int) -> HttpResponse:
    """End the reconciliation of a file; then its summary."""
    file = _file(request, pk)
    try:
        close_statement(file=file, by=request.user, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect("fees:workbench", pk)
    messages.success(request, _("Le rapprochement est terminé."))
    return redirect(f"{reverse('fees:statements_summary')}?releve={pk}")
