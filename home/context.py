"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.kit.navigation import Link, links_for, mark_current

PUBLIC_LINKS = (
    Link(_("Patients"), "/patients/", "user"),
    Link(_("Professionnels"), "/professionnels/", "book"),
    Link(_("Le réseau"), "/reseau/", "people"),
    Link(_("Agenda"), "/agenda/", "calendar"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page without navigation reads no role."""
    return {
        "demo": settings.DEMO,
        "secretariat_phone": settings.SECRETARIAT_PHONE,
        "public_links": SimpleLazyObject(lambda: mark_current(PUBLIC_LINKS, request.path)),
        "main_links": SimpleLazyObject(lambda: links_for(request.user, request.path)),
    }
