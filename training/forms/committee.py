"""Filters of the committee's list; they live in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models.professional import PROFESSIONS
from training.enums import Flag, Topic
from training.models.versions import TOPICS
from training.selectors.questions import Wanted
from training.wording import FLAG_NAMES

CURRENT, OLD, EVERY = "", "old", "all"
VERSIONS = {CURRENT: True, OLD: False, EVERY: None}
ALL = ("", _("Toutes"))


class QuestionFilter(forms.Form):
    """What the committee narrows its list to; an unreadable filter is left out."""

    topic = forms.ChoiceField(label=_("Thème"), required=False)
    flag = forms.ChoiceField(label=_("À revoir"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)
    version = forms.ChoiceField(label=_("Version"), required=False)
    page_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("topic", [("", _("Tous")), *((t.value, v) for t, v in TOPICS.items())])
        self._offer("flag", [ALL, *((flag.value, name) for flag, name in FLAG_NAMES.items())])
        self._offer("profession", [ALL, *((p.value, v) for p, v in PROFESSIONS.items())])
        self._offer(
            "version",
            [(CURRENT, _("Posée aujourd’hui")), (OLD, _("Remplacée")), (EVERY, _("Toutes"))],
        )

    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            topic=Topic(chosen["topic"]) if chosen.get("topic") else None,
            flag=Flag(chosen["flag"]) if chosen.get("flag") else None,
            profession=chosen.get("profession", ""),
            current=VERSIONS[chosen.get("version", CURRENT)],
            page=chosen.get("page_key"),
        )

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
