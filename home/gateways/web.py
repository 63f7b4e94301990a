"""Ask whether an address outside the portal still answers; nothing of its content is read.

An editor's link must not make the server visit its own network: names that lead to a private
address are refused, at each redirection too.
"""

import socket
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 5
AGENT = "Ariane, link check"
REFUSES_MACHINES = frozenset({401, 403, 405, 429})
"""Answers of a page that stands there, but not for a program."""


class _Careful(HTTPRedirectHandler):
    def redirect_request(self, req: Request, *args: Any, **options: Any) -> Request | None:
        return super().redirect_request(req, *args, **options)

    def http_error_302(self, req: Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        target = headers.get("Location", "")
        if urlsplit(target).scheme and not _is_public(target):
            raise URLError("private address")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def reach(address: str) -> str:
    """Why the address does not answer, in words; empty when it does. At most some seconds."""
    if not _is_public(address):
        return _("Cette adresse ne mène pas à un site public.")
    request = Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - scheme checked
    try:
        with build_opener(_Careful).open(request, timeout=SECONDS):
            return ""
    except HTTPError as error:
        error.close()
        if error.code in REFUSES_MACHINES:
            return ""
        return _("Le site répond «\u00a0%(code)s\u00a0».") % {"code": error.code}
    except (TimeoutError, URLError, OSError, HTTPException, ValueError):
        return _("Le site ne répond pas.")


def _is_public(address: str) -> bool:
    """Whether every machine of that name is on the public network."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if settings.LOCAL_LINKS:
        return True
    try:
        found = socket.getaddrinfo(parts.hostname, None)
    except OSError:
        return True  # it does not answer: the next step says so
    return all(ip_address(each[4][0]).is_global for each in found)
