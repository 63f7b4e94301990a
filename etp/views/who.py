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

from etp.access import Perm
from etp.models import PersonalLink
from etp.rules.links import ENTRY_LASTS
from etp.selectors.links import entered
from network.models import Patient, User
from network.selectors.patients import own_files
from portal.kit import clock

ENTRY = "etp_entry"
"""Where a session keeps the link by which it was opened: for these pages alone."""


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


def for_patients(view: View) -> View:
    """Open a view to patients, signed in or entered by a personal link; gives it a `Who`.

    It never shares its answer with a cache, nor its address with another site.
    """

    @never_cache
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = _who(request)
        if who is None:
            return redirect_to_login(request.get_full_path())
        return view(request, who, *args, **kwargs)

    guarded.perm = Perm.BOOK  # type: ignore[attr-defined]
    return guarded


def _who(request: HttpRequest) -> Who | None:
    """Raises PermissionDenied for an account that is no patient's, Http404 without a file."""
    now, today = clock.now(), clock.today()
    if request.user.is_authenticated:
        if not request.user.has_perm(Perm.BOOK):
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
    """Open these pages, and no other, for half a day; the session's key is a new one."""
    request.session.flush()
    until = clock.now() + ENTRY_LASTS
    request.session[ENTRY] = {"link": link.pk, "until": until.isoformat()}
    request.session.set_expiry(int(ENTRY_LASTS.total_seconds()))
