"""A case, one step a screen. The server alone judges; a page never holds what is not decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.panels import shown
from training.access import Perm
from training.actions.runs import NotPublished, OutOfStep, answer_again, commit_answer, start_run
from training.actions.runs import go_on as leave
from training.enums import Answering, Part, Purpose, StepKind
from training.forms.answer import AnswerForm, stakes
from training.models import Run, VignettePage
from training.rules.cases import Decision, Step
from training.rules.scoring import Unanswerable
from training.selectors.ending import ending_of
from training.selectors.feedback import Feedback, feedback_of
from training.selectors.screen import Asked, Recalled, asked, body_of, recalled, recap
from training.selectors.way import Way, way_of

PHASES = [
    gettext_lazy("Écouter"),
    gettext_lazy("Décider"),
    gettext_lazy("Comprendre"),
    gettext_lazy("Retenir"),
]
LISTEN, DECIDE, UNDERSTAND, KEEP = range(1, 5)
TEMPLATES = {
    StepKind.NARRATIVE: "training/steps/narrative.html",
    StepKind.FINDINGS: "training/steps/findings.html",
    StepKind.FIGURE: "training/steps/figure.html",
    StepKind.TOOL: "training/steps/tool.html",
    StepKind.TAKE_HOME: "training/steps/take_home.html",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen stands. `reading`: a step already passed, read again."""

    run: int
    title: str
    number: int
    step: str
    phase: int
    passed: int
    reading: bool
    finished: bool

    @property
    def before(self) -> int | None:
        return self.number - 1 or None

    @property
    def after(self) -> int | None:
        """The next screen that may be read again; the last one has its own address."""
        last = self.passed if self.finished else self.passed - 1
        return self.number + 1 if self.reading and self.number < last else None


@require_POST
@allowed(Perm.LEARN)
def start(request: SignedIn, key: UUID) -> HttpResponse:
    """Begin a published case, or resume it."""
    get_object_or_404(VignettePage.objects.live().public(), line=key)
    try:
        begun = start_run(key=key, part=Part.CASE, by=request.user, now=clock.now())
    except NotPublished as missing:
        raise Http404 from missing
    return redirect("training:run", begun.pk)


@never_cache
@allowed(Perm.LEARN)
def run(request: SignedIn, pk: int) -> HttpResponse:
    """The screen where the case is; `?etape=<n>`: one already passed, never a later one."""
    way = way_of(_mine(request, pk))
    if request.method == "POST":
        return _commit(request, way)
    wanted = request.GET.get("etape")
    if wanted is not None:
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 0
        if not 1 <= number <= len(way.steps):
            return redirect("training:run", pk)
        if way.here is None or number < len(way.steps):
            return _show(request, way, number)
    if way.here is None:
        return _end(request, way)
    return _show(request, way, len(way.steps))


@require_POST
@allowed(Perm.LEARN)
def go_on(request: SignedIn, pk: int) -> HttpResponse:
    """Leave the screen for the next one."""
    mine = _mine(request, pk)
    try:
        leave(run=mine, step=_step_sent(request), by=request.user, now=clock.now())
    except OutOfStep as refusal:
        messages.warning(request, str(refusal))
    return redirect("training:run", pk)


@never_cache
@require_POST
@allowed(Perm.LEARN)
def again(request: SignedIn, pk: int) -> HttpResponse:
    """A second answer, once the peers were seen: kept beside the first, which counts."""
    way = way_of(_mine(request, pk))
    here = way.here
    if not isinstance(here, Decision) or here.id != str(_step_sent(request)):
        messages.warning(request, _moved_on())
        return redirect("training:run", pk)
    form = AnswerForm(request.POST, asked=asked(way.item(here)))
    if form.is_valid():
        try:
            answer_again(run=way.run, **_given(request, form))
        except OutOfStep as refusal:
            messages.warning(request, str(refusal))
            return redirect("training:run", pk)
        except Unanswerable as refusal:
            form.refuse(refusal.code)
        else:
            messages.success(request, _("Votre seconde réponse est gardée, à côté de la première."))
            return redirect("training:run", pk)
    if here.id not in way.first:
        return redirect("training:run", pk)
    return _show(request, way, len(way.steps), form=form, status=422)


