"""Forms of the directory: what one looks for, a wait, what a structure has to say."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from network.forms.fields import DayField
from network.models.referral import FAST_TRACKS
from network.models.structure import (
    LONGEST_WAIT,
    POPULATIONS,
    SPECIALITIES,
    STRUCTURE_KINDS,
    TECHNIQUES,
    WAIT_SOURCES,
)
from network.rules.directory import WaitSource
from network.selectors.directory import Search, held_departments
from portal.kit import clock


def _choices(labels: Any, empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((str(code), capfirst(str(label))) for code, label in labels.items())]


class DirectoryForm(forms.Form):
    """The filters, in the address; an unknown value filters nothing."""

    q = forms.CharField(label=_("Ville, hôpital ou douleur"), required=False, max_length=80)
    dep = forms.ChoiceField(label=_("Département"), required=False)
    pour = forms.ChoiceField(
        label=_("Pour"), required=False, choices=lambda: _choices(POPULATIONS, _("Tout âge"))
    )
    douleur = forms.ChoiceField(
        label=_("Douleur"), required=False, choices=lambda: _choices(SPECIALITIES, _("Toutes"))
    )
    technique = forms.ChoiceField(
        label=_("Technique"), required=False, choices=lambda: _choices(TECHNIQUES, _("Toutes"))
    )
    coupe = forms.ChoiceField(
        label=_("Coupe-file"), required=False, choices=lambda: _choices(FAST_TRACKS, _("Sans"))
    )
    type = forms.ChoiceField(
        label=_("Type"), required=False, choices=lambda: _choices(STRUCTURE_KINDS, _("Tous"))
    )
    tele = forms.BooleanField(label=_("Télé-expertise"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dep"].choices = _choices(held_departments(), _("Tous"))  # type: ignore[attr-defined]

    @property
    def search(self) -> Search:
        self.is_valid()
        data = self.cleaned_data
        return Search(
            words=data.get("q", ""),
            kind=data.get("type", ""),
            department=data.get("dep", ""),
            population=data.get("pour", ""),
            speciality=data.get("douleur", ""),
            technique=data.get("technique", ""),
            fast_track=data.get("coupe", ""),
            tele_expertise=data.get("tele", False),
        )


class WaitForm(forms.Form):
    """How long one waits now, and how it is known: a number and a click."""

    weeks = forms.IntegerField(
        label=_("Attente avant un premier rendez-vous, en semaines"),
        min_value=0,
        max_value=LONGEST_WAIT,
        widget=forms.NumberInput(attrs={"class": "input w-date", "inputmode": "numeric"}),
        error_messages={
            "required": _("Écrivez un nombre de semaines."),
            "invalid": _("Écrivez un nombre entier de semaines, comme 12."),
            "min_value": _("Écrivez un nombre entier de semaines, comme 12."),
            "max_value": _("Au plus %(limit_value)s semaines\u00a0: vérifiez ce nombre."),
        },
    )
    source = forms.ChoiceField(
        label=_("Comment on le sait"),
        choices=[(each.value, capfirst(label)) for each, label in WAIT_SOURCES.items()],
        widget=forms.RadioSelect(),
        initial=WaitSource.DECLARED.value,
        error_messages={"required": _("Dites comment on le sait.")},
    )
    measured_on = DayField(label=_("Connue le"), missing=_("Écrivez le jour où on l’a su."))

    def clean_measured_on(self) -> date:
        day: date = self.cleaned_data["measured_on"]
        if day > clock.today():
            raise ValidationError(_t("Cette date est à venir."))
        return day


class RemarkForm(forms.Form):
    """What has changed, in the structure's own words."""

    text = forms.CharField(
        label=_("Ce qui a changé"),
        help_text=_("Horaires, attente, personnes reçues, téléphone… Aucun nom de patient."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez ce qui a changé.")},
    )
