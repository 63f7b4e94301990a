"""A patient's questionnaire: one question a screen, kept at each answer, sent when read again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions.patients import note_readings
from network.actions.questionnaire import BegunByAnother, Closed, hand_in, save_answer
from network.forms.questionnaire import AnswerForm
from network.models import Questionnaire
from network.rules.instruments import Kind, Value
from network.rules.questionnaire import Question
from network.selectors import questionnaires as select
from network.views.answering import Answering, answerer_of, for_answering, home_of
from network.views.pages import typed
from network.views.who import Who, for_patients
from portal.kit import clock
from portal.kit.own_pages import pages_of

DISPLAY = "questionnaire_display"
"""Where a session keeps how its person likes to read: `large`, `strong`."""
SKIP, PAUSE = "skip", "pause"


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    answering: Answering | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the questionnaire, in the size and contrast that the person chose."""
    shared: dict[str, Any] = {"display": request.session.get(DISPLAY, [])}
    if answering:
        shared |= {"answering": answering, "filling": answering.filling}
    return render(
        request, f"network/questionnaire/{template}.html", shared | context, status=status
    )


@for_patients(Perm.ANSWER_QUESTIONS)
def own_questionnaire(request: HttpRequest, who: Who) -> HttpResponse:
    """What waits for answers, what was answered, and the other own pages."""
    patient, today = who.patient(request.GET.get("pour", "")), clock.today()
    waiting = select.waiting(patient)
    answerer = answerer_of(who.user, patient)
    page = {
        "who": who,
        "patient": patient,
        "query": f"?pour={patient.code}" if len(who.patients) > 1 else "",
        "own": answerer.role == "patient",
        "filling": select.filling(waiting, on=today) if waiting else None,
        "by_another": waiting is not None and not answerer.may_go_on(waiting),
        "answered": select.own_answered(patient, select.reader_of(who.user, patient)),
        "others": [
            each
            for each in pages_of(who.user, patient)
            if each.href != reverse("network:own_questionnaire")
        ],
    }
    return show(request, "home", page)


@for_answering
def question(request: HttpRequest, answering: Answering, rank: int) -> HttpResponse:
    """One question. `relire` in the address leads back to the page where all is read again."""
    asked = answering.filling.question(rank)
    if asked is None:
        raise Http404
    do = request.POST.get("do", "")
    form = AnswerForm(
        typed(request) if do != SKIP else None,
        item=asked.item,
        given=answering.filling.answers.get(asked.key),
    )
    if request.method == "POST":
        answer = _posted(form, asked, do)
        if answer is not None:
            return _keep(request, answering, asked, answer[0], do)
        if do == PAUSE:
            return redirect("network:questionnaire_pause", answering.questionnaire.uid)
    page = {
        "form": form,
        "question": asked,
        "passed": asked.key in answering.filling.answers
        and answering.filling.answers[asked.key] is None,
        "back": _before(answering, rank),
        "again": "relire" in request.GET,
        "minutes": max(answering.filling.minutes, 1),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "question", page, answering=answering, status=status)


def _posted(form: AnswerForm, asked: Question, do: str) -> tuple[Value] | None:
    """The answer that was sent, alone in its box; None when there is nothing to keep."""
    if do == SKIP:
        return (None,)
    empty = asked.item.scale.kind is Kind.TEXT and not form.data.get("answer", "").strip()
    if empty and do != PAUSE:
        return (None,)
    return (form.value,) if form.is_valid() else None


def _keep(
    request: HttpRequest, answering: Answering, asked: Question, value: Value, do: str
) -> HttpResponse:
    uid = answering.questionnaire.uid
    try:
        alarming = save_answer(
            questionnaire=answering.questionnaire,
            instrument=asked.instrument.id,
            item=asked.item.id,
            value=value,
            answerer=answering.answerer,
            now=clock.now(),
        )
    except (Closed, BegunByAnother):  # meanwhile, on another device
        return redirect(answering.home)
    if alarming:
        return redirect(reverse("network:questionnaire_help", args=[uid]) + f"?apres={asked.rank}")
    if do == PAUSE:
        return redirect("network:questionnaire_pause", uid)
    return redirect(_after(answering, asked.rank, again="relire" in request.GET))


