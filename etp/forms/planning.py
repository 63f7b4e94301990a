"""The filters of the planning, in the address; an unknown value filters nothing."""

from datetime import date
from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

from etp.enums import Stage
from etp.models import Facilitator, Site, Workshop
from etp.models.session import STAGES
from etp.selectors import reference
from etp.selectors.planning import Asked


class View(StrEnum):
    LIST = "liste"
    WEEK = "semaine"
    MONTH = "mois"


VIEWS = {View.LIST: _("Liste"), View.WEEK: _("Semaine"), View.MONTH: _("Mois")}


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Facilitator) -> str:
        return str(obj.professional)


class PlanningForm(forms.Form):
    vue = forms.ChoiceField(required=False, choices=list(VIEWS.items()), widget=forms.HiddenInput())
    jour = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput())
    atelier = forms.ModelChoiceField(
        label=_("Atelier"), queryset=Workshop.objects.none(), required=False, empty_label=_("Tous")
    )
    animateur = PersonChoice(
        label=_("Animateur"),
        queryset=Facilitator.objects.none(),
        required=False,
        empty_label=_("Tous"),
    )
    lieu = forms.ModelChoiceField(
        label=_("Lieu"), queryset=Site.objects.none(), required=False, empty_label=_("Tous")
    )
    etat = forms.ChoiceField(
        label=_("État"), required=False, choices=[("", _("Tous")), *STAGES.items()]
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        querysets = {
            "atelier": reference.workshops(),
            "animateur": reference.facilitators(),
            "lieu": reference.sites(),
        }
        for name, rows in querysets.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        self.is_valid()
        data = self.cleaned_data
        stage = data.get("etat")
        return Asked(
            workshop=data.get("atelier"),
            facilitator=data.get("animateur"),
            site=data.get("lieu"),
            stage=Stage(stage) if stage else None,
        )

    @property
    def view(self) -> View:
        self.is_valid()
        return View(self.cleaned_data.get("vue") or View.LIST)

    def day(self, today: date) -> date:
        """The day around which the planning is shown."""
        self.is_valid()
        day = self.cleaned_data.get("jour")
        return day if isinstance(day, date) and 2000 <= day.year <= 2200 else today
