"""The filters of the catalogue, in its address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.models.catalogue import AXES
from training.models.versions import TOPICS
from training.models.webinar import AUDIENCES
from training.selectors.catalogue import Kind, Length, Standing, Wanted

ANY = [("", _("Tous"))]


class CatalogueFilter(forms.Form):
    """What cannot be read in the address is left out: the list is then whole."""

    kind = forms.ChoiceField(
        label=_("Forme"),
        required=False,
        choices=[*ANY, (Kind.VIGNETTE.value, _("Vignettes")), (Kind.MODULE.value, _("Modules"))],
        widget=forms.HiddenInput,
    )
    topic = forms.ChoiceField(
        label=_("Thème"), required=False, choices=[*ANY, *((t.value, v) for t, v in TOPICS.items())]
    )
    length = forms.ChoiceField(
        label=_("Durée"),
        required=False,
        choices=[
            ("", _("Toutes")),
            (Length.SHORT.value, _("5 minutes ou moins")),
            (Length.MIDDLE.value, _("6 à 15 minutes")),
            (Length.LONG.value, _("Plus de 15 minutes")),
        ],
    )
    audience = forms.ChoiceField(
        label=_("Pour qui"),
        required=False,
        choices=[*ANY, *((a.value, v) for a, v in AUDIENCES.items())],
    )
    axis = forms.ChoiceField(
        label=_("Axe de certification"),
        required=False,
        choices=[*ANY, *((a.value, v) for a, v in AXES.items())],
    )
    standing = forms.ChoiceField(
        label=_("Déjà fait"),
        required=False,
        choices=[
            ("", _("Tout")),
            (Standing.NEW.value, _("Pas encore")),
            (Standing.DONE.value, _("Oui")),
        ],
    )

    def __init__(self, *args: Any, learner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not learner:
            del self.fields["standing"]

    def wanted(self) -> Wanted:
        self.is_valid()
        return Wanted(**self.cleaned_data)

    @property
    def folded(self) -> list[str]:
        """The filters in use among those that are folded."""
        return [name for name in self.fields if name != "kind" and self.cleaned_data.get(name)]
