"""The editor's list of modules and vignettes, with the questions to look at again."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from training.models import TrainingIndexPage
from training.selectors.questions import flagged_questions, last_count


class FlagsColumn(BaseColumn):
    """« n questions à revoir », as counted in the night; the link opens the committee's list."""

    cell_template_name = "training/committee/flags_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        query = urlencode({"page_key": instance.line})
        return context | {
            "is_answered": bool(getattr(instance, "answered", None)),
            "href": f"{reverse('training:questions')}?{query}",
        }


class CatalogueView(ExplorableIndexView):
    """The children of the catalogue. Two queries more, however many there are."""

    base_columns: ClassVar = [
        *ExplorableIndexView.base_columns[:-1],
        FlagsColumn("flags", label=_("Questions à revoir"), width="15%"),
        PageStatusColumn("status", label=_("État"), sort_key="live", width="12%"),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pages = context["object_list"]
        flagged = flagged_questions(page.line for page in pages)
        counted_at = last_count()
        for page in pages:
            page.to_review, page.counted_at = flagged[page.line], counted_at
        return context


class CatalogueViewSet(PageViewSet):
    """Wagtail's own screens for the catalogue, but for the list of what it holds."""

    model = TrainingIndexPage
    parent_models: ClassVar = [TrainingIndexPage]
    index_view_class = CatalogueView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return given | {"model": Page}  # modules and vignettes together
