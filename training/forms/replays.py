"""What an editor gives of a recording: the film, its captions, its chapters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

MOST_MEDIA = 512 * 2**20


class ReplayForm(forms.Form):
    """What the files hold is read by the view, which tells it beside them."""

    film = forms.FileField(
        label=_("Vidéo"),
        help_text=_("MP4 ou WebM, 512\u00a0Mo au plus."),
        error_messages={"required": _("Choisissez la vidéo.")},
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )
    captions = forms.FileField(
        label=_("Sous-titres"),
        help_text=_("Un fichier WebVTT (.vtt). La transcription de la page en est tirée."),
        error_messages={"required": _("Ajoutez les sous-titres\u00a0: il en faut toujours.")},
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )
    chapters = forms.CharField(
        label=_("Chapitres"),
        help_text=_("Un par ligne\u00a0: le temps, puis le titre. «\u00a012:30 Traiter\u00a0»."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, mending: bool, **kwargs: Any) -> None:
        """`mending`: a recording is kept already; its files may then be left out."""
        super().__init__(*args, **kwargs)
        if mending:
            for name in ("film", "captions"):
                self.fields[name].required = False
            self.fields["film"].help_text = _("Vide\u00a0: la vidéo ne change pas.")
            self.fields["captions"].help_text = _("Vide\u00a0: ils ne changent pas.")

    def clean_film(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["film"]
        if file and (file.size or 0) > MOST_MEDIA:
            raise ValidationError(
                _("%(size)s\u00a0: c’est plus que 512\u00a0Mo."),
                params={"size": filesizeformat(file.size or 0)},
            )
        return file or None
