"""The committee's list of questions, one question among its learners, a case as one page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.navigation import held_by
from portal.kit.words import number
from training.access import Perm
from training.enums import Part, Topic
from training.exports.questions import case_pdf, question_frame
from training.forms.committee import QuestionFilter
from training.models import ItemVersion
from training.models.versions import PARTS, TOPICS
from training.rules.statistics import FEWEST
from training.selectors import sheets
from training.selectors.questions import (
    current_case,
    holder_of,
    last_count,
    versions_of_page,
)
from training.selectors.questions import questions as questions_of
from training.selectors.sheets import Told, flag_names
from training.selectors.statistics import statistics_of


@dataclass(frozen=True, slots=True)
class Chip:
    href: str
    label: str | Promise
    count: int | None
    current: bool


@allowed(Perm.SEE_STATISTICS)
def index(request: SignedIn) -> HttpResponse:
    """What those who teach may open, one door a line."""
    context = {"links": held_by("training:committee", request.user)}
    return render(request, "training/committee/index.html", context)


@allowed(Perm.SEE_STATISTICS)
def questions(request: SignedIn) -> HttpResponse:
    chosen = QuestionFilter(request.GET)
    page = page_of(request, questions_of(chosen.wanted()))
    rows = [
        {
            "row": row,
            "part": PARTS[Part(row.case.part)],
            "missing": max(FEWEST - row.answers, 0),
            "flags": flag_names(row.flags),
        }
        for row in page
    ]
    context = {"filter": chosen, "page": page, "rows": rows, "counted_at": last_count()}
    return render(request, "training/committee/questions.html", context)


@allowed(Perm.SEE_STATISTICS)
def export(request: SignedIn, kind: str) -> HttpResponse:
    rows = questions_of(QuestionFilter(request.GET).wanted())
    if rows.count() > MAX_ROWS:
        messages.error(
            request,
            _("Un export tient au plus %(rows)s lignes\u00a0: choisissez un thème.")
            % {"rows": number(MAX_ROWS)},
        )
        return redirect(f"{reverse('training:questions')}?{request.GET.urlencode()}")
    return as_download(question_frame(rows), name="questions", kind=kind, sheet=_("Questions"))


@allowed(Perm.SEE_STATISTICS)
def question(request: SignedIn, pk: int) -> HttpResponse:
    """One version of a question: among everybody or a profession, beside its other versions."""
    item = get_object_or_404(ItemVersion, pk=pk)
    page_items = versions_of_page(item.case_key)
    counted = statistics_of(item.case_key, page_items, clock.now())
    versions = [each for each in page_items if each.block == item.block]
    everybody = sheets.tell_everybody(item, counted)
    professions = sheets.tell_professions(item, counted)
    chosen = request.GET.get("profession", "")
    holder = holder_of(item)
    return render(
        request,
        "training/committee/question.html",
        {
            "item": item,
            "case": holder.case,
            "part": PARTS[Part(holder.case.part)],
            "is_current": holder.is_current,
            "topic": TOPICS[Topic(item.topic)],
            "counted_at": counted.counted_at,
            "told": professions.get(chosen, everybody),
            "chosen": chosen if chosen in professions else "",
            "groups": [everybody, *professions.values()],
            "chips": _profession_chips(chosen, everybody, professions),
            "versions": sheets.tell_versions(versions, counted),
            "tabs": _version_tabs(item, versions) if len(versions) > 1 else [],
            "cards": item.evidence.order_by("claim"),
        },
    )


@allowed(Perm.SEE_STATISTICS)
def case(request: SignedIn, key: UUID, part: str) -> HttpResponse:
    """The one-page document of what is asked today under a key."""
    found = current_case(key, part)
    if found is None:
        raise Http404
    version, items = found
    counted = statistics_of(key, versions_of_page(key), clock.now())
    told = [(item, sheets.tell_everybody(item, counted)) for item in items]
    document = case_pdf(version, told, counted_at=counted.counted_at)
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="statistiques-{key}.pdf"'
    return response


def _profession_chips(chosen: str, everybody: Told, professions: dict[str, Told]) -> list[Chip]:
    chips = [Chip("?", everybody.label, everybody.answers, chosen not in professions)]
    for code, told in professions.items():
        chips.append(Chip(f"?profession={code}", told.label, told.answers, code == chosen))
    return chips


def _version_tabs(item: ItemVersion, versions: list[ItemVersion]) -> list[dict[str, Any]]:
    return [
        {
            "href": reverse("training:question", args=[each.pk]),
            "label": _("Version %(number)s") % {"number": each.number},
            "current": each.pk == item.pk,
        }
        for each in versions
    ]
