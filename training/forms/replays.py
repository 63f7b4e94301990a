"""What an editor gives of a recording: the film, its captions, its chapters; its questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

MOST_MEDIA = 512 * 2**20
MOST_OPTIONS = 6


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


class QuestionForm(forms.Form):
    """A question at a time mark; `second` and `told` (the options) are there once it is valid."""

    at = forms.RegexField(
        r"^(\d{1,2}:)?\d{1,3}:[0-5]\d$",
        label=_("À quel moment"),
        help_text=_("Minutes et secondes, comme 12:30."),
        error_messages={"invalid": _("Écrivez un temps comme 12:30.")},
    )
    stem = forms.CharField(label=_("Question"), max_length=300)
    options = forms.CharField(
        label=_("Réponses proposées"),
        help_text=_(
            "Une par ligne, de deux à six\u00a0; une étoile devant celles qui sont justes."
            " Ce que l’on en dit après vient derrière une barre."
            " «\u00a0* Le sommeil | On le demande toujours.\u00a0»"
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    explanation = forms.CharField(
        label=_("Explication"),
        help_text=_("Lue après la réponse."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    second = 0
    told: list[tuple[str, bool, str]]

    def __init__(self, *args: Any, length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length

    def clean_at(self) -> str:
        written: str = self.cleaned_data["at"]
        second = 0
        for each in written.split(":"):
            second = second * 60 + int(each)
        if second >= self.length:
            raise ValidationError(_("Ce moment est après la fin."))
        self.second = second
        return written

    def clean_options(self) -> str:
        written: str = self.cleaned_data["options"]
        told = []
        for line in filter(str.strip, written.splitlines()):
            head, _bar, feedback = line.strip().partition("|")
            text = head.removeprefix("*").strip()
            if not text:
                raise ValidationError(_("Une réponse est vide."))
            told.append((text, head.startswith("*"), feedback.strip()))
        if not 2 <= len(told) <= MOST_OPTIONS:
            raise ValidationError(_("Proposez de deux à six réponses."))
        if not any(right for _text, right, _told in told):
            raise ValidationError(_("Mettez une étoile devant la réponse juste."))
        if len({text for text, _right, _told in told}) < len(told):
            raise ValidationError(_("Deux réponses sont les mêmes."))
        self.told = told
        return written
