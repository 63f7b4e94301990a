"""The frame of a page that all may read, signed in or not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def reader_of(request: HttpRequest) -> dict[str, Any]:
    """`reader`, the person signed in or None, and the `frame` of a page that all may read.

    A visitor gets the public frame, without token nor nonce, and no session is looked for: one
    copy serves them all. A preview has a person and no cookie.
    """
    preview = getattr(request, "is_preview", False)
    known = preview or settings.SESSION_COOKIE_NAME in request.COOKIES
    reader = request.user if known and request.user.is_authenticated else None
    return {"reader": reader, "frame": f"layouts/{'page' if reader else 'public'}.html"}
