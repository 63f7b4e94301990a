"""Forms of accounts, invitations and registration: they clean, and hold no rule."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from network.models import User
from network.models.professional import PROFESSIONS


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages={"required": _("Indiquez une adresse e-mail.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NameForm(forms.Form):
    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=80,
        error_messages={"required": _("Indiquez le prénom.")},
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Nom"),
        max_length=80,
        error_messages={"required": _("Indiquez le nom.")},
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )


class TradeForm(forms.Form):
    profession = forms.ChoiceField(
        label=_("Profession"),
        error_messages={"required": _("Choisissez une profession.")},
        choices=[("", _("Choisir"))] + [(p.value, label) for p, label in PROFESSIONS.items()],
    )
    rpps = forms.CharField(
        label=_("Numéro RPPS"),
        required=False,
        max_length=20,
        help_text=_("11 chiffres. Facultatif pour les psychologues et les autres professions."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        error_messages={"required": _("Choisissez un mot de passe.")},
        help_text=_("Au moins 12\u00a0signes\u00a0: quelques mots au hasard font très bien."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        names = {name: self.cleaned_data.get(name, "") for name in ("first_name", "last_name")}
        validate_password(password, User(email=getattr(self, "email", ""), **names))
        return password


class WelcomeForm(NameForm, PasswordForm):
    """What a member of staff or a clinician gives when accepting an invitation."""

    field_order: tuple[str, ...] = ("first_name", "last_name", "password")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email


class RegistrationForm(WelcomeForm, TradeForm):
    """What a clinician gives to register alone."""

    field_order = ("first_name", "last_name", "profession", "rpps", "password")


class InviteForm(EmailForm):
    """To a member of staff: the address is enough."""


class InviteClinicianForm(EmailForm, NameForm, TradeForm):
    field_order = ("email", "first_name", "last_name", "profession", "rpps")


class InvitePatientForm(forms.Form):
    code = forms.CharField(
        label=_("Numéro de dossier"),
        max_length=8,
        error_messages={"required": _("Indiquez le numéro du dossier.")},
        help_text=_("L’invitation part à l’adresse notée dans le dossier."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300, widget=forms.Textarea({"rows": 3}))
