"""A form whose page keeps it as it is typed: the quiet answers to its script, and its stamp."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

ELSEWHERE = _(
    "Ce brouillon a été changé ailleurs depuis l’ouverture de cette page. Rien n’est perdu\u00a0: "
    "votre texte est ici, l’autre version plus bas. Réunissez-les, puis enregistrez."
)
RELOAD = _(
    "Ce brouillon a été changé ailleurs. Pressez «\u00a0Garder le brouillon\u00a0» pour voir les "
    "deux versions."
)


def is_quiet(request: HttpRequest) -> bool:
    """Whether the page's script keeps the draft, rather than somebody who pressed a button."""
    return request.method == "POST" and "quiet" in request.POST


def kept(stamp: str) -> HttpResponse:
    """The draft is kept: the page now shows this one."""
    return HttpResponse(status=204, headers={"X-Shown": stamp})


def not_kept(form: Form) -> HttpResponse:
    """Why not, in one sentence for the page; nothing was written."""
    reasons = [str(each) for messages in form.errors.values() for each in messages]
    return HttpResponse(" ".join(reasons), status=409, content_type="text/plain; charset=utf-8")


def shown_by(request: HttpRequest, back: QueryDict | None, stamp: str) -> str | None:
    """The stamp to put on the page: what was typed on it keeps its own."""
    typed = request.POST if request.method == "POST" else back
    return typed.get("shown") if typed is not None else stamp
