"""Recordings for those who publish them: film, captions, chapters, questions."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.views.kept import kept_input
from network.views.pages import SignedIn, show_form
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions import replays as act
from training.actions.registrations import Busy
from training.exports.captions import chapters_text
from training.forms.questions import gestured, question_forms, typed_of
from training.forms.replays import ReplayForm
from training.imports.captions import Cue, Unreadable, read_captions, read_chapters
from training.imports.recordings import HEAD, NotMedia, media_kind
from training.models import Meeting, Replay
from training.selectors.replays import asked_of, version_of


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """One form for all; a recording that is kept already is mended without its film."""
    meeting = get_object_or_404(Meeting, pk=pk)
    replay = Replay.objects.filter(meeting=meeting).first()
    kept = [Cue(*each) for each in replay.cues] if replay else []
    if request.method == "POST":
        form = ReplayForm(request.POST, request.FILES, mending=bool(replay))
        given = _read(form, kept) if form.is_valid() else None
        if given and _keep(request, meeting, form, given):
            return redirect("training:replay_edit", pk)
    else:
        written = chapters_text(replay.chapters) if replay else ""
        form = ReplayForm(initial={"chapters": written}, mending=bool(replay))
    context: dict[str, object] = {
        "meeting": meeting,
        "replay": replay,
        "form": form,
        "cues": len(kept),
        "questions": asked_of(replay) if replay else [],
    }
    return show_form(request, "training/meetings/replay.html", context)


@dataclass(frozen=True, slots=True)
class Given:
    """What the files hold: a film unless it stays the same, captions, chapters."""

    media: act.Media | None
    cues: list[Cue]
    chapters: list[tuple[int, str]]


def _read(form: ReplayForm, kept: list[Cue]) -> Given | None:
    """Read the files of a valid form; None once a reason is told beside each that is refused."""
    film, captions = form.cleaned_data["film"], form.cleaned_data["captions"]
    media, cues, chapters = None, kept, list[tuple[int, str]]()
    try:
        if film:
            media = act.Media(film, media_kind(film.read(HEAD)))
    except NotMedia as refusal:
        form.add_error("film", str(refusal))
    try:
        if captions:
            cues = read_captions(captions.read())
        length = -(-max(cue.end for cue in cues) // 1000)
    except Unreadable as refusal:
        form.add_error("captions", str(refusal))
        return None
    try:
        chapters = read_chapters(form.cleaned_data["chapters"], length=length)
    except Unreadable as refusal:
        form.add_error("chapters", str(refusal))
    return None if form.errors else Given(media, cues, chapters)


def _keep(request: SignedIn, meeting: Meeting, form: ReplayForm, given: Given) -> bool:
    try:
        act.keep_replay(
            meeting=meeting,
            media=given.media,
            cues=[(cue.start, cue.end, cue.text, cue.voice) for cue in given.cues],
            chapters=given.chapters,
            by=request.user,
            now=clock.now(),
        )
        if "publish" in request.POST:
            act.publish_replay(meeting=meeting, by=request.user, now=clock.now())
    except Busy as busy:
        form.add_error(None, str(busy))
        return False
    told = (
        _("L’enregistrement est publié.") if "publish" in request.POST else _("C’est enregistré.")
    )
    messages.success(request, told)
    return True


@require_POST
@allowed(Perm.EDIT_WEBINARS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Show it to nobody but those who organise."""
    meeting = get_object_or_404(Meeting, pk=pk)
    try:
        act.withdraw_replay(meeting=meeting, by=request.user, now=clock.now())
    except Busy as busy:
        messages.error(request, str(busy))
    else:
        messages.success(request, _("L’enregistrement n’est plus visible."))
    return redirect("training:replay_edit", pk)


@never_cache
@allowed(Perm.EDIT_WEBINARS)
def questions(request: SignedIn, pk: int) -> HttpResponse:
    """All the questions in one form. Its buttons that add, move or remove a row give it back with
    what was typed; nothing is kept until it is saved whole."""
    replay = get_object_or_404(Replay.objects.select_related("meeting"), meeting=pk)
    if request.method == "POST" and "do" not in request.POST:
        return _keep_questions(request, replay)
    sent = request.POST if request.method == "POST" else kept_input(request)
    if sent is None:
        asked = asked_of(replay)
        rows, known = typed_of([each.question for each in asked]), version_of(asked)
    else:
        typed = question_forms(sent, length=replay.length).typed
        rows, known = gestured(typed, sent.get("do", "")), sent.get("known", "")
    form = question_forms(rows, length=replay.length)
    return _questions_page(request, replay, {"form": form, "known": known})


def _keep_questions(request: SignedIn, replay: Replay) -> HttpResponse:
    form = question_forms(request.POST, length=replay.length)
    context: dict[str, object] = {"form": form, "known": request.POST.get("known", "")}
    if not form.is_valid():
        return _questions_page(request, replay, context)
    try:
        act.keep_questions(
            replay=replay,
            questions=form.questions,
            known=request.POST.get("known", ""),
            by=request.user,
            now=clock.now(),
        )
    except Busy as busy:
        messages.error(request, str(busy))
    except act.Stale:
        context |= {"stale": True, "known": version_of(asked_of(replay))}
    else:
        messages.success(request, _("Les questions sont enregistrées."))
        return redirect("training:replay_edit", replay.meeting_id)
    answer = _questions_page(request, replay, context)
    answer.status_code = 409
    return answer


def _questions_page(request: SignedIn, replay: Replay, context: dict[str, object]) -> HttpResponse:
    shown = {"meeting": replay.meeting, **context}
    return show_form(request, "training/meetings/replay_questions.html", shown)
