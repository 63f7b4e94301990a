"""Who answers a questionnaire: a patient, a representative, or the coordination from a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.access import Perm
from network.actions.questionnaire import Answerer
from network.enums import AnsweredAs
from network.models import Patient, Questionnaire, User
from network.selectors.patients import own_files
from network.selectors.questionnaires import Filling, filling, reader_of
from network.views.who import Who, who_asks
from portal.kit import clock


@dataclass(frozen=True, slots=True)
class Answering:
    """A questionnaire open before somebody who may answer it. `who`: None for the coordination."""

    filling: Filling
    answerer: Answerer
    who: Who | None

    @property
    def questionnaire(self) -> Questionnaire:
        return self.filling.questionnaire

    @property
    def patient(self) -> Patient:
        return self.questionnaire.patient

    @property
    def on_paper(self) -> bool:
        return self.who is None

    @property
    def home(self) -> str:
        """Where one comes back to: the patient's own page, or the file."""
        if self.who is None:
            return reverse("network:patient_questionnaire", args=[self.patient.code])
        return home_of(self.who, self.patient)


View = Callable[..., HttpResponse]


def home_of(who: Who, patient: Patient) -> str:
    """The address of a patient's questionnaire, which says for whom when there are several."""
    query = f"?pour={patient.code}" if len(who.patients) > 1 else ""
    return reverse("network:own_questionnaire") + query


def for_answering(view: View) -> View:
    """Open a view to whoever may go on with this questionnaire; gives it an `Answering`.

    What was sent, or begun by somebody else, leads back to the page that says so.
    """

    @never_cache
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, uid: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        found = _answering(request, uid)
        if found is None:
            return redirect_to_login(request.get_full_path())
        sheet = found.questionnaire
        if sheet.sent_at or sheet.withdrawn_at or not found.answerer.may_go_on(sheet):
            if found.on_paper and not sheet.sent_at and not sheet.withdrawn_at:
                messages.info(request, _("Cette personne a commencé à répondre en ligne."))
            return redirect(found.home)
        return view(request, found, *args, **kwargs)

    guarded.perm = Perm.TYPE_ANSWERS  # type: ignore[attr-defined]
    return guarded


def _answering(request: HttpRequest, uid: UUID) -> Answering | None:
    today = clock.today()
    sheets = Questionnaire.objects.select_related("patient")
    if request.user.is_authenticated and request.user.has_perm(Perm.FOLLOW_QUESTIONNAIRES):
        sheet = get_object_or_404(sheets.visible_to(request.user, today), uid=uid)
        if not own_files(request.user, today).filter(pk=sheet.patient_id).exists():
            answerer = Answerer(AnsweredAs.COORDINATION, request.user)
            return Answering(filling(sheet, on=today), answerer, None)
    who = who_asks(request, Perm.TYPE_ANSWERS)
    if who is None:
        return None
    sheet = get_object_or_404(sheets, uid=uid, patient__in=who.keys)
    return Answering(filling(sheet, on=today), answerer_of(who.user, sheet.patient), who)


def answerer_of(user: User | None, patient: Patient) -> Answerer:
    """The patient, or who represents a minor."""
    represents = reader_of(user, patient).represents
    return Answerer(AnsweredAs.REPRESENTATIVE if represents else AnsweredAs.PATIENT, user)
