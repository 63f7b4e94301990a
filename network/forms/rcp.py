"""The minimal forms of case reviews (RCP), until their own pages come."""

from collections.abc import Set
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.actions.rcp import FileFacts
from network.forms.fields import DayField, FactsForm, text_box
from network.models import Professional
from network.selectors.care import professionals


class MeetingForm(FactsForm):
    held_on = DayField(label=_("Date de la réunion"), missing=_("Indiquez la date de la réunion."))
    place = forms.CharField(
        label=_("Lieu ou visio"), max_length=120, required=False, widget=text_box()
    )


class AttendeesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Professional) -> str:
        return f"{obj}, {obj.trade}"


class FileForm(FactsForm):
    """Who was present for a file, and its two papers. The likely attendees come first."""

    attendees = AttendeesField(
        label=_("Présents pour ce dossier"),
        queryset=professionals(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Cochez au moins une personne présente.")},
    )
    minutes_signed_on = DayField(
        label=_("Compte rendu signé le"),
        help_text=_("Laissez vide tant qu’il n’est pas signé."),
        required=False,
    )
    plan_revised_on = DayField(
        label=_("Plan de soins modifié le"),
        help_text=_("Version qui cite cette RCP, dans les 30\u00a0jours de la réunion."),
        required=False,
    )

    def __init__(self, *args: Any, likely: Set[int] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        self.likely = likely | {each.pk for each in self.initial.get("attendees", ())}

    @property
    def facts(self) -> FileFacts:
        data = self.cleaned_data
        return FileFacts(
            attendees=list(data["attendees"]),
            minutes_signed_on=data["minutes_signed_on"],
            plan_revised_on=data["plan_revised_on"],
        )

    def first_attendees(self) -> list[Any]:
        return [box for box in self["attendees"] if self._is_likely(box)]

    def other_attendees(self) -> list[Any]:
        return [box for box in self["attendees"] if not self._is_likely(box)]

    def _is_likely(self, box: Any) -> bool:
        return box.data["selected"] or int(str(box.data["value"])) in self.likely