def _mine(request: SignedIn, pk: int) -> Run:
    runs = Run.objects.visible_to(request.user).select_related("version", "learner")
    return get_object_or_404(runs.prefetch_related("version__items"), pk=pk)


def _commit(request: SignedIn, way: Way) -> HttpResponse:
    """Commit what was sent to the question shown; anything else leads to where the case is."""
    here, sent = way.here, str(_step_sent(request))
    if not isinstance(here, Decision) or here.id != sent or here.id in way.first:
        if sent not in way.first:
            messages.warning(request, _moved_on())
        return redirect("training:run", way.run.pk)
    form = AnswerForm(request.POST, asked=asked(way.item(here)))
    if form.is_valid():
        words = form.cleaned_data.get("words", "")
        try:
            commit_answer(run=way.run, words=words, **_given(request, form))
        except OutOfStep as refusal:
            messages.warning(request, str(refusal))
            return redirect("training:run", way.run.pk)
        except Unanswerable as refusal:
            form.refuse(refusal.code)
        else:
            return redirect("training:run", way.run.pk)
    return _show(request, way, len(way.steps), form=form, status=422)


def _given(request: SignedIn, form: AnswerForm) -> dict[str, Any]:
    return {
        "step": form.cleaned_data["step"],
        "chosen": form.chosen(),
        "certainty": form.cleaned_data["certainty"],
        "by": request.user,
        "now": clock.now(),
    }


def _step_sent(request: SignedIn) -> UUID:
    """The step that the page named; one that is not a step names nothing."""
    try:
        return UUID(request.POST.get("step", ""))
    except ValueError:
        return UUID(int=0)


def _moved_on() -> str:
    return _("Ce cas a avancé sur un autre écran\u00a0: voici où il en est.")


def _show(
    request: SignedIn, way: Way, number: int, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    step = way.steps[number - 1]
    template, phase, context = _screen(way, step, form)
    reading = way.here is None or number < len(way.steps)
    place = Place(
        run=way.run.pk,
        title=way.run.version.title,
        number=number,
        step=step.id,
        phase=phase,
        passed=len(way.steps),
        reading=reading,
        finished=way.here is None,
    )
    told = recap(way.steps[: number - 1]) if phase in (DECIDE, UNDERSTAND) else []
    shared = {"place": place, "phases": PHASES, "recap": told}
    return render(request, template, context | shared, status=status)


def _screen(way: Way, step: Step, form: AnswerForm | None) -> tuple[str, int, dict[str, Any]]:
    """(template, phase, context) of a step; the decision itself stays on this side."""
    if not isinstance(step, Decision):
        phase = KEEP if step.kind is StepKind.TAKE_HOME else LISTEN
        return TEMPLATES[step.kind], phase, {"body": body_of(step, clock.today())}
    item, first = way.item(step), way.first.get(step.id)
    if first is None:
        question: Asked = asked(item)
        form = form or AnswerForm(asked=question)
        expert = way.run.purpose == Purpose.PANEL
        body = {"form": form, "stakes": stakes(), "expert": expert}
        return "training/run/question.html", DECIDE, body
    if not way.run.gives_feedback:
        kept: Recalled = recalled(item, first)
        return "training/run/recalled.html", DECIDE, {"body": kept}
    told: Feedback = feedback_of(item, first, way.second.get(step.id))
    context: dict[str, Any] = {"told": told, "stakes": stakes()}
    if step is way.here and not told.second and step.answering is not Answering.SHORT:
        context["form"] = form or AnswerForm(asked=asked(item))
    return "training/run/feedback.html", UNDERSTAND, context


def _end(request: SignedIn, way: Way) -> HttpResponse:
    parts = shown("run_end", request, way.run)
    context: dict[str, Any] = {"run": way.run.pk, "title": way.run.version.title, "parts": parts}
    if way.run.part != Part.CASE:
        return render(request, "training/run/test_end.html", context)
    context |= {"ending": ending_of(way, request.user), "phases": PHASES}
    return render(request, "training/run/end.html", context)
