"""Forms of a session: where and when, how it comes back, how many seats, why it is called off."""

from datetime import date
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.actions.planning import Plan, Span
from etp.enums import Format, Mode
from etp.forms.fields import FacilitatorField
from etp.models import Facilitator, Session, Site, Workshop
from etp.models.session import MODES
from etp.selectors import reference
from network.forms.fields import DayField, FactsForm, HourField, text_box
from portal.kit.holidays import holiday
from portal.kit.recurrence import MOST, span, weekly

MODE_CHOICES = [(mode.value, capfirst(label)) for mode, label in MODES.items()]
ONCE, SERIES, CYCLE = "once", "series", "cycle"


class WhereForm(FactsForm):
    """Who gives the session, and where."""

    facilitator = FacilitatorField(
        label=gettext_lazy("Animateur"),
        queryset=Facilitator.objects.none(),
        empty_label=gettext_lazy("Choisir"),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Où"),
        choices=MODE_CHOICES,
        widget=forms.RadioSelect(),
        initial=Mode.ON_SITE.value,
    )
    site = forms.ModelChoiceField(
        label=gettext_lazy("Lieu"),
        help_text=gettext_lazy("Pour une séance sur place."),
        queryset=Site.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choisir"),
    )
    video_url = forms.URLField(
        label=gettext_lazy("Lien de la vidéo"),
        help_text=gettext_lazy(
            "Montré aux seuls inscrits, 15\u00a0minutes avant. Il peut être ajouté plus tard."
        ),
        required=False,
        assume_scheme="https",
        widget=text_box(type="url"),
    )
    video_phone = forms.CharField(
        label=gettext_lazy("Accès par téléphone, si la vidéo ne marche pas"),
        max_length=60,
        required=False,
        widget=text_box(),
    )

    def __init__(self, *args: Any, session: Session | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        person, place = Q(active=True), Q(active=True)
        if session:
            person |= Q(pk=session.facilitator_id)
            place |= Q(pk=session.site_id)
        self.fields["facilitator"].queryset = reference.facilitators().filter(person)  # type: ignore[attr-defined]
        self.fields["site"].queryset = reference.sites().filter(place)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("mode") == Mode.VIDEO:
            data["site"] = None
        elif "site" in data and data["site"] is None:
            self.add_error("site", _("Choisissez un lieu, ou la vidéo."))
        return data

    @property
    def where(self) -> dict[str, Any]:
        """Facilitator, mode, site and ways in, as the actions take them."""
        data = self.cleaned_data
        names = ("facilitator", "site", "video_url", "video_phone")
        return {name: data[name] for name in names} | {"mode": Mode(data["mode"])}


class NewSessionForm(WhereForm):
    """A date and how it comes back; duration and seats are the workshop's own when left empty."""

    request_id = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    workshop = forms.ModelChoiceField(
        label=gettext_lazy("Atelier"),
        queryset=Workshop.objects.none(),
        empty_label=gettext_lazy("Choisir"),
    )
    day = DayField(label=gettext_lazy("Jour"))
    hour = HourField(label=gettext_lazy("Heure"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes"),
        help_text=gettext_lazy("Vide\u00a0: celle du modèle d’atelier."),
        required=False,
        min_value=10,
        max_value=480,
        widget=text_box(inputmode="numeric"),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("Vide\u00a0: celles du modèle d’atelier."),
        required=False,
        min_value=1,
        max_value=50,
        widget=text_box(inputmode="numeric"),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Combien de dates\u202f?"),
        choices=[
            (ONCE, gettext_lazy("Une seule date")),
            (SERIES, gettext_lazy("Plusieurs dates, réservées une à une")),
            (CYCLE, gettext_lazy("Un cycle, réservé en entier")),
        ],
        widget=forms.RadioSelect(),
        initial=ONCE,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Toutes les … semaines"),
        help_text=gettext_lazy("1\u00a0: chaque semaine. 2\u00a0: une semaine sur deux."),
        required=False,
        min_value=1,
        max_value=26,
        initial=1,
        widget=text_box(inputmode="numeric"),
    )
    times = forms.IntegerField(
        label=gettext_lazy("Nombre de dates"),
        required=False,
        min_value=2,
        max_value=MOST,
        widget=text_box(inputmode="numeric"),
    )
    until = DayField(
        label=gettext_lazy("Ou jusqu’au"),
        help_text=gettext_lazy("Dernier jour possible. Exemple\u00a0: 30/06/2027"),
        required=False,
    )
    cycle = forms.CharField(
        label=gettext_lazy("Nom du cycle"),
        help_text=gettext_lazy("Pour un cycle\u00a0: par exemple «\u00a0Janvier, le mardi\u00a0»."),
        max_length=80,
        required=False,
        widget=text_box(),
    )

    field_order = (
        "request_id", "workshop", "day", "hour", "minutes", "mode", "site", "video_url",
        "video_phone", "facilitator", "capacity", "rhythm", "weeks", "times", "until", "cycle",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["workshop"].queryset = reference.workshops().filter(active=True)  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("Ce jour est passé."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("rhythm") in (SERIES, CYCLE):
            if not data.get("times") and not data.get("until"):
                self.add_error("times", _("Donnez un nombre de dates, ou un dernier jour."))
            elif data.get("until") and data.get("day") and data["until"] < data["day"]:
                self.add_error("until", _("Ce jour est avant la première date."))
        if data.get("rhythm") == CYCLE and not data.get("cycle", "").strip():
            self.add_error("cycle", _("Donnez un nom au cycle."))
        workshop = data.get("workshop")
        one_seat = workshop and workshop.format == Format.INDIVIDUAL
        if one_seat and (data.get("capacity") or 1) > 1:
            self.add_error("capacity", _("Un atelier individuel a une seule place."))
        return data

    @property
    def days(self) -> list[date]:
        """Each date that the rhythm gives, holidays included: they are told and left out."""
        data = self.cleaned_data
        if data["rhythm"] == ONCE:
            return [data["day"]]
        return weekly(
            data["day"], weeks=data["weeks"] or 1, times=data["times"], until=data["until"]
        )

    def kept_by_default(self, day: date) -> bool:
        """A holiday is left out, unless it is the one date that was asked."""
        return self.cleaned_data["rhythm"] == ONCE or not holiday(day)

    def span(self, day: date) -> Span:
        data = self.cleaned_data
        minutes = data["minutes"] or data["workshop"].minutes
        return span(day, data["hour"], minutes, paris())

    def plan(self, days: list[date]) -> Plan:
        data = self.cleaned_data
        return Plan(
            workshop=data["workshop"],
            capacity=data["capacity"] or data["workshop"].maximum,
            spans=tuple(self.span(day) for day in days),
            cycle=data["cycle"].strip() if data["rhythm"] == CYCLE else "",
            **self.where,
        )

    def draft(self, day: date) -> Session:
        """The session of that day as it would be written, to say what there is to read of it."""
        data = self.cleaned_data
        starts_at, ends_at = self.span(day)
        return Session(
            workshop=data["workshop"],
            capacity=data["capacity"] or data["workshop"].maximum,
            starts_at=starts_at,
            ends_at=ends_at,
            **self.where,
        )


class ChangeForm(WhereForm):
    """Another date, place or person for a session."""

    day = DayField(label=gettext_lazy("Jour"))
    hour = HourField(label=gettext_lazy("Heure"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Durée en minutes"),
        min_value=10,
        max_value=480,
        widget=text_box(inputmode="numeric"),
    )
    field_order = (
        "day", "hour", "minutes", "mode", "site", "video_url", "video_phone", "facilitator",
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        local = timezone.localtime(session.starts_at)
        given = {
            "day": local.date(),
            "hour": local.time(),
            "minutes": round((session.ends_at - session.starts_at).total_seconds() / 60),
            "mode": session.mode,
            "site": session.site_id,
            "video_url": session.video_url,
            "video_phone": session.video_phone,
            "facilitator": session.facilitator_id,
        }
        super().__init__(*args, session=session, initial=given, **options)

    @property
    def span(self) -> Span:
        data = self.cleaned_data
        return span(data["day"], data["hour"], data["minutes"], paris())


class SeatsForm(FactsForm):
    capacity = forms.IntegerField(
        label=gettext_lazy("Nombre de places"),
        min_value=1,
        max_value=50,
        widget=text_box(inputmode="numeric"),
    )


class CancelForm(FactsForm):
    reason = forms.CharField(
        label=gettext_lazy("Motif, pour l’équipe"),
        help_text=gettext_lazy("Il n’est pas écrit aux patients."),
        max_length=200,
        widget=text_box(),
    )


class MessageForm(FactsForm):
    request_id = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    words = forms.CharField(
        label=gettext_lazy("Votre message"),
        help_text=gettext_lazy(
            "Ni maladie, ni traitement, ni nom de patient\u00a0: ces mails voyagent sans"
            " protection. Le jour, l’heure et le lieu y sont déjà."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
    )


def paris() -> ZoneInfo:
    """The zone in which hours are typed."""
    return ZoneInfo(timezone.get_default_timezone_name())
