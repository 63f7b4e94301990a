"""Forms of the follow-up: sites, slots, appointments, the doctor's sheet, renewal, contacts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from network.actions.evaluations import Findings
from network.enums import Channel, ContactWay, Direction
from network.forms.fields import (
    LONG,
    DayField,
    FactsForm,
    HourField,
    ProfessionalField,
    long_text,
    text_box,
)
from network.models import ConsultationSite, ConsultationSlot, Evaluation, Professional
from network.models.evaluation import CHANNELS, CONTACT_WAYS, DIRECTIONS
from network.selectors.consultations import consulting
from portal.kit.days import DayInput
from portal.kit.recurrence import MOST, instant, weekly

PARIS = ZoneInfo("Europe/Paris")
SCALE = 11  # 0 to 10


class SiteForm(forms.ModelForm[ConsultationSite]):
    class Meta:
        model = ConsultationSite
        fields: ClassVar = [
            "name",
            "kind",
            "structure",
            "address",
            "postcode",
            "city",
            "access",
            "active",
        ]
        labels: ClassVar = {
            "name": _lazy("Nom du site"),
            "kind": _lazy("C’est"),
            "structure": _lazy("Structure douleur qui accueille"),
            "access": _lazy("Comment y venir"),
            "active": _lazy("On y prend de nouveaux rendez-vous"),
        }
        help_texts: ClassVar = {
            "postcode": _lazy("Il sert à proposer le site le plus proche du patient."),
            "access": _lazy("Arrêt de bus, parking, étage. Le patient le lit dans son mail."),
        }
        widgets: ClassVar = {"kind": forms.RadioSelect()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = self.fields["kind"].choices[1:]  # type: ignore[attr-defined]

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"].strip()
        if not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit()):
            raise ValidationError(_("Un code postal a 5\u00a0chiffres."))
        return postcode


class SlotsForm(FactsForm):
    """One slot, or the same one each week up to a day."""

    site = forms.ModelChoiceField(
        label=_lazy("Site"),
        queryset=ConsultationSite.objects.none(),
        empty_label=_lazy("Choisir"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    doctor = ProfessionalField(label=_lazy("Médecin"), queryset=Professional.objects.none())
    day = DayField(label=_lazy("Jour"), missing=_lazy("Indiquez le jour."))
    hour = HourField(label=_lazy("Heure"))
    minutes = forms.IntegerField(
        label=_lazy("Durée, en minutes"),
        initial=60,
        min_value=15,
        max_value=180,
        widget=forms.NumberInput(attrs={"class": "input w-date"}),
    )
    until = DayField(
        label=_lazy("Chaque semaine, jusqu’au"),
        help_text=_lazy("Vide pour un seul créneau. Exemple\u00a0: 26/02/2027"),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        active = ConsultationSite.objects.filter(active=True)
        self.fields["site"].queryset = active  # type: ignore[attr-defined]
        self.fields["doctor"].queryset = consulting()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, until = cleaned.get("day"), cleaned.get("until")
        if day and until:
            if until < day:
                self.add_error("until", _("La série finit avant de commencer."))
            elif until > day + timedelta(weeks=MOST):
                self.add_error("until", _("Une série dure un an au plus."))
        return cleaned

    @property
    def starts(self) -> list[datetime]:
        """The instants of a valid form, at the same hour of Paris all year."""
        day: date = self.cleaned_data["day"]
        at: time = self.cleaned_data["hour"]
        until = self.cleaned_data["until"] or day
        return [instant(each, at, PARIS) for each in weekly(day, until=until)]


class SlotChoiceForm(forms.Form):
    """The slot that was tapped; a slot taken meanwhile is told so, not lost."""

    slot = forms.ModelChoiceField(
        queryset=ConsultationSlot.objects.none(),
        error_messages={
            "required": _lazy("Choisissez un créneau."),
            "invalid_choice": _lazy("Ce créneau n’existe pas\u00a0: choisissez-en un autre."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["slot"].queryset = ConsultationSlot.objects.all()  # type: ignore[attr-defined]


class WhyForm(FactsForm):
    reason = forms.CharField(label=_lazy("Motif"), max_length=200, widget=text_box())


class EvaluationForm(FactsForm):
    """The doctor's sheet, on one page; nothing is required to keep a draft but its day."""

    held_on = forms.DateField(
        label=_lazy("Consultation du"),
        widget=DayInput(),
        error_messages={"required": _lazy("Indiquez le jour de la consultation.")},
    )
    intensity = forms.TypedChoiceField(
        label=_lazy("Intensité moyenne des 7 derniers jours"),
        help_text=_lazy("0\u00a0: aucune douleur. 10\u00a0: la pire imaginable."),
        choices=[("", _lazy("non notée"))] + [(str(n), str(n)) for n in range(SCALE)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "input w-date"}),
    )
    pain = long_text(
        _lazy("Douleur"),
        _lazy("Où, depuis quand, comment\u202f; ce qui aggrave, ce qui soulage."),
        rows=3,
    )
    repercussions = long_text(
        _lazy("Retentissement"),
        _lazy("Sommeil, moral, mouvement, travail, vie de famille."),
        rows=3,
    )
    treatments = long_text(
        _lazy("Traitements"), _lazy("En cours, essayés, effets et gênes."), rows=3
    )
    priorities = long_text(
        _lazy("Ce qui compte pour la personne"), _lazy("Ses priorités, dans son ordre."), rows=3
    )
    own_words = long_text(_lazy("Ses mots"), _lazy("Une phrase, telle qu’elle l’a dite."), rows=3)
    directions = forms.MultipleChoiceField(
        label=_lazy("Orientation"),
        help_text=_lazy("Une ou plusieurs. Le patient les lira dans son dossier."),
        choices=[(each.value, label) for each, label in DIRECTIONS.items()],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for direction, label in DIRECTIONS.items():
            self.fields[f"words_{direction}"] = forms.CharField(
                label=_("Précision\u00a0: %(name)s") % {"name": label},
                max_length=300,
                required=False,
                widget=text_box(),
            )

    @property
    def word_fields(self) -> list[Any]:
        return [self[f"words_{direction}"] for direction in DIRECTIONS]

    @property
    def findings(self) -> Findings:
        data = self.cleaned_data
        chosen = [Direction(each) for each in data["directions"]]
        return Findings(
            held_on=data["held_on"],
            intensity=data["intensity"],
            pain=data["pain"],
            repercussions=data["repercussions"],
            treatments=data["treatments"],
            priorities=data["priorities"],
            own_words=data["own_words"],
            orientations={each: data[f"words_{each}"] for each in chosen},
        )


def values_of(sheet: Evaluation) -> dict[str, Any]:
    """What a sheet holds, as its form begins."""
    names = ("pain", "repercussions", "treatments", "priorities", "own_words", "held_on")
    values: dict[str, Any] = {name: getattr(sheet, name) for name in names}
    values["intensity"] = "" if sheet.intensity is None else str(sheet.intensity)
    orientations: Sequence[Any] = list(sheet.orientations.all())
    values["directions"] = [each.direction for each in orientations]
    return values | {f"words_{each.direction}": each.words for each in orientations}


def typed_again(back: QueryDict) -> dict[str, Any]:
    """What was typed before the session ended, as the form begins."""
    return back.dict() | {"directions": back.getlist("directions")}


class AddendumForm(FactsForm):
    words = forms.CharField(
        label=_lazy("Complément"),
        help_text=_lazy("La synthèse signée ne change pas\u00a0: ce texte s’ajoute, daté."),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SentForm(FactsForm):
    channel = forms.ChoiceField(
        label=_lazy("Envoyé par"),
        choices=[(each.value, label) for each, label in CHANNELS.items()],
        widget=forms.RadioSelect(),
    )
    sent_on = DayField(label=_lazy("Le"), missing=_lazy("Indiquez le jour d’envoi."))

    @property
    def chosen_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class RenewForm(FactsForm):
    last_day = DayField(
        label=_lazy("Nouveau dernier jour du suivi"),
        missing=_lazy("Indiquez le nouveau dernier jour."),
    )
    reason = forms.CharField(
        label=_lazy("Pourquoi cette exception\u202f?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InclusionForm(FactsForm):
    included_on = DayField(
        label=_lazy("Inclusion décidée le"),
        missing=_lazy("Indiquez le jour de la décision."),
    )
    reason = forms.CharField(
        label=_lazy("Pourquoi la date change"),
        help_text=_lazy("Par exemple\u00a0: erreur de saisie, décision signée le 3\u00a0mars."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(FactsForm):
    on = DayField(label=_lazy("Le"), missing=_lazy("Indiquez le jour."))
    way = forms.ChoiceField(
        label=_lazy("Par"),
        choices=[(each.value, label) for each, label in CONTACT_WAYS.items()],
        widget=forms.RadioSelect(),
    )
    outcome = forms.CharField(
        label=_lazy("Résultat"),
        help_text=_lazy("Par exemple\u00a0: pas de réponse, message laissé."),
        max_length=200,
        required=False,
        widget=text_box(),
    )

    @property
    def chosen_way(self) -> ContactWay:
        return ContactWay(self.cleaned_data["way"])


class AskAgainForm(FactsForm):
    requested_on = DayField(
        label=_lazy("Nouvelle demande reçue le"),
        missing=_lazy("Indiquez le jour de la demande."),
    )
