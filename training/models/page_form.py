"""The editor's form of a signed page: drafts save freely, the rest is checked block by block."""

from django.forms import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .remarks import as_errors


class SignedPageForm(WagtailAdminPageForm):
    """Submitting, approving and publishing ask for a content without fault.

    Publishing asks for the sign-off too. Asking for changes does not: what is wrong may be said.
    """

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self._asks_for_changes:
            return
        found = [p for p in self.instance.faults() if p.field not in self.errors]
        for field in dict.fromkeys(placed.field for placed in found):
            self.add_error(field, as_errors([p for p in found if p.field == field]))
        if "action-publish" in self.data and not self.errors and not self.instance.is_signed():
            message = _(
                "La direction médicale n’a pas encore visé cette version\u00a0:"
                " soumettez-la à la relecture."
            )
            self.add_error(None, ValidationError(message, code="unsigned"))

    @property
    def _asks_for_changes(self) -> bool:
        asked = {"action-cancel-workflow", "workflow-action-name"} & self.data.keys()
        return bool(asked) and self.data.get("workflow-action-name") != "approve"
