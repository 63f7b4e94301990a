"""On whose behalf a patient's page is asked: by sign-in, or by a personal link, never both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.models import Patient, PersonalLink, User
from network.rules.links import ENTRY_LASTS
from network.selectors.links import entered
from network.selectors.patients import own_files
from portal.kit import clock

from .kept import KEPT
from .person import ENTRY


@dataclass(frozen=True, slots=True)
class Who:
    """`user`: the account, None when the link's address has none. `patients`: one at least."""

    user: User | None
    patients: tuple[Patient, ...]
    by_link: bool = False

    def patient(self, code: str = "") -> Patient:
        """The person that the page is about: the one named, or the first. Raises Http404."""
        for each in self.patients:
            if code in ("", each.code):
                return each
        raise Http404

    @property
    def keys(self) -> list[int]:
        return [each.pk for each in self.patients]


View = Callable[..., HttpResponse]


def for_patients(perm: str) -> Callable[[View], View]:
    """Open a view to patients who hold `perm`, or who entered by a link; gives it a `Who`.

    It never shares its answer with a cache, nor its address with another site.
    """

    def decorate(view: View) -> View:
        @never_cache
        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = who_asks(request, perm)
            if who is None:
                return redirect_to_login(request.get_full_path())
            return view(request, who, *args, **kwargs)

        guarded.perm = perm  # type: ignore[attr-defined]
        return guarded

    return decorate


def who_asks(request: HttpRequest, perm: str) -> Who | None:
    """Raises PermissionDenied for an account that is no patient's, Http404 without a file."""
    now, today = clock.now(), clock.today()
    if request.user.is_authenticated:
        if not request.user.has_perm(perm):
            raise PermissionDenied
        patients = tuple(own_files(request.user, today))
        if not patients:
            raise Http404
        return Who(request.user, patients)
    entry = request.session.get(ENTRY)
    if entry is None:
        return None
    fresh = now < datetime.fromisoformat(entry["until"])
    link = entered(entry["link"], now, today) if fresh else None
    if link is None:
        request.session.flush()
        messages.info(
            request,
            _(
                "Votre accès par le lien est terminé. Rouvrez le lien de votre mail, ou entrez avec"
                " un code."
            ),
        )
        return None
    return Who(link.user, (link.patient,), by_link=True)


def enter(request: HttpRequest, link: PersonalLink) -> None:
    """Open these pages, and no other, for half a day; the session's key is a new one.

    Of the session before, only what was typed in a form stays: it bears its person's name.
    """
    kept = request.session.get(KEPT)
    request.session.flush()
    until = clock.now() + ENTRY_LASTS
    request.session[ENTRY] = {
        "link": link.pk,
        "patient": link.patient_id,
        "until": until.isoformat(),
    }
    if kept:
        request.session[KEPT] = kept
    request.session.set_expiry(int(ENTRY_LASTS.total_seconds()))
