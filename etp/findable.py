"""What « Je cherche… » finds of this room: to patients, the workshops that were opened to them; to
the coordination, those of the planning."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from etp.access import Perm
from etp.models import Opening, Workshop
from portal.kit import clock
from portal.kit.finding import Document, findable


@findable
def workshops(user: Any) -> Iterator[Document]:
    if user.has_perm(Perm.SEE_PLANNING):
        for each in Workshop.objects.filter(active=True):
            yield _document(each, f"{reverse('etp:planning')}?atelier={each.pk}")
    elif user.has_perm(Perm.BOOK):
        opened = Opening.objects.visible_to(user, now=clock.now()).open().values("workshop")
        for each in Workshop.objects.filter(pk__in=opened, active=True):
            yield _document(each, reverse("etp:mine"))  # whose it is, that page asks


def _document(workshop: Workshop, url: str) -> Document:
    return Document(
        title=workshop.title,
        url=url,
        kind=_("Atelier"),
        text=workshop.summary,
        keywords=str(workshop.get_theme_display()),
    )
