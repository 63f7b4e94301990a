"""A refused publication is an answer, never a breakdown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from portal.middleware import EDITOR_PATH
from training.models import PublishRefused


class PublishRefusedMiddleware:
    """Say why, on the page to mend: wherever the editor publishes from (alone, several at once,
    at the end of a workflow), the text is kept as a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PublishRefused) or not request.path.startswith(EDITOR_PATH):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"success": False, "error_message": str(error)}, status=400)
        messages.error(request, str(error))
        if error.page_id is None:
            return redirect("wagtailadmin_explore_root")
        return redirect("wagtailadmin_pages:edit", error.page_id)
