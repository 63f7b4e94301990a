"""The referral: one page, six things required, the rest invited in folded groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from network.actions.referrals import Content
from network.enums import AldKind, FastTrack, WorkFact
from network.forms.fields import DayField, ProfessionalField, text_box
from network.forms.patients import IdentityForm
from network.models.care import ALD_KINDS
from network.models.referral import FAST_TRACKS, WORK_FACTS
from network.selectors.care import doctors

WORK = (
    _("en emploi"),
    _("en arrêt de travail"),
    _("mi-temps thérapeutique"),
    _("sans emploi"),
    _("en études"),
    _("en invalidité"),
    _("à la retraite"),
    _("au foyer"),
)
TEXT_LENGTH = 6000
"""Characters of one answer, two pages: beyond, a document says it better."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields folded under one title; open when one holds something or is refused."""

    title: str | Promise
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        return any(each.errors or each.value() for each in self.fields)


def prose(label: Any, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"class": "input", "rows": "4"})
    return forms.CharField(
        label=label, help_text=help_text, max_length=TEXT_LENGTH, required=False, widget=area
    )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.Field):
    """Files chosen together; each is judged by the action that joins it."""

    widget = SeveralFiles


class ReferralForm(IdentityForm):
    """What the network needs to answer (context 2.4); a draft holds any part of it."""

    birthplace = None  # type: ignore[assignment]  # not asked here
    question = forms.CharField(
        label=_("Votre question"),
        help_text=_("Ce que vous attendez du réseau, et pourquoi maintenant."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"class": "input", "rows": "4"}),
        error_messages={"required": _("Écrivez la question que vous posez.")},
    )
    syndrome = forms.CharField(
        label=_("Douleur principale"),
        help_text=_("En quelques mots. Exemple\u00a0: fibromyalgie, lombalgie."),
        max_length=40,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    fast_tracks = forms.MultipleChoiceField(
        label=_("Situation qui ne peut pas attendre"),
        choices=[(each.value, capfirst(label)) for each, label in FAST_TRACKS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    treating_doctor = ProfessionalField(
        label=_("Médecin traitant, s’il est membre du réseau"),
        queryset=doctors(),
        required=False,
        empty_label=_("Il n’en est pas membre"),
    )
    doctor_name = forms.CharField(
        label=_("Médecin traitant hors du réseau"),
        help_text=_("Son nom et sa commune."),
        max_length=120,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    history = prose(
        _("Histoire de la douleur"), _("Depuis quand, où, comment, ce qui l’a déclenchée.")
    )
    tried = prose(_("Traitements essayés et résultats"))
    treatments = prose(_("Traitements actuels"))
    comorbidities = prose(_("Autres maladies"))
    work_status = forms.ChoiceField(
        label=_("Situation de travail"),
        choices=[("", _("Non précisée")), *((str(each), capfirst(each)) for each in WORK)],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    sick_leave_since = DayField(label=_("En arrêt depuis le"), required=False)
    work_facts = forms.MultipleChoiceField(
        label=_("Reconnaissances"),
        choices=[(each.value, capfirst(label)) for each, label in WORK_FACTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    psychosocial = prose(_("Contexte psychologique et social"))
    cover = forms.CharField(
        label=_("Couverture sociale"),
        help_text=_("Régime, complémentaire, aide médicale."),
        max_length=80,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    ald_kind = forms.ChoiceField(
        label=_("Affection de longue durée"),
        choices=[("", _("Aucune connue")), *((k.value, label) for k, label in ALD_KINDS.items())],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    ald_from = DayField(label=_("ALD depuis le"), required=False)
    ald_to = DayField(
        label=_("ALD jusqu’au"), help_text=_("Vide si elle n’a pas de fin."), required=False
    )
    representative = forms.CharField(
        label=_("Parent ou tuteur"),
        help_text=_("Nom et lien avec le patient. Nécessaire pour un mineur."),
        max_length=120,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    representative_contact = forms.CharField(
        label=_("Son téléphone ou son adresse e-mail"),
        max_length=120,
        required=False,
        widget=text_box(autocomplete="off"),
    )
    pieces = FilesField(
        label=_("Joindre des documents"),
        help_text=_("PDF, JPEG ou PNG. 10\u00a0Mo par document, 10\u00a0documents au plus."),
        required=False,
        widget=SeveralFiles(attrs={"class": "input", "accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    informed = forms.BooleanField(
        label=_("Le patient est informé de cette demande et l’accepte"),
        error_messages={"required": _("Le patient doit être informé et d’accord.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].help_text = _("Le patient y recevra le lien de son questionnaire.")
        self.fields["phone"].help_text = _("Un téléphone ou une adresse e-mail est nécessaire.")

    @property
    def content(self) -> Content:
        data = self.cleaned_data
        plain = (
            "question",
            "informed",
            "syndrome",
            "treating_doctor",
            "doctor_name",
            "history",
            "tried",
            "treatments",
            "comorbidities",
            "psychosocial",
            "work_status",
            "sick_leave_since",
            "cover",
            "ald_from",
            "ald_to",
            "representative",
            "representative_contact",
        )
        return Content(
            **{name: data[name] for name in plain},
            fast_tracks=[FastTrack(each) for each in data["fast_tracks"]],
            work_facts=[WorkFact(each) for each in data["work_facts"]],
            ald_kind=AldKind(data["ald_kind"]) if data["ald_kind"] else "",
        )

    @property
    def groups(self) -> Iterator[Group]:
        """What is invited, folded; the required fields stand before."""
        for title, names in (
            (_("Médecin traitant"), ("treating_doctor", "doctor_name")),
            (_("Douleur et traitements"), ("history", "tried", "treatments", "comorbidities")),
            (
                _("Travail et contexte"),
                ("work_status", "sick_leave_since", "work_facts", "psychosocial"),
            ),
            (_("Couverture sociale et ALD"), ("cover", "ald_kind", "ald_from", "ald_to")),
            (_("Pour un mineur"), ("representative", "representative_contact")),
        ):
            yield Group(title, [self[name] for name in names])


TYPED = frozenset(ReferralForm.base_fields) - {"pieces"}
"""Fields that a draft keeps."""
