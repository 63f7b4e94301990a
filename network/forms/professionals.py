"""Forms of a professional's sheet and agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.actions.professionals import Sheet
from network.enums import Profession
from network.forms.fields import DayField, FactsForm, text_box
from network.models.professional import PROFESSIONS

CHOICES = [(profession.value, label) for profession, label in PROFESSIONS.items()]


class ProfessionalsForm(forms.Form):
    """The list's filters, in the address; an unknown value filters nothing."""

    q = forms.CharField(label=_("Nom, commune ou RPPS"), required=False, max_length=80)
    profession = forms.ChoiceField(required=False, choices=CHOICES)

    @property
    def filters(self) -> tuple[str, Profession | None]:
        self.is_valid()
        profession = self.cleaned_data.get("profession")
        return self.cleaned_data.get("q", ""), Profession(profession) if profession else None


class SheetForm(FactsForm):
    title = forms.CharField(
        label=_("Civilité"),
        help_text=_("Dr, Pr… ou rien."),
        max_length=10,
        required=False,
        widget=text_box(),
    )
    first_name = forms.CharField(label=_("Prénom"), max_length=80, widget=text_box())
    last_name = forms.CharField(label=_("Nom"), max_length=80, widget=text_box())
    profession = forms.ChoiceField(
        label=_("Profession"), choices=CHOICES, widget=forms.Select(attrs={"class": "input"})
    )
    speciality = forms.CharField(
        label=_("Spécialité"),
        help_text=_("Par exemple\u00a0: médecin généraliste, rhumatologue."),
        max_length=80,
        required=False,
        widget=text_box(),
    )
    rpps = forms.CharField(
        label=_("Numéro RPPS"),
        help_text=_("11\u00a0chiffres, sur la carte professionnelle. Vide tant qu’il manque."),
        required=False,
        widget=text_box(inputmode="numeric", autocomplete="off"),
    )
    rpps_verified_on = DayField(
        label=_("RPPS vérifié le"),
        help_text=_("Jour où vous l’avez trouvé dans l’annuaire de santé."),
        required=False,
    )
    practice = forms.CharField(
        label=_("Lieu d’exercice"), max_length=120, required=False, widget=text_box()
    )
    postcode = forms.CharField(
        label=_("Code postal"), max_length=5, required=False, widget=text_box(inputmode="numeric")
    )
    city = forms.CharField(label=_("Commune"), max_length=80, required=False, widget=text_box())
    phone = forms.CharField(
        label=_("Téléphone"), max_length=20, required=False, widget=text_box(type="tel")
    )
    employee = forms.BooleanField(
        label=_("Salarié du réseau"),
        help_text=_("Ne compte pas parmi les deux professionnels d’une RCP."),
        required=False,
    )

    def clean_rpps(self) -> str:
        return "".join(self.cleaned_data["rpps"].split())

    @property
    def sheet(self) -> Sheet:
        data = self.cleaned_data
        return Sheet(**{**data, "profession": Profession(data["profession"])})


class AgreementForm(FactsForm):
    starts_on = DayField(label=_("Convention du"), required=False)
    ends_on = DayField(
        label=_("Convention jusqu’au"),
        help_text=_("Dernier jour. Laissez vide si aucune fin n’est prévue."),
        required=False,
    )
