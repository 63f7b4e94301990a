"""The coordination's queue, one request with all its pieces, its answer in two screens."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from network.access import Perm
from network.actions.decisions import answer
from network.actions.patients import note_readings
from network.actions.requests import ask_again, complete_file, join_files, tell_apart
from network.enums import Addressee, Move
from network.exports.request_letter import doctor_lines, letter_pdf, prefilled
from network.forms.request import AnswerForm, CompleteForm, LettersForm, QueueForm
from network.models import Patient, RequestLetter
from network.pathway import DELAY_DAYS, MOVES, Clocks, Delays, Urgency, clocks
from network.selectors import care
from network.selectors.decision_delays import decision_delays
from network.selectors.requests import (
    UNDECIDED,
    missing_of,
    queue,
    referrals_of,
    request_of,
    rows,
    totals,
    twins_of,
)
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, page_of, show_form
from portal.kit import clock, panels, words
from portal.kit.access import allowed

FEW = 10
"""Incomplete requests shown under the queue; the rest has its own view."""


def clock_words(found: Clocks) -> dict[str, str]:
    """The clock as the queue shows it: days left in words, what it means, how urgent."""
    if found.left is None or found.due_on is None:
        waited = words.plural(found.since_received, _("jour"), _("jours"))
        return {"days": waited, "detail": _("depuis la réception"), "urgency": ""}
    urgency = {Urgency.LATE: "late", Urgency.URGENT: "late"}.get(found.urgency, "")
    if found.left < 0:
        late = words.plural(-found.left, _("jour"), _("jours"))
        days, detail = f"{words.MINUS}\u202f{late}", _("en retard")
    else:
        days = words.plural(found.left, _("jour"), _("jours"))
        detail = _("d’ici le %(day)s") % {"day": words.short_day(found.due_on)}
    return {"days": days, "detail": detail, "urgency": urgency}


def median_words(found: Delays) -> str:
    """`6 jours`, `6,5 jours`; empty when nothing was decided."""
    if found.median is None:
        return ""
    if found.median.is_integer():
        return words.plural(int(found.median), _("jour"), _("jours"))
    halves = words.number(Decimal(str(found.median)), 1)
    return f"{halves}{words.NBSP}{_('jours') if found.median >= 2 else _('jour')}"


@allowed(Perm.DECIDE_REQUEST)
def request_queue(request: SignedIn) -> HttpResponse:
    today = clock.today()
    form = QueueForm(request.GET)
    search = form.search
    page = page_of(request, queue(search, today))
    shown = [(row, clock_words(row.clocks)) for row in rows(page, today)]
    filtered = bool(search.text or search.urgency or search.fast_track)
    below = []
    if not (search.incomplete or filtered) and page.number == 1:
        few = queue(QueueForm({"vue": "incompletes"}).search, today)[:FEW]
        below = [(row, clock_words(row.clocks)) for row in rows(few, today)]
    taken = decision_delays(today)
    context = {
        "delays": taken,
        "median": median_words(taken),
        "period": DELAY_DAYS,
        "form": form,
        "search": search,
        "filtered": filtered,
        "page": page,
        "rows": shown,
        "below": below,
        "totals": totals(today),
        "today": today,
    }
    return render(request, "network/requests/queue.html", context)


@allowed(Perm.DECIDE_REQUEST)
def one_request(request: SignedIn, code: str) -> HttpResponse:
    patient = get_object_or_404(request_of(code))
    form = AnswerForm(patient=patient, initial={"decided_on": clock.today()})
    return _page(request, patient, form)


def _page(request: SignedIn, patient: Patient, form: AnswerForm) -> HttpResponse:
    today = clock.today()
    note_readings(verb="request.read", patients=[patient], by=request.user, now=clock.now())
    clocks_of = clocks(patient.requested_on, patient.completed_on, today)
    context: dict[str, Any] = {
        "form": form,
        "patient": patient,
        "undecided": patient.state in UNDECIDED,
        "may_ask_again": patient.state in MOVES[Move.ASKED_AGAIN].sources,
        "clocks": clocks_of,
        "clock": clock_words(clocks_of),
        "missing": missing_of(patient),
        "complete_form": CompleteForm(initial={"on": today}),
        "referrals": referrals_of(patient),
        "panels": panels.shown("request", request, patient),
        "twins": twins_of([patient])[patient.pk] if patient.state in UNDECIDED else [],
        "former": patient.joined.all(),
        "steps": patient.steps.select_related("by").order_by("-pk"),
        "letters": patient.request_letters.all(),
        "treating": care.team(patient, today).treating_doctor,
    }
    return show_form(request, "network/requests/request.html", context)


@allowed(Perm.DECIDE_REQUEST)
def decide(request: SignedIn, code: str) -> HttpResponse:
    """Read the answer again with its letters, change them, confirm. Nothing is written before."""
    patient = get_object_or_404(request_of(code))
    typed: QueryDict | None = request.POST if request.method == "POST" else kept_input(request)
    if not typed:
        return redirect("network:request", code)
    form = AnswerForm(typed, patient=patient)
    if not form.is_valid() or "change" in typed:
        return _page(request, patient, form)
    given = form.answer
    ready = prefilled(patient, given)
    confirmed = "to_doctor" in typed
    first = {"to_doctor": ready[Addressee.DOCTOR], "to_patient": ready[Addressee.PATIENT]}
    letters = LettersForm(typed if confirmed else None, initial=first)
    if request.method == "POST" and confirmed and letters.is_valid():
        done = attempt(
            letters,
            lambda: answer(
                patient=patient,
                given=given,
                letters=letters.letters,
                by=request.user,
                now=clock.now(),
            ),
        )
        if done:
            messages.success(request, _("La réponse est enregistrée, les courriers sont prêts."))
            return redirect("network:request", code)
    referral = next(iter(referrals_of(patient)), None)
    context = {
        "form": letters,
        "answer_form": form,
        "given": given,
        "patient": patient,
        "to_doctor": doctor_lines(referral, patient, clock.today())[0],
        "has_account": patient.user_id is not None,
    }
    return show_form(request, "network/requests/letters.html", context)


@require_POST
@allowed(Perm.DECIDE_REQUEST)
def complete(request: SignedIn, code: str) -> HttpResponse:
    """The last piece came, on paper: the clock starts."""
    patient = get_object_or_404(request_of(code))
    form = CompleteForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: complete_file(
            patient=patient, on=form.cleaned_data["on"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le dossier est complet\u00a0: les 15\u00a0jours commencent."))
    else:
        reasons = [str(each) for each in form.errors.get("on", [])]
        messages.error(request, " ".join([*reasons, *map(str, form.non_field_errors())]))
    return redirect("network:request", code)


@require_POST
@allowed(Perm.DECIDE_REQUEST)
def again(request: SignedIn, code: str) -> HttpResponse:
    """Take up a request that was over."""
    patient = get_object_or_404(request_of(code))
    try:
        ask_again(patient=patient, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La demande est reprise."))
    return redirect("network:request", code)


@allowed(Perm.DECIDE_REQUEST)
def compare(request: SignedIn, code: str, kept: str) -> HttpResponse:
    """Two files side by side: one person, or two."""
    patient = get_object_or_404(request_of(code))
    other = get_object_or_404(request_of(kept))
    if request.method == "POST":
        return _compared(request, patient, other)
    note_readings(verb="request.read", patients=[patient, other], by=request.user, now=clock.now())
    context = {
        "patient": patient,
        "other": other,
        "undecided": patient.state in UNDECIDED,
        "traits": _traits(patient, other),
    }
    return render(request, "network/requests/compare.html", context)


def _compared(request: SignedIn, patient: Patient, other: Patient) -> HttpResponse:
    now, same = clock.now(), request.POST.get("do") == "same"
    try:
        if same:
            join_files(request=patient, kept=other, by=request.user, now=now)
        elif request.POST.get("do") == "two":
            tell_apart(one=patient, other=other, by=request.user, now=now)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("network:request", patient.code)
    if same:
        messages.success(request, _("La demande est réunie au dossier de cette personne."))
        return redirect("network:request", other.code)
    messages.success(request, _("C’est noté\u00a0: ce sont deux personnes."))
    return redirect("network:request", patient.code)


def _traits(one: Patient, other: Patient) -> list[tuple[str, str, str, bool]]:
    """What tells two persons apart, line by line, and whether it differs."""
    traits = [
        (_("Nom de naissance"), one.birth_name, other.birth_name),
        (_("Nom utilisé"), one.used_name, other.used_name),
        (_("Prénoms"), one.first_names, other.first_names),
        (_("Sexe"), one.sex, other.sex),
        (_("Naissance"), words.plain_day(one.birth_date), words.plain_day(other.birth_date)),
        (_("Lieu de naissance"), one.birthplace, other.birthplace),
        (_("Téléphone"), one.phone, other.phone),
        (_("E-mail"), one.email, other.email),
        (
            _("Commune"),
            f"{one.postcode} {one.city}".strip(),
            f"{other.postcode} {other.city}".strip(),
        ),
    ]
    facts = [
        (_("Dossier"), one.code, other.code),
        (
            _("Demande reçue le"),
            words.plain_day(one.requested_on),
            words.plain_day(other.requested_on),
        ),
        (_("Parcours"), one.get_state_display(), other.get_state_display()),
    ]
    compared = [
        (label, first, second, bool(first and second) and first.casefold() != second.casefold())
        for label, first, second in traits
    ]
    return [*compared, *((label, first, second, False) for label, first, second in facts)]


@require_GET
@allowed(Perm.READ_LETTER)
def letter(request: SignedIn, uid: UUID) -> HttpResponse:
    letters = RequestLetter.objects.visible_to(request.user, clock.today())
    found = get_object_or_404(
        letters.select_related("patient", "written_by", "referral__author__professional"), uid=uid
    )
    note_readings(verb="letter.read", patients=[found.patient], by=request.user, now=clock.now())
    response = HttpResponse(letter_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
