"""Forms of a patient's file: the list's filters, registration, exit."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from network.actions.patients import Identity
from network.enums import ExitReason, PathwayState, Sex
from network.forms.fields import DayField, FactsForm, text_box
from network.models.patient import EXIT_REASONS, PATHWAY_STATES
from network.selectors.patients import Search

SEXES = [(Sex.FEMALE.value, _("Femme")), (Sex.MALE.value, _("Homme"))]


class SearchForm(forms.Form):
    """The list's filters, in the address; an unknown value filters nothing."""

    q = forms.CharField(label=_("Nom ou numéro de dossier"), required=False, max_length=80)
    etat = forms.ChoiceField(
        required=False, choices=[(s.value, label) for s, label in PATHWAY_STATES.items()]
    )
    miens = forms.BooleanField(required=False)

    @property
    def search(self) -> Search:
        self.is_valid()
        state = self.cleaned_data.get("etat")
        return Search(
            text=self.cleaned_data.get("q", ""),
            state=PathwayState(state) if state else None,
            mine=self.cleaned_data.get("miens", False),
        )


class IdentityForm(FactsForm):
    """Civil status and contact of a person."""

    birth_name = forms.CharField(
        label=_("Nom de naissance"), max_length=80, widget=text_box(autocomplete="off")
    )
    used_name = forms.CharField(
        label=_("Nom utilisé"),
        help_text=_("S’il diffère du nom de naissance."),
        max_length=80,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    first_names = forms.CharField(
        label=_("Prénoms"),
        help_text=_("Dans l’ordre de l’état civil."),
        max_length=120,
        widget=text_box(autocomplete="off"),
    )
    sex = forms.ChoiceField(
        label=_("Sexe à l’état civil"), choices=SEXES, widget=forms.RadioSelect()
    )
    birth_date = DayField(label=_("Date de naissance"), missing=_("Indiquez la date de naissance."))
    birthplace = forms.CharField(
        label=_("Lieu de naissance"),
        max_length=80,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=20,
        required=False,
        widget=text_box(type="tel", autocomplete="off"),
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        help_text=_("Elle servira à ouvrir l’espace du patient."),
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    postcode = forms.CharField(
        label=_("Code postal"),
        max_length=5,
        required=False,
        widget=text_box(inputmode="numeric", autocomplete="off"),
    )
    city = forms.CharField(
        label=_("Commune"), max_length=80, required=False, widget=text_box(autocomplete="off")
    )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not re.fullmatch(r"\+?[\d .-]{9,19}", phone):
            raise ValidationError(_("Écrivez un numéro de téléphone, par exemple 01 99 00 12 34."))
        return phone

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"].strip()
        if postcode and not re.fullmatch(r"\d{5}", postcode):
            raise ValidationError(_("Un code postal a 5\u00a0chiffres."))
        return postcode

    @property
    def identity(self) -> Identity:
        data: dict[str, Any] = self.cleaned_data
        return Identity(
            birth_name=data["birth_name"],
            used_name=data["used_name"],
            first_names=data["first_names"],
            sex=Sex(data["sex"]),
            birth_date=data["birth_date"],
            birthplace=data.get("birthplace", ""),
            email=data["email"],
            phone=data["phone"],
            postcode=data["postcode"],
            city=data["city"],
        )


class RegisterForm(IdentityForm):
    """A new file: who it is, and when the request came."""

    requested_on = DayField(
        label=_("Demande reçue le"), missing=_("Indiquez le jour où la demande a été reçue.")
    )
    completed_on = DayField(
        label=_("Dossier complet le"),
        help_text=_("Vide s’il manque une pièce. Le délai de 15\u00a0jours part de ce jour."),
        required=False,
    )
    compared = forms.BooleanField(
        label=_("J’ai comparé\u00a0: c’est une autre personne"), required=False
    )


class LeaveForm(FactsForm):
    left_on = DayField(
        label=_("Dernier jour du suivi"), missing=_("Indiquez le dernier jour du suivi.")
    )
    kind = forms.ChoiceField(
        label=_("Motif"),
        choices=[(reason.value, capfirst(words)) for reason, words in EXIT_REASONS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez le motif.")},
    )
    reason = forms.CharField(
        label=_("Précision"),
        help_text=_("Ce qui aidera à reprendre contact, ou à comprendre."),
        max_length=120,
        required=False,
        widget=text_box(),
    )

    @property
    def chosen_kind(self) -> ExitReason:
        return ExitReason(self.cleaned_data["kind"])
