"""What waits for those who sign: pages to read again, because a card has changed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kit import dashboard
from training.access import Perm
from training.selectors.evidence import count_to_read_again


@dashboard.todos(Perm.SIGN_SCIENCE, order=45)
def pages_whose_card_changed(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Published pages that quote a card changed since they were published."""
    count = count_to_read_again()
    if count:
        yield dashboard.Todo(
            title=_("Relire ce qui cite une fiche de preuve changée"),
            href=reverse("training:cards"),
            note=ngettext(
                "%(count)s page publiée cite une fiche qui a changé.",
                "%(count)s pages publiées citent une fiche qui a changé.",
                count,
            )
            % {"count": count},
            label=_("À relire"),
            state="wait",
        )
