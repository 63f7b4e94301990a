"""Recordings for those who watch them: the player's page, its bytes, answers, what was seen."""

from uuid import UUID

from django.contrib import messages
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.ranges import Part, Unsatisfiable, asked_part
from training.access import Perm
from training.actions.registrations import Busy
from training.actions.replays import answer_question, tell_seen
from training.exports.captions import VTT, captions_vtt
from training.models import Replay
from training.rules.presence import THRESHOLD
from training.rules.scoring import Unanswerable
from training.rules.watching import Seconds
from training.selectors.replays import (
    LONGEST_SEARCH,
    attestation_of,
    bytes_of,
    questions_for,
    transcript,
    viewing_of,
)
from training.wording import UNANSWERED

MOST_SENT = 2 * 2**20
"""Bytes of one answer to a player, which asks for the rest when it needs it: whoever pauses holds
no thread of the server (RFC 9110, 15.3.7 lets a server send less than the range)."""
MOST_SPANS = 200


def _seen(request: SignedIn, key: UUID) -> Replay:
    rows = Replay.objects.visible_to(request.user).select_related("meeting")
    found: Replay = get_object_or_404(rows, meeting__key=key)
    return found


@never_cache
@require_GET
@allowed(Perm.WATCH)
def watch(request: SignedIn, key: UUID) -> HttpResponse:
    """The player, its chapters, its questions, and all that is said. `?q=` searches what is said,
    `?t=` opens at a second."""
    replay = _seen(request, key)
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    at = request.GET.get("t", "")
    second = int(at) if at.isascii() and at.isdecimal() and len(at) < 7 else 0
    chapters = transcript(replay, asked)
    questions = questions_for(replay, request.user)
    context = {
        "replay": replay,
        "meeting": replay.meeting,
        "asked": asked,
        "second": min(second, replay.length),
        "chapters": replay.chapters,
        "transcript": chapters,
        "found": sum(len(each.words) for each in chapters),
        "questions": questions,
        "unanswered": sum(each.right is None for each in questions),
        "marks": [each.second for each in questions if each.right is None],
        "viewing": viewing_of(replay, request.user),
        "attestation": attestation_of(replay, request.user),
        "threshold": THRESHOLD,
        "learner": request.user.has_perm(Perm.LEARN),
    }
    return render(request, "training/replay.html", context)


@require_safe
@allowed(Perm.WATCH)
def media(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The recording, or the range asked of it."""
    replay = _seen(request, key)
    etag, size = f'"{replay.digest}"', replay.size
    answer: HttpResponseBase
    if request.headers.get("If-None-Match") in {etag, "*"}:
        answer = HttpResponseNotModified()
    elif request.method == "HEAD":
        answer = HttpResponse(content_type=replay.mime)
        answer["Content-Length"] = size
    else:
        answer = _bytes(request, replay, etag)
    answer["ETag"], answer["Accept-Ranges"] = etag, "bytes"
    answer["Content-Disposition"] = "inline"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _bytes(request: SignedIn, replay: Replay, etag: str) -> HttpResponseBase:
    size = replay.size
    try:
        part = asked_part(request.headers.get("Range", ""), size)
    except Unsatisfiable:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    if part is None or request.headers.get("If-Range", etag) != etag:
        whole = StreamingHttpResponse(bytes_of(replay, Part(0, size - 1)), content_type=replay.mime)
        whole["Content-Length"] = str(size)
        return whole
    part = Part(part.first, min(part.last, part.first + MOST_SENT - 1))
    answer = HttpResponse(b"".join(bytes_of(replay, part)), status=206, content_type=replay.mime)
    answer["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    answer["Content-Length"] = str(len(part))
    return answer


@require_safe
@allowed(Perm.WATCH)
def captions(request: SignedIn, key: UUID) -> HttpResponse:
    replay = _seen(request, key)
    answer = HttpResponse(captions_vtt(replay.cues), content_type=VTT)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_POST
@allowed(Perm.WATCH)
def seen(request: SignedIn, key: UUID) -> HttpResponse:
    """What the page has played: `spans`, « 0-15,40-55 » in seconds."""
    replay = _seen(request, key)
    try:
        told = _spans(request.POST.get("spans", ""))
    except ValueError:
        return JsonResponse({}, status=400)
    try:
        viewing, attested = tell_seen(replay=replay, told=told, by=request.user, now=clock.now())
    except Busy:
        return JsonResponse({}, status=503)
    return JsonResponse({"percent": viewing.percent, "attested": attested})


def _spans(text: str) -> list[Seconds]:
    """Raises ValueError."""
    pairs = [each.split("-") for each in text.split(",") if each]
    if len(pairs) > MOST_SPANS or any(len(each) > 7 for pair in pairs for each in pair):
        raise ValueError("too much at once")
    return [(int(start), int(end)) for start, end in pairs]


@require_POST
@allowed(Perm.WATCH)
def answer(request: SignedIn, key: UUID, uid: UUID) -> HttpResponse:
    """Commit an answer: it is told right or wrong on the page, and changes no more."""
    replay = _seen(request, key)
    question = replay.questions.filter(uid=uid, withdrawn_at=None).first()
    if question is None:
        raise Http404
    chosen = request.POST.getlist("choice")
    try:
        answer_question(question=question, chosen=chosen, by=request.user, now=clock.now())
    except Unanswerable as refusal:
        messages.error(request, str(UNANSWERED[refusal.code]))
    except Busy as busy:
        messages.error(request, str(busy))
    else:
        messages.success(request, _("Réponse notée."))
    return redirect(f"{reverse('training:replay', args=[key])}?t={question.second}#q-{uid}")
