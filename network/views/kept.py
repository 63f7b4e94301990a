"""What was typed before a session ended, offered again by the view that shows the form."""

import json
import time

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from portal.kit import encrypted

from .person import person_of

KEPT = "kept_input"
"""Where the middleware leaves it in the session."""
KEPT_SECONDS = 3600


def kept_input(request: HttpRequest) -> QueryDict | None:
    """What this person had typed in the form at this address, once; None most of the time.

    In the view that shows the form::

        kept = kept_input(request)
        form = ActForm(request.POST or kept)   # bound: the fields are filled in again
        if request.method == "POST" and form.is_valid(): ...

    The notice « Votre session avait expiré » is added to the page's messages.
    """
    if request.method != "GET" or KEPT not in request.session:
        return None
    try:
        kept = json.loads(encrypted.decrypt(request.session[KEPT]))
    except (InvalidToken, ValueError):
        del request.session[KEPT]
        return None
    fresh = time.time() - kept["at"] < KEPT_SECONDS
    mine = kept["person"] == person_of(request)
    if fresh and mine and kept["path"] != request.path:
        return None
    del request.session[KEPT]
    if not (fresh and mine):
        return None
    messages.info(request, _("Votre session avait expiré\u202f; rien n’est perdu."))
    return QueryDict(kept["typed"])
