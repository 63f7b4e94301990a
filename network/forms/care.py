"""Forms of the dated facts of care: treating doctor, team, long-term condition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.actions.care import Ald
from network.enums import AldKind
from network.forms.fields import DayField, FactsForm, ProfessionalField, text_box
from network.models.care import ALD_KINDS
from network.selectors.care import doctors, professionals


class TreatingDoctorForm(FactsForm):
    professional = ProfessionalField(label=_("Médecin traitant"), queryset=doctors())
    on = DayField(label=_("Depuis le"), missing=_("Indiquez depuis quel jour."))


class TeamForm(FactsForm):
    professional = ProfessionalField(label=_("Professionnel"), queryset=professionals())
    on = DayField(label=_("Depuis le"), missing=_("Indiquez depuis quel jour."))


class LastDayForm(FactsForm):
    last_day = DayField(label=_("Dernier jour"), missing=_("Indiquez le dernier jour."))


class AldForm(FactsForm):
    kind = forms.ChoiceField(
        label=_("Type d’ALD"),
        choices=[(kind.value, label) for kind, label in ALD_KINDS.items()],
        widget=forms.RadioSelect(),
    )
    starts_on = DayField(label=_("Du"), missing=_("Indiquez la date de début."))
    ends_on = DayField(
        label=_("Au"),
        help_text=_("Dernier jour. Laissez vide tant que l’ALD court."),
        required=False,
    )
    proof = forms.CharField(
        label=_("Justificatif vu"),
        help_text=_("Par exemple\u00a0: attestation de droits du 3 mars 2026."),
        max_length=120,
        widget=text_box(),
    )

    @property
    def ald(self) -> Ald:
        data = self.cleaned_data
        return Ald(
            kind=AldKind(data["kind"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            proof=data["proof"],
        )
