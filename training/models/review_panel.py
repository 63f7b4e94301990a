"""The part of the editor that says what to mend, what is signed, and what was answered."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from .runs import Tally


@dataclass(frozen=True, slots=True)
class Held:
    """An option with the number of people who chose it."""

    text: str
    people: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision and the answers that its options hold."""

    stem: str
    options: list[Held]


class ReviewPanel(Panel):
    """Remarks of the linter, sign-off, answers by option: as the page was last saved."""

    def __init__(self, heading: Any = "", **kwargs: Any) -> None:
        super().__init__(heading=heading or _("Relecture automatique"), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "training/editor/review_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            remarks = page.remarks()
            return context | {
                "remarks": remarks,
                "errors": sum(placed.is_error for placed in remarks),
                "signed": page.is_signed(),
                "asked": answers_held(page) if page.answered else [],
            }


def answers_held(page: Any) -> list[Asked]:
    """Each decision of a page with its options; those withdrawn since keep their number."""
    held = Tally.objects.held(page.line)
    asked = []
    for field in page.answered.values():
        for step in getattr(page, field):
            if step.block_type == "decision":
                options = step.value["options"].bound_blocks
                asked.append(
                    Asked(
                        step.value["stem"],
                        [Held(o.value["text"], held.pop(str(o.id), 0)) for o in options],
                    )
                )
    gone = sum(held.values())
    if gone:
        asked.append(Asked(str(_("Options retirées")), [Held(str(_("Toutes ensemble")), gone)]))
    return asked
