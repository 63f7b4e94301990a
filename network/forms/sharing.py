"""What staff records of the patient's consent to share, and of an exceptional access."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.break_glass import SHORTEST
from network.forms.fields import DayField, FactsForm, text_box
from network.models.break_glass import GLASS_REASONS


class ConsentForm(FactsForm):
    given_on = DayField(
        label=gettext_lazy("Accord donné le"), missing=gettext_lazy("Indiquez le jour de l’accord.")
    )
    how = forms.CharField(
        label=gettext_lazy("De quelle façon"),
        help_text=gettext_lazy("Par exemple\u00a0: en consultation, par écrit."),
        max_length=120,
        widget=text_box(),
    )


class BreakGlassForm(FactsForm):
    """The exact number of the file and the birth date: nobody is searched by name."""

    code = forms.CharField(
        label=gettext_lazy("Numéro de dossier"),
        max_length=8,
        widget=text_box(autocomplete="off"),
    )
    birth_date = DayField(
        label=gettext_lazy("Date de naissance"),
        missing=gettext_lazy("Indiquez la date de naissance."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Motif"),
        help_text=gettext_lazy("La personne le verra dans la liste de ses lecteurs."),
        choices=[(each.value, label) for each, label in GLASS_REASONS.items()],
        widget=forms.RadioSelect(),
    )
    words = forms.CharField(
        label=gettext_lazy("Pourquoi vous ouvrez ce dossier"),
        help_text=gettext_lazy("Une phrase au moins. La coordination la lira."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split()).upper()

    def clean_words(self) -> str:
        words = " ".join(str(self.cleaned_data["words"]).split())
        if len(words) < SHORTEST:
            raise ValidationError(
                _("Écrivez au moins %(most)s\u00a0caractères.") % {"most": SHORTEST}
            )
        return words
