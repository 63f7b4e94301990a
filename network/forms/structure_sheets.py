"""A spreadsheet of structures, sent; then the same one, brought."""

import base64
import binascii

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 500_000
SALT = "network.structure_sheets"
LASTS = 3600
"""Seconds between looking at what a file would do and bringing it."""


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Tableur"),
        help_text=_("Un fichier .xlsx ou .csv, dans les colonnes du modèle."),
        widget=forms.FileInput(attrs={"class": "input"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Le fichier est vide."),
        },
    )

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(_t("Plus de 500\u00a0ko\u00a0: gardez le tableau seul."))
        content: bytes = sent.read()
        return content


class KeptForm(forms.Form):
    """The file that was looked at, signed: nobody else's, and not changed meanwhile."""

    kept = forms.CharField(widget=forms.HiddenInput())

    def clean_kept(self) -> bytes:
        try:
            text = signing.loads(self.cleaned_data["kept"], salt=SALT, max_age=LASTS)
            return base64.b64decode(text)
        except (signing.BadSignature, binascii.Error):
            raise ValidationError(
                _t("Ce fichier a été regardé il y a trop longtemps\u00a0: envoyez-le de nouveau.")
            ) from None


def keep(content: bytes) -> str:
    """The file as the page carries it until it is brought."""
    return signing.dumps(base64.b64encode(content).decode(), salt=SALT, compress=True)