def _after(answering: Answering, rank: int, *, again: bool = False) -> str:
    """The next question, or the page where all is read again."""
    uid = answering.questionnaire.uid
    if again or rank >= answering.filling.total:
        return reverse("network:questionnaire_check", args=[uid])
    return reverse("network:questionnaire_question", args=[uid, rank + 1])


def _before(answering: Answering, rank: int) -> str:
    uid = answering.questionnaire.uid
    if rank == 1:
        return answering.home
    return reverse("network:questionnaire_question", args=[uid, rank - 1])


@for_answering
def pause(request: HttpRequest, answering: Answering) -> HttpResponse:
    """All is kept; how to come back, from this device or another."""
    return show(request, "pause", {}, answering=answering)


@for_answering
def help_now(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Whom to call at once. After an answer that was signalled, it also says so."""
    rank = _rank(request.GET.get("apres", ""))
    page = {
        "signalled": answering.questionnaire.alerts.exists(),
        "onward": _after(answering, rank) if rank else answering.home,
    }
    return show(request, "help", page, answering=answering)


@for_answering
def check(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Every answer, each with its link to change it; the button sends, once for all."""
    refused = ""
    if request.method == "POST":
        try:
            sent = hand_in(
                questionnaire=answering.questionnaire,
                answerer=answering.answerer,
                now=clock.now(),
            )
        except ValidationError as refusal:
            refused = " ".join(refusal.messages)
        except (Closed, BegunByAnother):
            return redirect(answering.home)
        else:
            return _sent(request, answering, sent)
    page = {"missing": answering.filling.total - answering.filling.done, "refused": refused}
    return show(request, "check", page, answering=answering, status=422 if refused else 200)


def _sent(request: HttpRequest, answering: Answering, sheet: Questionnaire) -> HttpResponse:
    if answering.who is None:
        messages.success(request, _("Le questionnaire papier est enregistré."))
        return redirect(answering.home)
    return redirect("network:questionnaire_sent", sheet.uid)


@for_patients(Perm.ANSWER_QUESTIONS)
def sent(request: HttpRequest, who: Who, uid: Any) -> HttpResponse:
    """It has arrived, who reads it, and what happens next."""
    sheet = Questionnaire.objects.sent().filter(uid=uid, patient__in=who.keys).first()
    if sheet is None or not select.is_own(sheet, select.reader_of(who.user, sheet.patient)):
        raise Http404
    page = {
        "questionnaire": sheet,
        "home": home_of(who, sheet.patient),
        "answers": reverse("network:own_answers") + _for(who, sheet),
        "signalled": sheet.alerts.exists(),
        "others": [
            each
            for each in pages_of(who.user, sheet.patient)
            if each.href != reverse("network:own_questionnaire")
        ],
    }
    return show(request, "sent", page)


def _for(who: Who, sheet: Questionnaire) -> str:
    return f"?pour={sheet.patient.code}" if len(who.patients) > 1 else ""


@for_patients(Perm.ANSWER_QUESTIONS)
def own_answers(request: HttpRequest, who: Who) -> HttpResponse:
    """One's own answers, and how the figures moved, without any judgement."""
    patient, today = who.patient(request.GET.get("pour", "")), clock.today()
    answered = select.own_answered(patient, select.reader_of(who.user, patient))
    if who.user:  # who comes by a mailed link is told when it opens
        verb = "questionnaire.read"
        note_readings(verb=verb, patients=[patient], by=who.user, now=clock.now())
    page = {
        "who": who,
        "patient": patient,
        "home": home_of(who, patient),
        "sheets": [(each, select.parts_of(each, on=today)) for each in answered],
        "curves": select.curves(answered),
    }
    return show(request, "answers", page)


@require_POST
@for_answering
def display(request: HttpRequest, answering: Answering) -> HttpResponse:
    """Larger letters, stronger contrast: kept as long as the session."""
    chosen = set(request.session.get(DISPLAY, []))
    request.session[DISPLAY] = sorted(chosen ^ (set(request.POST) & {"large", "strong"}))
    rank = _rank(request.POST.get("rank", ""))
    if answering.filling.question(rank) is None:
        return redirect(answering.home)
    return redirect("network:questionnaire_question", answering.questionnaire.uid, rank)


def _rank(text: str) -> int:
    """The rank of a question sent by a page; 0, which is none, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
