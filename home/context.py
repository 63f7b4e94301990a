"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.selectors.navigation import public_links
from portal.kit.navigation import links_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page without navigation reads no role."""
    return {
        "demo": settings.DEMO,
        "secretariat_phone": settings.SECRETARIAT_PHONE,
        "public_links": SimpleLazyObject(lambda: public_links(request)),
        "main_links": SimpleLazyObject(lambda: links_for(request.user, request.path)),
    }
