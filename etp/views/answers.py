"""Trying a gesture on places and sessions, and telling what refuses it."""

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _

from etp.actions.sessions import Impossible
from etp.actions.steps import Busy, Refused
from etp.rules.booking import No
from etp.wording import Words, explain
from network.views.pages import SignedIn


def in_words(no: No) -> Words:
    """A refusal as coordination reads it."""
    return explain(no.reason, at=no.because.starts_at if no.because else None, staff=True)


def tried(request: SignedIn, gesture: Callable[[], object]) -> bool:
    """Run the gesture; False when it is refused, and why is told on the next page."""
    try:
        gesture()
    except Refused as refused:
        words = in_words(refused.no)
        messages.error(request, _("Rien n’est enregistré. %(why)s %(onward)s") % _as_text(words))
        return False
    except (Busy, Impossible) as refused:
        messages.error(request, str(refused))
        return False
    return True


def key_of(text: str | None) -> int:
    """A key sent by a form; 0, which is nobody's, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


def _as_text(words: Words) -> dict[str, str]:
    return {"why": str(words.why), "onward": str(words.onward)}
