"""What an address says by itself: the language of a page, the content policy of the editor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.utils.translation import get_language_from_path, override

EDITOR_PATH = "/redaction/"


class LanguageOfAddressMiddleware:
    """A page is read in the language of its address, French without prefix, never in the
    browser's: Django's own middleware would make every answer vary with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class EditorPolicyMiddleware:
    """Wagtail's editor writes inline scripts and styles: allow them on its path only.

    Placed after Django's policy middleware, so that the policy is set before that one writes it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = settings.SECURE_CSP | {
            "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
            "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
            "img-src": [CSP.SELF, "data:", "blob:"],
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(EDITOR_PATH):
            response._csp_config = self.policy  # type: ignore[attr-defined]
        return response
