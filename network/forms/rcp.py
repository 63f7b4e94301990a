"""Forms of case reviews (RCP): the meeting, who comes, the file, what is proposed and signed."""

from collections.abc import Collection, Mapping, Set
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from network.actions.rcp_agenda import Case
from network.actions.rcp_meetings import Plan
from network.actions.rcp_minutes import Proposed
from network.enums import Channel, CopyTo, Outcome, Presence, ProposalKind, WorkStatus
from network.forms.fields import DayField, FactsForm, HourField, ProfessionalField, text_box
from network.models import Professional
from network.models.rcp import PRESENCES, WORK_STATUSES
from network.models.rcp_minutes import CHANNELS, COPIES_TO, OUTCOMES, PROPOSALS
from network.selectors.care import professionals
from network.selectors.rcp import ProposalSearch
from portal.kit.words import capitalise


def _capitalised(words: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Closed lists as choices: their words begin a line."""
    return [(key.value, capitalise(str(label))) for key, label in words.items()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(FactsForm):
    """A meeting that took place without having been planned here."""

    held_on = DayField(label=_("Date de la réunion"), missing=_("Indiquez la date de la réunion."))
    place = forms.CharField(
        label=_("Lieu ou visio"), max_length=120, required=False, widget=text_box()
    )
    chair = ProfessionalField(label=_("Présidée par"), queryset=professionals())


class PlanForm(FactsForm):
    held_on = DayField(label=_("Date"), missing=_("Indiquez la date de la réunion."))
    begins_at = HourField(label=_("Heure"))
    length = forms.IntegerField(
        label=_("Durée, en minutes"),
        min_value=15,
        max_value=480,
        initial=90,
        widget=forms.NumberInput(attrs={"class": "input w-date"}),
    )
    place = forms.CharField(label=_("Lieu"), max_length=120, required=False, widget=text_box())
    video = forms.URLField(
        label=_("Lien de la visioconférence"),
        help_text=_("Il n’est montré qu’aux personnes convoquées, une fois connectées."),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "input"}),
    )
    chair = ProfessionalField(
        label=_("Présidée par"),
        help_text=_("Cette personne signe les comptes rendus, sauf si vous en désignez une autre."),
        queryset=professionals(),
    )

    @property
    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class CallOffForm(FactsForm):
    reason = forms.CharField(label=_("Pourquoi"), max_length=200, widget=text_box())


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Professional) -> str:
        return f"{obj}, {obj.trade}"


class InviteForm(FactsForm):
    """Whom to invite: the teams of the patients first."""

    people = PeopleField(
        label=_("Qui convoquer"),
        queryset=professionals(),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Cochez au moins une personne.")},
    )

    def __init__(
        self,
        *args: Any,
        likely: Set[int] = frozenset(),
        known: Collection[int] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["people"].queryset = professionals().exclude(pk__in=known)  # type: ignore[attr-defined]
        self.likely = likely

    def first_people(self) -> list[Any]:
        return [box for box in self["people"] if self._is_likely(box)]

    def other_people(self) -> list[Any]:
        return [box for box in self["people"] if not self._is_likely(box)]

    def _is_likely(self, box: Any) -> bool:
        return bool(box.data["selected"]) or int(str(box.data["value"])) in self.likely


class CaseForm(FactsForm):
    question = forms.CharField(
        label=_("Question posée"),
        help_text=_("Une phrase\u00a0: ce que la RCP doit décider."),
        max_length=300,
        widget=_area(2),
    )
    summary = forms.CharField(
        label=_("Résumé"),
        help_text=_("L’histoire et les examens utiles. Les médecins-conseils ne le voient pas."),
        max_length=6000,
        required=False,
        widget=_area(5),
    )
    presenter = ProfessionalField(label=_("Présenté par"), queryset=professionals(), required=False)
    signatory = ProfessionalField(
        label=_("Compte rendu signé par"),
        help_text=_("Laissez vide\u00a0: la personne qui préside signe."),
        queryset=professionals(),
        required=False,
    )
    work = forms.TypedChoiceField(
        label=_("Situation de travail"),
        choices=_capitalised(WORK_STATUSES),
        coerce=WorkStatus,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(),
    )

    @property
    def case(self) -> Case:
        return Case(**self.cleaned_data)


ABSENT, EXCUSED = "absent", "excused"


class AttendanceForm(FactsForm):
    """How each person attended; others than those invited are added at the end."""

    others = PeopleField(
        label=_("Autres personnes présentes"),
        queryset=Professional.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(
        self,
        *args: Any,
        people: Collection[Professional],
        excusable: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people = sorted(people, key=lambda each: (each.last_name, each.first_name, each.pk))
        away = {ABSENT: _t("Absent")}
        if excusable:
            away = {EXCUSED: _t("Excusé")} | away
        for each in self.people:
            self.fields[f"p{each.pk}"] = forms.ChoiceField(
                label=f"{each}, {each.trade}",
                choices=[
                    *_capitalised(PRESENCES),
                    *away.items(),
                ],
                initial=Presence.ON_SITE,
                widget=forms.RadioSelect(),
                error_messages={"required": _t("Dites si cette personne était là.")},
            )
        known = [each.pk for each in self.people]
        self.fields["others"].queryset = professionals().exclude(pk__in=known)  # type: ignore[attr-defined]
        self.order_fields([*(f"p{each.pk}" for each in self.people), "others"])

    def rows(self) -> list[Any]:
        """The bound fields of the people listed."""
        return [self[f"p{each.pk}"] for each in self.people]

    @property
    def present(self) -> dict[Professional, Presence]:
        """Who was there, and how; those added were on site."""
        there = {
            each: Presence(said)
            for each in self.people
            if (said := self.cleaned_data[f"p{each.pk}"]) not in (ABSENT, EXCUSED)
        }
        return there | dict.fromkeys(self.cleaned_data["others"], Presence.ON_SITE)

    @property
    def excused(self) -> list[Professional]:
        return [each for each in self.people if self.cleaned_data[f"p{each.pk}"] == EXCUSED]


class PlanDayForm(FactsForm):
    revised_on = DayField(
        label=_("Plan de soins modifié le"),
        help_text=_("Version qui cite cette RCP, dans les 30\u00a0jours de la réunion."),
        required=False,
    )
    reason = forms.CharField(
        label=_("D’après quel document"),
        help_text=_(
            "Ce motif et votre nom restent à côté de la date\u00a0: elle ouvre un paiement."
        ),
        max_length=200,
        widget=text_box(),
        error_messages={"required": _("Dites d’après quel document.")},
    )


class ProposalForm(FactsForm):
    kind = forms.TypedChoiceField(
        label=_("Proposition"),
        choices=_capitalised(PROPOSALS),
        coerce=ProposalKind,
        widget=forms.RadioSelect(),
    )
    detail = forms.CharField(
        label=_("Précision"), max_length=200, required=False, widget=text_box()
    )
    owner = ProfessionalField(
        label=_("Responsable"),
        queryset=professionals(),
        required=False,
        empty_label=_("Coordination du réseau"),
    )
    due_on = DayField(label=_("Échéance"), missing=_("Indiquez l’échéance."))

    @property
    def proposed(self) -> Proposed:
        return Proposed(**self.cleaned_data)


class OutcomeForm(FactsForm):
    outcome = forms.TypedChoiceField(
        label=_("Ce qu’elle est devenue"),
        choices=_capitalised(OUTCOMES),
        coerce=Outcome,
        widget=forms.RadioSelect(),
    )
    on = DayField(label=_("Depuis le"), missing=_("Indiquez le jour."))
    why = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("À remplir si elle n’est pas faite ou abandonnée."),
        max_length=200,
        required=False,
        widget=text_box(),
    )


class MinutesForm(FactsForm):
    discussion = forms.CharField(label=_("Discussion"), max_length=8000, widget=_area(9))
    conclusion = forms.CharField(
        label=_("Conclusion"), max_length=3000, required=False, widget=_area(4)
    )


class CopyForm(FactsForm):
    to = forms.TypedChoiceField(
        label=_("À qui"),
        choices=_capitalised(COPIES_TO),
        coerce=CopyTo,
        widget=forms.RadioSelect(),
    )
    channel = forms.TypedChoiceField(
        label=_("Par quelle voie"),
        choices=_capitalised(CHANNELS),
        coerce=Channel,
        widget=forms.RadioSelect(),
    )
    sent_on = DayField(label=_("Le"), missing=_("Indiquez le jour."))


class WorkForm(FactsForm):
    status = forms.TypedChoiceField(
        label=_("Situation de travail, six mois après"),
        choices=_capitalised(WORK_STATUSES),
        coerce=WorkStatus,
        widget=forms.RadioSelect(),
    )


class QuorumForm(FactsForm):
    valid_from = DayField(label=_("À partir du"), missing=_("Indiquez le jour."))
    least = forms.IntegerField(
        label=_("Professionnels présents, au moins"),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput(attrs={"class": "input w-date"}),
    )


LATE, ALL, COORDINATION, MINE = "en-retard", "toutes", "coordination", "moi"
STATES = {
    "a-faire": _("À faire"),
    LATE: _("En retard"),
    "faites": _("Faites"),
    "pas-faites": _("Pas faites"),
    "abandonnees": _("Abandonnées"),
    ALL: _("Toutes"),
}
_OUTCOME_OF = {
    "a-faire": Outcome.PENDING,
    "faites": Outcome.DONE,
    "pas-faites": Outcome.NOT_DONE,
    "abandonnees": Outcome.DROPPED,
}


class ProposalFilter(forms.Form):
    """The filters of the proposals, in the address; an unknown value filters nothing."""

    etat = forms.ChoiceField(
        label=_("État"), choices=list(STATES.items()), required=False, initial="a-faire"
    )
    qui = forms.ChoiceField(label=_("Responsable"), required=False)

    def __init__(self, *args: Any, owners: Collection[Professional], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["qui"].choices = [  # type: ignore[attr-defined]
            ("", _t("Tous")),
            (MINE, _t("Moi")),
            (COORDINATION, _t("Coordination du réseau")),
            *((str(each.pk), str(each)) for each in owners),
        ]

    @property
    def search(self) -> ProposalSearch:
        self.is_valid()
        state = self.cleaned_data.get("etat") or "a-faire"
        owner = self.cleaned_data.get("qui") or ""
        return ProposalSearch(
            outcome=_OUTCOME_OF.get(state),
            late=state == LATE,
            owner=int(owner) if owner.isdigit() else None,
            coordination=owner == COORDINATION,
            mine=owner == MINE,
        )
