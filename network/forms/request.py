"""Forms of the coordination's queue: filters, the answer to a request, its letters."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from network.actions.decisions import Answer
from network.enums import Addressee, Piece, Reply
from network.forms.fields import DayField, FactsForm
from network.models import Patient, Structure
from network.models.request import OUTCOMES
from network.selectors.requests import QueueSearch
from portal.kit import clock

PIECES = {
    Piece.QUESTIONNAIRE: _("questionnaire du patient"),
    Piece.LETTER: _("courrier médical"),
    Piece.IMAGING: _("compte rendu d’imagerie"),
    Piece.TREATMENTS: _("ordonnance en cours"),
    Piece.CONTACT: _("coordonnées du patient"),
    Piece.OTHER: _("autre pièce"),
}
REASON_LENGTH = 180
"""Characters of a reason: with the pieces or the addresses it holds in one step."""


class QueueForm(forms.Form):
    """The queue's filters, in the address; an unknown value filters nothing."""

    q = forms.CharField(label=_("Nom ou numéro de dossier"), required=False, max_length=80)
    delai = forms.ChoiceField(required=False, choices=[("retard", ""), ("bientot", "")])
    coupe = forms.BooleanField(required=False)
    vue = forms.ChoiceField(required=False, choices=[("incompletes", "")])

    @property
    def search(self) -> QueueSearch:
        self.is_valid()
        data = self.cleaned_data
        return QueueSearch(
            text=data.get("q", ""),
            urgency=data.get("delai", ""),
            fast_track=data.get("coupe", False),
            incomplete=data.get("vue") == "incompletes",
        )


class AnswerForm(FactsForm):
    """What is decided, and what each answer needs beside."""

    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        choices=[(each.value, label) for each, label in OUTCOMES.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez une réponse.")},
    )
    decided_on = DayField(label=_("Décidée le"), required=False)
    structures = forms.ModelMultipleChoiceField(
        label=_("Vers quelles structures"),
        queryset=Structure.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    addresses = forms.CharField(
        label=_("Autres adresses"),
        help_text=_("Une par ligne, avec de quoi les joindre. Elles vont dans les courriers."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": "3"}),
    )
    pieces = forms.MultipleChoiceField(
        label=_("Ce qui manque"),
        choices=[(each.value, capfirst(label)) for each, label in PIECES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Il est repris dans les courriers. Nécessaire pour réorienter ou refuser."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": "2"}),
    )

    def __init__(self, *args: Any, patient: Patient, **options: Any) -> None:
        super().__init__(*args, **options)
        self.patient = patient

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        outcome = data.get("outcome")
        if outcome in {Reply.REDIRECT, Reply.REFUSE} and not data.get("reason"):
            self.add_error("reason", ValidationError(_t("Écrivez le motif\u00a0: il sera lu.")))
        if outcome == Reply.REDIRECT and not (data.get("structures") or data.get("addresses")):
            self.add_error("structures", ValidationError(_t("Choisissez ou écrivez une adresse.")))
        if outcome == Reply.ASK and not data.get("pieces"):
            self.add_error("pieces", ValidationError(_t("Cochez ce qui manque.")))
        if outcome == Reply.INCLUDE and not data.get("decided_on"):
            self.add_error("decided_on", ValidationError(_t("Indiquez le jour de la décision.")))
        return data

    @property
    def answer(self) -> Answer:
        data = self.cleaned_data
        outcome = Reply(data["outcome"])
        redirected, asked = outcome == Reply.REDIRECT, outcome == Reply.ASK
        return Answer(
            key=data["key"],
            outcome=outcome,
            decided_on=data["decided_on"] or clock.today(),
            reason=data["reason"].strip(),
            structures=list(data["structures"]) if redirected else [],
            addresses=data["addresses"].strip() if redirected else "",
            pieces=[str(PIECES[Piece(each)]) for each in data["pieces"]] if asked else [],
        )

    @property
    def near(self) -> list[Any]:
        """Structures of the patient's department, and those ticked."""
        return [box for box in self["structures"] if self._is_near(box)]

    @property
    def far(self) -> list[Any]:
        return [box for box in self["structures"] if not self._is_near(box)]

    def _is_near(self, box: Any) -> bool:
        if box.data["selected"]:
            return True
        found: Structure = box.data["value"].instance
        return bool(self.patient.postcode) and self.patient.postcode.startswith(found.department)


class LettersForm(FactsForm):
    """Both letters, ready and open to change."""

    to_doctor = forms.CharField(
        label=_("Courrier au médecin"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "input letter-text", "rows": "14"}),
    )
    to_patient = forms.CharField(
        label=_("Courrier au patient"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "input letter-text", "rows": "14"}),
    )

    @property
    def letters(self) -> dict[Addressee, str]:
        return {
            Addressee.DOCTOR: self.cleaned_data["to_doctor"],
            Addressee.PATIENT: self.cleaned_data["to_patient"],
        }


class CompleteForm(FactsForm):
    """The day on which the last piece came, on paper."""

    on = DayField(label=_("Dossier complet le"), missing=_("Indiquez le jour."))
