"""What « Je cherche… » finds of this room: modules, cases, lessons, meetings to come."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from portal.kit import clock
from portal.kit.finding import Document, findable
from training.access import Perm
from training.models import LessonPage, ModulePage, VignettePage, WebinarPage


@findable
def courses(user: Any) -> Iterator[Document]:
    """Their public summaries; lessons for who may learn."""
    kinds: dict[type[Page], str] = {ModulePage: _("Module"), VignettePage: _("Cas clinique")}
    if user.has_perm(Perm.LEARN):
        kinds[LessonPage] = _("Leçon")
    for model, kind in kinds.items():
        for page in model.objects.live().public().filter(locale=Locale.get_default()):
            if page.url:
                topic = page.get_topic_display() if hasattr(page, "get_topic_display") else ""
                yield Document(
                    page.title, page.url, kind, page.summary, f"{topic} {_('formation')}"
                )


@findable
def webinars(user: Any) -> Iterator[Document]:
    """Those to come: a past one teaches nothing to who looks for help."""
    coming = WebinarPage.objects.live().public().filter(held_on__gte=clock.today())
    for page in coming.filter(locale=Locale.get_default()):
        if page.url:
            yield Document(
                title=page.title,
                url=page.url,
                kind=_("Webinaire ou journée"),
                text=page.summary,
                keywords=f"{page.theme} {_('webinaire formation')}",
            )
