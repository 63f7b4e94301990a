"""Two guards of every request: the second factor, and what was typed before a session ended."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from network.selectors.accounts import has_factor, is_protected
from network.views.kept import KEPT
from network.views.person import person_of
from portal.kit import encrypted

Handler = Callable[[HttpRequest], HttpResponse]

SET_UP = frozenset(
    {
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_logout",
        "account_reauthenticate",
    }
)
"""What a protected account without second factor may open."""


class SecondFactorMiddleware:
    """Whoever holds a protected role works only in a session that passed a second factor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _has_session(request) or not request.user.is_authenticated:
            return None
        user = request.user
        if not is_protected(user) or passed_factor(request):
            return None
        if has_factor(user):
            logout(request)
            messages.warning(request, _("Entrez avec votre second facteur."))
            return redirect(settings.LOGIN_URL)
        if request.resolver_match and request.resolver_match.view_name in SET_UP:
            return None
        return redirect("mfa_activate_totp")


def passed_factor(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


LAST_PERSON = "ariane_personne"
KEPT_SIZE = 32_768
LEAVING = ("account_logout", "network:leave_link")
SECRETS = re.compile(r"csrf|password|iban|credential|^code$")
"""Names of the fields that are never kept."""


class KeptInputMiddleware:
    """What a form held when its session had ended is offered again after sign-in.

    A POST that is sent to the sign-in page leaves its fields, encrypted, in the new anonymous
    session, under the address of the form and the person who was signed in, or whom a personal
    link had let in (a signed cookie says who, without being a right to anything). After sign-in, or
    from the link again, a view takes them back with
    `views.kept.kept_input(request)`; another person, another page, an hour later or a sign-out
    find nothing.
    Files, passwords, codes and bank details are not kept, and nothing is ever sent by itself.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.view_name in LEAVING and request.method == "POST":
            response.delete_cookie(LAST_PERSON)
        elif _has_session(request) and (person := person_of(request)):
            self._remember_person(request, response, person)
        elif request.method == "POST" and _sent_to_sign_in(response):
            self._keep(request)
        return response

    def _remember_person(self, request: HttpRequest, response: HttpResponse, person: str) -> None:
        if _last_person(request) != person:
            response.set_signed_cookie(
                LAST_PERSON,
                person,
                salt=LAST_PERSON,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )

    def _keep(self, request: HttpRequest) -> None:
        person = _last_person(request)
        fields = request.POST.copy()
        for name in list(fields):
            if SECRETS.search(name.lower()):
                del fields[name]
        typed = fields.urlencode()
        if not person or not fields or len(typed) > KEPT_SIZE:
            return
        kept = {"person": person, "path": request.path, "typed": typed, "at": time.time()}
        request.session[KEPT] = encrypted.encrypt(json.dumps(kept))


def _has_session(request: HttpRequest) -> bool:
    """Without its cookie there is nobody: public pages never touch the session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _last_person(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(LAST_PERSON, default="", salt=LAST_PERSON) or "")


def _sent_to_sign_in(response: HttpResponse) -> bool:
    if not isinstance(response, HttpResponseRedirect):
        return False
    return response.url.partition("?")[0] == resolve_url(settings.LOGIN_URL)
