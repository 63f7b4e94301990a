"""What statements came to: the summary on screen and on paper, the letter to a professional."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.enums import DifferenceState, FileState
from fees.exports import statements as papers
from fees.models import Difference, StatementFile
from fees.selectors.statements import balance, by_month, by_sender, by_verdict, tiers
from fees.wording import of_month
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.words import euros, month, number

from .workbench_pages import percent

READ = (FileState.OPEN, FileState.CLOSED)


def _files(request: SignedIn) -> tuple[str, object, StatementFile | None]:
    """The title of what is summed up, its differences, and the one file where it is one."""
    visible = StatementFile.objects.visible_to(request.user).filter(state__in=READ)
    key = request.GET.get("releve", "")
    if key.isdecimal():
        file = get_object_or_404(
            visible.defer("content").select_related("professional", "closed_by"), pk=int(key)
        )
        title = _("Relevé de %(who)s, %(month)s") % {
            "who": file.professional,
            "month": month(file.month),
        }
        return title, file.differences.all(), file
    if key:
        raise Http404
    return _("Tous les relevés"), Difference.objects.filter(file__in=visible.values("pk")), None


@allowed(Perm.RECONCILE)
def summary(request: SignedIn) -> HttpResponse:
    """Of one file or of all: what concords by count and by euro, kinds, professionals, months."""
    title, differences, file = _files(request)
    found = balance(differences)  # type: ignore[arg-type]
    shares = by_verdict(differences)  # type: ignore[arg-type]
    whole = sum(each.stake for each in shares)
    months = by_month(differences) if file is None else []  # type: ignore[arg-type]
    bars = [
        {"label": each.label, "percent": percent(each.stake, whole), "count": each.count}
        for each in shares
        if each.stake
    ]
    totals = [
        {"label": _("Demandé"), "figure": euros(found.claimed)},
        {
            "label": _("Reliées"),
            "figure": f"{percent(found.settled, found.lines)}\u00a0%",
            "note": _("lignes\u00a0: %(n)s sur %(of)s")
            % {"n": number(found.settled), "of": number(found.lines)},
        },
        {
            "label": _("Accepté"),
            "figure": euros(found.paid),
            "note": _("%(share)s\u00a0%% des euros demandés")
            % {"share": percent(found.paid, found.claimed)},
        },
    ]
    return render(
        request,
        "fees/statements/summary.html",
        {
            "heading": title,
            "file": file,
            "totals": totals,
            "equation": papers.equation(found),
            "bars": bars,
            "share_columns": _columns(papers.share_columns()),
            "share_rows": papers.share_rows(shares),
            "sender_columns": _columns(papers.sender_columns()),
            "sender_rows": papers.sender_rows(by_sender(differences)),  # type: ignore[arg-type]
            "tier_columns": _columns(papers.tier_columns()),
            "tier_rows": papers.tier_rows(tiers(differences)),  # type: ignore[arg-type]
            "month_bars": [
                {
                    "label": month(each.month),
                    "percent": percent(each.settled, each.lines),
                    "count": each.lines,
                }
                for each in months
            ],
            "month_columns": _columns(papers.month_columns()),
            "month_rows": papers.month_rows(months),
            "query": request.GET.urlencode(),
        },
    )


def _columns(labels: list[str]) -> list[dict[str, object]]:
    last = len(labels) - 1
    return [
        {"label": label, "end": place == last, "mid": 0 < place < last}
        for place, label in enumerate(labels)
    ]


@allowed(Perm.RECONCILE)
def summary_file(request: SignedIn, kind: str) -> HttpResponse:
    """The same as a document, or every difference as a sheet."""
    title, differences, _file = _files(request)
    today = clock.today()
    if kind == "pdf":
        content = papers.summary_pdf(
            title,
            balance(differences),  # type: ignore[arg-type]
            by_verdict(differences),  # type: ignore[arg-type]
            by_sender(differences),  # type: ignore[arg-type]
            today=today,
        )
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="rapprochement.pdf"'
        return response
    rows = differences.select_related("file__professional", "line", "act__patient")  # type: ignore[attr-defined]
    frame = papers.difference_frame(rows.defer("file__content").order_by("pk")[:MAX_ROWS])
    return as_download(frame, name="rapprochement", kind=kind, sheet="Différences")


def _letter(request: SignedIn, pk: int) -> tuple[StatementFile, list[papers.LetterLine]]:
    visible = StatementFile.objects.visible_to(request.user).filter(state__in=READ)
    file = get_object_or_404(visible.defer("content").select_related("professional"), pk=pk)
    told = file.differences.exclude(state=DifferenceState.AGREED).select_related(
        "line", "act__patient"
    )
    return file, papers.letter_lines(told.prefetch_related("steps").order_by("line__rank", "pk"))


@allowed(Perm.RECONCILE)
def letter(request: SignedIn, pk: int) -> HttpResponse:
    """The letter to the professional, to read and print."""
    file, lines = _letter(request, pk)
    return render(
        request,
        "fees/statements/letter.html",
        {
            "file": file,
            "lines": lines,
            "of_month": f"{of_month(file.month)} {file.month.year}",
            "equation": papers.equation(balance(file.differences.all())),
            "today": clock.today(),
        },
    )


@allowed(Perm.RECONCILE)
def letter_file(request: SignedIn, pk: int) -> HttpResponse:
    file, lines = _letter(request, pk)
    content = papers.letter_pdf(file, lines, balance(file.differences.all()), today=clock.today())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="lettre-releve.pdf"'
    return response
