"""Addresses of the portal. Everything asks for a sign-in unless marked public."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as image
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import serve as document
from wagtail.urls import serve_pattern

from home.views import page
from portal.middleware import EDITOR_PATH

to_sign_in = login_not_required(
    RedirectView.as_view(pattern_name="account_login", query_string=True)
)

urlpatterns = [
    path("", include("portal.health")),
    # Wagtail's own sign-in would go round the second factor
    path(f"{EDITOR_PATH.lstrip('/')}login/", to_sign_in),
    path(EDITOR_PATH.lstrip("/"), include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", login_not_required(document), name="wagtaildocs_serve"),
    path("compte/", include("network.urls.account")),
    path("compte/", include("allauth.urls")),
    path("", include("network.urls")),
    path("", include("fees.urls")),
    path("", include("training.urls")),
    path("", include("etp.urls")),
    path("", include("home.urls")),
    # images of the public pages only; documents go through their own view, above
    re_path(
        r"^media/(?P<path>images/.+)$",
        login_not_required(image),
        {"document_root": settings.MEDIA_ROOT},
        name="image",
    ),
    # the pages of the editors: French without prefix, other languages under theirs
    *i18n_patterns(
        re_path(serve_pattern, page, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.broken"
