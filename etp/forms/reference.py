"""Forms of what sessions are made from."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from etp.forms.fields import FacilitatorsField
from etp.models import Facilitator, Programme, Site, Workshop
from etp.selectors.reference import coordinators, facilitators, not_yet_facilitators
from network.forms.fields import DayField, ProfessionalField
from network.models import Professional, User


class ProgrammeForm(forms.ModelForm[Programme]):
    declared_on = DayField(label=_("Déclaré à l’ARS le"), required=False)
    starts_on = DayField(label=_("Commence le"))
    ends_on = DayField(
        label=_("Finit le"),
        help_text=_("Dernier jour. Laissez vide si aucune fin n’est prévue."),
        required=False,
    )
    coordinator = forms.ModelChoiceField(
        label=_("Coordination du programme"), queryset=User.objects.none(), empty_label=_("Choisir")
    )
    team = FacilitatorsField(
        label=_("Équipe"),
        help_text=_("Au moins un médecin, et deux professions différentes."),
        queryset=Facilitator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    class Meta:
        model = Programme
        fields: ClassVar = [
            "name",
            "declaration",
            "declared_on",
            "starts_on",
            "ends_on",
            "coordinator",
            "notice_hours",
            "team",
        ]
        labels: ClassVar = {
            "name": _("Nom du programme"),
            "declaration": _("Numéro de déclaration à l’ARS"),
            "notice_hours": _("Délai pour annuler soi-même, en heures"),
        }
        help_texts: ClassVar = {
            "notice_hours": _("Passé ce délai, les patients appellent le secrétariat.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["coordinator"].queryset = coordinators()  # type: ignore[attr-defined]
        self.fields["team"].queryset = facilitators()  # type: ignore[attr-defined]


class WorkshopForm(forms.ModelForm[Workshop]):
    class Meta:
        model = Workshop
        fields: ClassVar = [
            "programme",
            "title",
            "summary",
            "to_bring",
            "theme",
            "audience",
            "format",
            "minutes",
            "minimum",
            "maximum",
            "repeatable",
            "active",
        ]
        labels: ClassVar = {
            "programme": _("Programme"),
            "active": _("Proposé pour de nouvelles séances"),
        }
        help_texts: ClassVar = {
            "title": _("Ce que lit le patient une fois reconnu\u202f; les mails n’en disent rien."),
            "minimum": _("En dessous, trois jours avant, la coordination est alertée."),
            "maximum": _(
                "Par défaut pour chaque séance. En groupe\u00a0: 8 à 10\u00a0adultes,"
                " 6 à 8\u00a0enfants. En individuel\u00a0: 1."
            ),
        }


class FacilitatorForm(forms.ModelForm[Facilitator]):
    professional = ProfessionalField(
        label=_("Professionnel du réseau"), queryset=Professional.objects.none()
    )
    certified_on = DayField(label=_("Attestation du"), required=False)

    class Meta:
        model = Facilitator
        fields: ClassVar = [
            "professional",
            "training_hours",
            "certificate",
            "certified_on",
            "active",
        ]
        labels: ClassVar = {
            "training_hours": _("Heures de formation à l’éducation thérapeutique"),
            "certificate": _("Attestation vue"),
            "active": _("Anime en ce moment"),
        }
        help_texts: ClassVar = {
            "training_hours": _("La loi en demande 40."),
            "certificate": _("Organisme et intitulé, tels qu’écrits sur l’attestation."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["professional"]
        else:
            self.fields["professional"].queryset = not_yet_facilitators()  # type: ignore[attr-defined]


class SiteForm(forms.ModelForm[Site]):
    class Meta:
        model = Site
        fields: ClassVar = ["name", "address", "postcode", "city", "access", "seats", "active"]
        labels: ClassVar = {"name": _("Nom du lieu"), "active": _("Utilisé en ce moment")}
        help_texts: ClassVar = {
            "name": _("Écrit dans les mails\u00a0: sans nom de maladie."),
            "access": _("Étage, ascenseur, arrêt de bus."),
        }
