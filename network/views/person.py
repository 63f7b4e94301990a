"""Who is behind a request: an account, or the patient whom a personal link lets in."""

from django.http import HttpRequest

ENTRY = "personal_link"
"""Where a session keeps the link by which it was opened: for a patient's own pages alone."""


def person_of(request: HttpRequest) -> str:
    """A name for this person alone, the same from one session to the next; empty for nobody."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    entry = request.session.get(ENTRY)
    return f"patient {entry['patient']}" if entry else ""
