"""The door of the editor: the role decides, whatever the groups of Wagtail say."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from home.access import Perm
from home.actions.editors import keep_groups
from portal.middleware import EDITOR_PATH


class EditorDoorMiddleware:
    """Refuse the editor's pages to those without the role, and bring the groups of the others
    in step, so that a lost event neither keeps an editor out nor leaves a former one in.

    Anonymous visitors pass: the sign-in requirement answers them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(EDITOR_PATH) and request.user.is_authenticated:
            if not request.user.has_perm(Perm.OPEN_EDITOR):
                raise PermissionDenied
            keep_groups(user=request.user)
        return self.get_response(request)
