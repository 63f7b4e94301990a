"""Noting an act: patient, act, day. The form reads what was typed; it holds no rule."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fees import rules
from fees.declaration import Declaration
from fees.enums import Kind, Reason
from fees.models.schedule import KINDS
from network.enums import Profession
from network.models import Patient, Professional, RcpFile
from portal.kit.days import DayChoiceField
from portal.kit.words import plain_day


def kinds_for(professional: Professional) -> list[Kind]:
    """The lines of the fee table that pay this profession."""
    profession = Profession(professional.profession)
    return [kind for kind in Kind if profession in rules.PAYEES[kind]]


class PatientField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.used_name or obj.birth_name} {obj.first_name}, {obj.birth_date.year}"


class RcpFileField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(_("RCP du %(day)s") % {"day": plain_day(obj.meeting.held_on)})


class ActForm(forms.Form):
    """What a professional declares. The day of an RCP act is that of the meeting."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    patient = PatientField(
        queryset=Patient.objects.none(),
        label=_("Patient"),
        empty_label=_("Choisir un patient"),
        error_messages={"required": _("Choisissez le patient.")},
    )
    kind = forms.ChoiceField(
        label=_("Acte"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’acte.")},
    )
    done_on = DayChoiceField(label=_("Date de la séance"), required=False)
    rcp_file = RcpFileField(
        queryset=RcpFile.objects.none(),
        label=_("RCP"),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
    )
    msp_declared = forms.BooleanField(
        label=_("Séance non facturée à Mon soutien psy"),
        help_text=_("Le réseau ne paie pas une séance déjà payée par ce dispositif."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        professional: Professional,
        patients: Any,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.professional = professional
        self.today = today
        self.kinds = kinds_for(professional)
        self.fields["done_on"].today = today  # type: ignore[attr-defined]
        self.fields["patient"].queryset = patients  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(k.value, KINDS[k]) for k in self.kinds]  # type: ignore[attr-defined]
        daily = [kind for kind in self.kinds if not kind.is_rcp]
        if len(daily or self.kinds) == 1:
            self.fields["kind"].initial = (daily or self.kinds)[0].value
        self.fields["rcp_file"].queryset = self._files()  # type: ignore[attr-defined]
        if Kind.PSY_SUIVI not in self.kinds:
            del self.fields["msp_declared"]

    @property
    def chosen_kind(self) -> Kind | None:
        value = self["kind"].value()
        return Kind(value) if value in {kind.value for kind in self.kinds} else None

    @property
    def is_rcp(self) -> bool:
        return self.chosen_kind is not None and self.chosen_kind.is_rcp

    @property
    def patients(self) -> Any:
        return self.fields["patient"].queryset  # type: ignore[attr-defined]

    @property
    def rcp_files(self) -> Any:
        return self.fields["rcp_file"].queryset  # type: ignore[attr-defined]

    @property
    def lacks_rcp(self) -> bool:
        """An RCP act is chosen, for a patient of whom no RCP is recorded: nothing to send yet."""
        return self.is_rcp and bool(self["patient"].value()) and not self.rcp_files.exists()

    @property
    def declares_msp(self) -> bool:
        return self.chosen_kind is Kind.PSY_SUIVI

    def values(self) -> dict[str, Any]:
        """What was typed, as the opening values of a form that is not sent yet."""
        return {name: self[name].value() for name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_rcp:
            cleaned["rcp_file"] = None
            if "done_on" not in self.errors and not cleaned.get("done_on"):
                self.add_error("done_on", _("Choisissez le jour."))
        elif file := cleaned.get("rcp_file"):
            cleaned["done_on"] = file.meeting.held_on
        elif "rcp_file" not in self.errors:
            self.add_error("rcp_file", ValidationError(self._no_file(), code="required"))
        self._check_day(cleaned)
        self._check_msp(cleaned)
        return cleaned

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        """What has not taken place is no fact yet; looking says so too, without being an error."""
        done_on = cleaned.get("done_on")
        if done_on and done_on > self.today and "check" not in self.data:
            self.add_error(
                "done_on",
                _("L’acte n’a pas encore eu lieu\u00a0: il se note le jour même ou après."),
            )

    def _check_msp(self, cleaned: dict[str, Any]) -> None:
        """Forgetting the box must not cost a session: ask, unless it is left empty knowingly."""
        told = Reason.MSP_NOT_DECLARED in self.data.get("read", "")
        knowingly = told or {"draft", "check"} & set(self.data)
        if self.chosen_kind is Kind.PSY_SUIVI and not cleaned.get("msp_declared") and not knowingly:
            self.add_error(
                "msp_declared",
                _("Cochez cette déclaration pour être payé, ou notez la séance sans paiement."),
            )

    def declared(self) -> Declaration:
        """The declaration of a valid form."""
        cleaned = self.cleaned_data
        return Declaration(
            patient=cleaned["patient"],
            professional=self.professional,
            kind=Kind(cleaned["kind"]),
            done_on=cleaned["done_on"],
            rcp_file=cleaned["rcp_file"],
            msp_declared=bool(cleaned.get("msp_declared")) and cleaned["kind"] == Kind.PSY_SUIVI,
        )

    def proof_of_reading(self, reasons: Iterable[str]) -> str:
        """What the page carries once it has shown these reasons against this very act."""
        return f"{self._act()} {'|'.join(reasons)}"

    def read_reasons(self) -> frozenset[str]:
        """The reasons that the page had shown when it was sent, if they were against this act."""
        act, _sep, reasons = self.data.get("read", "").rpartition(" ")
        return frozenset(reasons.split("|")) if act == self._act() else frozenset()

    def _act(self) -> str:
        cleaned = self.cleaned_data
        return f"{cleaned['patient'].pk} {cleaned['kind']} {cleaned['done_on']}"

    def _files(self) -> Any:
        """The RCP files of the chosen patient, once an RCP act is chosen."""
        chosen = self["patient"].value()
        if not self.is_rcp or not str(chosen or "").isdigit():
            return RcpFile.objects.none()
        patients = self.patients.filter(pk=chosen)
        files = RcpFile.objects.held().filter(patient__in=patients).select_related("meeting")
        return files.order_by("-meeting__held_on", "-pk")

    def _no_file(self) -> str:
        if self.rcp_files.exists():
            return str(_("Choisissez la RCP."))
        return str(
            _("Aucune RCP n’est enregistrée pour ce patient : la coordination peut l’ajouter.")
        )


class ReasonForm(forms.Form):
    """A written reason: for what cannot be undone without saying why."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez le motif.")},
    )


class ReplaceForm(ActForm):
    """The right act in place of a wrong one, with the reason of the correction."""

    reason = forms.CharField(
        label=_("Pourquoi cette correction ?"),
        max_length=500,
        error_messages={"required": _("Écrivez le motif de la correction.")},
    )
