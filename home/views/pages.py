"""The editors' pages, in the language of their address."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site
from wagtail.views import serve


@login_not_required
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view; while the front page has no translation, its address does not exist."""
    language = get_language()
    site = Site.find_for_request(request) if language != settings.LANGUAGE_CODE else None
    if site and site.root_page.localized.locale.language_code != language:
        raise Http404
    response: HttpResponse = serve(request, path)
    return response
