"""What search engines read: which pages exist, and which they may visit."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.selectors.site_map import public_addresses, public_pages


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    entries = [
        (request.build_absolute_uri(page.get_url(request)), page.last_published_at)
        for page in public_pages(request)
    ]
    entries += [(request.build_absolute_uri(address), None) for address in public_addresses()]
    return render(request, "home/sitemap.xml", {"entries": entries}, "application/xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri("/sitemap.xml")}
    return render(request, "home/robots.txt", context, "text/plain; charset=utf-8")
