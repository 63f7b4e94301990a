"""What the editor's form posts for a vignette, and people who write and sign."""

from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from network.enums import Role
from network.models import User
from tests.doors import sign_in
from tests.factories.network import make_user
from tests.factories.training import Raw
from training.models import TrainingIndexPage

KEYED = '<p data-block-key="fil01">'
"""A paragraph as the rich text field keeps it: without its key, each posting would change it."""
COMMENTS = {
    "TOTAL_FORMS": "0",
    "INITIAL_FORMS": "0",
    "MIN_NUM_FORMS": "0",
    "MAX_NUM_FORMS": "",
}


def enter(user: User | Role) -> Client:
    client = Client()
    sign_in(client, user if isinstance(user, User) else make_user(user))
    return client


def items(values: list[Any]) -> dict[str, str]:
    """A ListBlock as its form posts it."""
    posted = {"count": str(len(values))}
    for place, raw in enumerate(values):
        posted |= {f"{place}-deleted": "", f"{place}-order": str(place)}
        posted[f"{place}-type"] = "item"
        posted[f"{place}-id"] = raw["id"]
        for key, value in flat(raw["value"]).items():
            posted[f"{place}-value{key}"] = value
    return posted


def flat(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"": str(value)}
    found: dict[str, str] = {}
    for name, part in value.items():
        if isinstance(part, list):
            found |= {f"-{name}-{key}": each for key, each in items(part).items()}
        elif name in {"text", "feedback", "explanation", "result"} and "<" in str(part):
            found[f"-{name}"] = rich_text(part.replace("<p>", KEYED))
        elif name in {"feedback", "explanation"}:
            found[f"-{name}"] = rich_text("")
        elif isinstance(part, bool):
            found |= {f"-{name}": "on"} if part else {}
        else:
            found[f"-{name}"] = str(part or "")
    return found


def steps_posted(steps: list[Raw]) -> dict[str, str]:
    posted = {"steps-count": str(len(steps))}
    for place, raw in enumerate(steps):
        posted |= {
            f"steps-{place}-deleted": "",
            f"steps-{place}-order": str(place),
            f"steps-{place}-type": raw["type"],
            f"steps-{place}-id": raw["id"],
        }
        for key, value in flat(raw["value"]).items():
            posted[f"steps-{place}-value{key}"] = value
    return posted


def vignette_posted(steps: list[Raw], *actions: str, **changes: Any) -> dict[str, str]:
    """The form of a vignette; `actions` are the names of its buttons."""
    fields = {
        "title": "Mme D., 53 ans",
        "slug": "mme-d",
        "lede": "Un bras douloureux un an après une opération.",
        "topic": "neuropathic",
        "audience": "professionals",
        "minutes": "6",
        "review_on": "",
        "objectives": streamfield([]),
        "panel": streamfield([]),
        "search_description": "",
        "seo_title": "",
        "comments": COMMENTS,
    } | changes
    return nested_form_data(fields) | steps_posted(steps) | dict.fromkeys(actions, "1")


def add_address(index: TrainingIndexPage) -> str:
    return f"/redaction/pages/add/training/vignettepage/{index.pk}/"


def edit_address(page: Page) -> str:
    return f"/redaction/pages/{page.pk}/edit/"


APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}
REQUEST_CHANGES = {
    "action-workflow-action": "1",
    "workflow-action-name": "reject",
    "workflow-action-extra-data": '{"comment": "Nuancer."}',
}
