"""« Mes inscriptions »: register in one gesture, join, give up; or from the link of a mail."""

from base64 import b64encode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.calendar import Method
from portal.kit.links import absolute
from portal.kit.money import in_cents
from portal.kit.pdf import qr_code
from portal.kit.video import video_is_open
from training.access import Perm
from training.actions import registrations as act
from training.actions.meeting_mails import appointment_of, calendar_of
from training.enums import Mode, Profile, Survey, Vat
from training.exports.agenda import CALENDAR
from training.models import Meeting, Registration, Replay, WebinarIndexPage
from training.rules.price import split
from training.rules.registration import may_cancel
from training.rules.surveys import is_open
from training.selectors.meetings import coming_registrations, own_registrations, pages_of, rank_of
from training.selectors.payments import due_back, payments_of
from training.selectors.surveys import calls_of
from training.tokens import read_registration, survey_token
from training.views.checkout import may_lead_to_checkout

HERE = (Mode.ON_SITE, Mode.VIDEO)


@never_cache
@allowed(Perm.LEARN)
def mine(request: SignedIn) -> HttpResponse:
    coming = coming_registrations(request.user, now=clock.now())
    others = own_registrations(request.user).exclude(pk__in=[each.pk for each in coming])
    context = {
        "coming": coming,
        "page": page_of(request, others),
        "agenda": WebinarIndexPage.objects.live().first(),
    }
    return render(request, "training/registrations.html", context)


@require_POST
@allowed(Perm.LEARN)
def register(request: SignedIn, key: UUID) -> HttpResponse:
    """One gesture from the public page: nothing to type, who one is is known."""
    meeting = get_object_or_404(Meeting, key=key)
    mode = next((each for each in HERE if each == request.POST.get("mode")), None)
    if mode is None:
        return _back(meeting)
    try:
        made = act.register(
            meeting=meeting,
            mode=mode,
            by=request.user,
            now=clock.now(),
            profile=next((p for p in Profile if p == request.POST.get("profile")), None),
        )
    except (act.Refused, act.Busy) as refusal:
        messages.error(request, str(refusal))
        return _back(meeting)
    return redirect("training:registration", made.uid)


@require_POST
@allowed(Perm.LEARN)
def wish(request: SignedIn, key: UUID) -> HttpResponse:
    """Be told once the date is fixed, or no more."""
    meeting = get_object_or_404(Meeting, key=key)
    if "stop" in request.POST:
        act.forget_date(meeting=meeting, by=request.user)
        messages.success(request, _("C’est noté\u00a0: vous ne recevrez rien."))
    elif act.ask_for_date(meeting=meeting, by=request.user, now=clock.now()):
        messages.success(
            request, _("C’est noté\u00a0: un mail vous dira la date dès qu’elle est fixée.")
        )
    return _back(meeting)


def _back(meeting: Meeting) -> HttpResponse:
    """The public page of a meeting, or one's own list once it is withdrawn."""
    page = pages_of([meeting.key]).get(meeting.key)
    return redirect(page.url if page and page.url else "training:registrations")


def _own(request: SignedIn, uid: UUID) -> Registration:
    rows = Registration.objects.filter(person=request.user).select_related("meeting", "person")
    found: Registration = get_object_or_404(rows, uid=uid)
    return found


@never_cache
@allowed(Perm.LEARN)
def one(request: SignedIn, uid: UUID) -> HttpResponse:
    """One registration. Back from the card service, it says what is known: nothing is decided."""
    found = _own(request, uid)
    context = shown(found) | {"returned": "retour" in request.GET, "payments": payments_of(found)}
    if found.mode == Mode.ON_SITE:
        drawn = qr_code(absolute(reverse("training:arrival", args=[uid])))
        context["entry_code"] = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
    answer = render(request, "training/registration.html", context)
    if found.is_paying:
        may_lead_to_checkout(answer)
    return answer


def shown(found: Registration) -> dict[str, object]:
    """What the page of a registration tells, signed in or by the link of a mail."""
    now, meeting = clock.now(), found.meeting
    starts, ends = meeting.starts_at, meeting.ends_at
    standing = found.is_booked and meeting.cancelled_at is None
    remote = found.mode == Mode.VIDEO
    return {
        "registration": found,
        "meeting": meeting,
        "page": pages_of([meeting.key]).get(meeting.key),
        "rank": rank_of(found),
        "coming": standing and (ends is None or now < ends),
        "remote": remote,
        "open": bool(
            standing
            and remote
            and starts
            and ends
            and video_is_open(starts_at=starts, ends_at=ends, now=now)
        ),
        "surveys": [
            (each, survey_token(each.uid) if is_open(Survey(each.moment), each.since, now) else "")
            for each in calls_of(meeting, found.person)
        ],
        "replay": Replay.objects.visible_to(found.person).filter(meeting=meeting).exists(),
        "may_cancel": found.is_live and may_cancel(meeting.terms, now),
        "paid": bool(found.price) and found.is_booked,
        "back": due_back(found, now=now),
        "tax": split(in_cents(found.price), Vat(meeting.vat)).tax,
    }


@require_POST
@allowed(Perm.LEARN)
def give_up(request: SignedIn, uid: UUID) -> HttpResponse:
    _cancel(request, _own(request, uid), mailed=False)
    return redirect("training:registration", uid)


def _cancel(request: HttpRequest, found: Registration, *, mailed: bool) -> None:
    by = None if mailed else found.person
    try:
        act.cancel(registration=found, by=by, now=clock.now())
    except (act.Refused, act.Busy) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("C’est noté, vous ne viendrez pas. Merci d’avoir prévenu."))


@require_GET
@allowed(Perm.LEARN)
def download(request: SignedIn, uid: UUID) -> HttpResponse:
    """The calendar file of one registration."""
    found = _own(request, uid)
    if found.meeting.starts_at is None:
        raise Http404
    gone = not found.is_booked or found.meeting.cancelled_at is not None
    event = appointment_of(found, now=found.meeting.changed_at, cancelled=gone)
    text = calendar_of([event], method=Method.CANCEL if gone else Method.PUBLISH)
    answer = HttpResponse(text, content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="rencontre.ics"'
    return answer


def _mailed(token: str) -> Registration:
    uid = read_registration(token)
    if uid is None:
        raise Http404
    rows = Registration.objects.select_related("meeting", "person")
    found: Registration = get_object_or_404(rows, uid=uid)
    return found


@never_cache
@login_not_required
@require_GET
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for who comes from a mail. Opening it changes nothing: scanners open links."""
    context = shown(_mailed(token)) | {"token": token}
    answer = render(request, "training/registration_mailed.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@login_not_required
@require_POST
def mailed_give_up(request: HttpRequest, token: str) -> HttpResponse:
    _cancel(request, _mailed(token), mailed=True)
    return redirect("training:registration_mailed", token)
