"""The survey: a mark, two scales, a few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.actions.surveys import Opinion
from training.enums import Survey

SCALE = [
    (1, _("Pas du tout")),
    (2, _("Un peu")),
    (3, _("Moyennement")),
    (4, _("Beaucoup")),
    (5, _("Tout à fait")),
]
USEFUL = {
    Survey.HOT: _("Cela va me servir dans ma pratique"),
    Survey.COLD: _("Cela m’a servi dans ma pratique"),
}
SCALES = {
    Survey.HOT: _("C’était clair"),
    Survey.COLD: _("J’ai changé quelque chose dans ma façon de faire"),
}
UNANSWERED = _("«\u00a0%(question)s\u00a0»\u00a0: choisissez une réponse.")


class SurveyForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("Votre note, de 0 à 10"),
        help_text=_("Recommanderiez-vous cette rencontre à un collègue\u202f?"),
        choices=[(each, str(each)) for each in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Donnez une note, de 0 à 10.")},
    )
    useful = forms.TypedChoiceField(
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
    )
    scale = forms.TypedChoiceField(
        choices=SCALE,
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Une remarque"),
        help_text=_("Ne nommez aucun patient, ni rien qui le ferait reconnaître."),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, moment: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["useful"].label = USEFUL[moment]
        self.fields["scale"].label = SCALES[moment]
        for name in ("useful", "scale"):
            asked = UNANSWERED % {"question": self.fields[name].label}
            self.fields[name].error_messages["required"] = asked

    @property
    def opinion(self) -> Opinion:
        """After `is_valid`."""
        return Opinion(**self.cleaned_data)
