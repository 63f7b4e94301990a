"""The remarks of the linter among the content checks that the editor runs on a preview.

Wagtail's panel runs axe-core on the page previewed. The author's preview marks each remark with
`data-remark`; one rule for each flaw finds them, and says in the panel how to mend it.
"""

from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from training.enums import Flaw, Severity
from training.wording import FLAWS, SEVERITIES

CHECK = "author-remark"


def rule_of(flaw: Flaw) -> str:
    return f"{CHECK}-{flaw}"


class CheckerItem(ContentCheckerItem):
    """Wagtail's checks, and ours."""

    axe_custom_checks: ClassVar = [
        *ContentCheckerItem.axe_custom_checks,
        # a remark stands as long as it is written in the page: it never bears this attribute
        {
            "id": CHECK,
            "evaluate": "attr-non-space-content-evaluate",
            "options": {"attribute": "data-mended"},
        },
    ]
    axe_custom_rules: ClassVar = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": rule_of(flaw),
                "impact": "moderate",
                "selector": f'[data-remark="{flaw}"]',
                "tags": ["best-practice"],
                "any": [CHECK],
                "enabled": True,
            }
            for flaw in Flaw
        ),
    ]
    axe_run_only: ClassVar = [
        *ContentCheckerItem.axe_run_only,
        *(rule_of(flaw) for flaw in Flaw),
    ]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        ours = {rule_of(flaw): _message(flaw) for flaw in Flaw}
        return {**super().get_axe_messages(request), **ours}


def _message(flaw: Flaw) -> dict[str, str]:
    """The sentence without its figures, which the preview gives."""
    blanks = dict.fromkeys(("name", "count", "limit"), "…")
    return {
        "error_name": str(SEVERITIES[Severity.WARNING]),
        "help_text": str(FLAWS[flaw]) % blanks,
    }
