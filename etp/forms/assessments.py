"""The parts of the shared assessment as forms, and the choice of the workshops to open."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.actions.assessments import MOST, Aim
from etp.enums import Mode, SheetPart, Theme
from etp.models import Assessment
from etp.models.programme import THEMES
from etp.models.session import MODES
from network.forms.fields import DayField, FactsForm, long_text, text_box


class NeedsForm(FactsForm):
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Ce dont la personne a besoin"),
        help_text=gettext_lazy("Cochez tout ce qui est ressorti de l’entretien."),
        choices=[(theme.value, label) for theme, label in THEMES.items()],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    daily_life = long_text(
        gettext_lazy("Ce que la douleur change au quotidien"),
        gettext_lazy("Sommeil, travail, famille, loisirs\u00a0: avec ses mots."),
        rows=4,
    )


class SkillsForm(FactsForm):
    knowledge = long_text(
        gettext_lazy("Ce que la personne sait"),
        gettext_lazy("De sa douleur, de ses traitements."),
        rows=4,
    )
    skills = long_text(
        gettext_lazy("Ce qu’elle fait déjà"),
        gettext_lazy("Ce qui l’aide, ce qu’elle a essayé."),
        rows=4,
    )
    brakes = long_text(
        gettext_lazy("Ce qui peut gêner"),
        gettext_lazy("Trajet, horaires, fatigue, langue, garde d’enfants, équipement vidéo."),
        rows=4,
    )


class PreferencesForm(FactsForm):
    mode = forms.ChoiceField(
        label=gettext_lazy("Où préfère-t-elle suivre les ateliers\u202f?"),
        choices=[(mode.value, label) for mode, label in MODES.items()]
        + [("either", gettext_lazy("peu importe"))],
        widget=forms.RadioSelect(),
        required=False,
    )
    availability = forms.CharField(
        label=gettext_lazy("Disponibilités"),
        help_text=gettext_lazy("Par exemple\u00a0: mardi et jeudi après-midi."),
        max_length=200,
        required=False,
        widget=text_box(),
    )

    def clean_mode(self) -> str:
        mode: str = self.cleaned_data["mode"]
        return mode if mode in set(Mode) else ""


class ConsentForm(FactsForm):
    held_on = DayField(
        label=gettext_lazy("Entretien du"),
        missing=gettext_lazy("Indiquez le jour de l’entretien."),
    )
    consent_on = DayField(
        label=gettext_lazy("Accord de la personne recueilli le"),
        help_text=gettext_lazy(
            "Elle accepte de suivre le programme et sait qu’elle peut arrêter à tout moment, "
            "sans effet sur ses soins. Exemple\u00a0: 05/01/2026"
        ),
        required=False,
    )


SIMPLE: dict[SheetPart, type[FactsForm]] = {
    SheetPart.NEEDS: NeedsForm,
    SheetPart.SKILLS: SkillsForm,
    SheetPart.PREFERENCES: PreferencesForm,
    SheetPart.CONSENT: ConsentForm,
}


def values_of(sheet: Assessment, part: SheetPart) -> dict[str, Any]:
    """What a draft holds, as the form of that part begins."""
    values = {name: getattr(sheet, name) for name in SIMPLE[part].base_fields}
    if part == SheetPart.PREFERENCES and not sheet.mode:
        values["mode"] = "either"
    return values


class ObjectivesForm(forms.Form):
    """One to five objectives in rows; a row without words is no objective.

    The number of rows comes with what is sent, so that one is added or removed without script.
    """

    def __init__(self, data: Any = None, *, aims: list[Aim] | None = None, more: int = 0) -> None:
        self.aims = aims or []
        count = len(self.aims) + more
        if data is not None:
            sent = data.get("rows", "")
            count = int(sent) if sent.isdecimal() else count
        self.count = min(max(count, 1), MOST)
        super().__init__(data, initial=self._first())
        for row in range(1, self.count + 1):
            self._add_row(row)

    def _first(self) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for row, each in enumerate(self.aims, start=1):
            initial |= {f"words_{row}": each.words, f"theme_{row}": each.theme.value}
            initial[f"start_{row}"] = "" if each.start is None else str(each.start)
        return initial

    def _add_row(self, row: int) -> None:
        self.fields[f"words_{row}"] = forms.CharField(
            label=_("Objectif %(n)s, avec ses mots") % {"n": row},
            max_length=200,
            required=False,
            widget=text_box(),
            error_messages={"max_length": _("Un objectif tient en 200\u00a0caractères.")},
        )
        self.fields[f"theme_{row}"] = forms.ChoiceField(
            label=_("Thème de l’objectif %(n)s") % {"n": row},
            choices=[(theme.value, label) for theme, label in THEMES.items()],
            required=False,
            widget=forms.Select(attrs={"class": "input"}),
        )
        scale = [("", _("pas dit"))] + [(str(value), str(value)) for value in range(11)]
        self.fields[f"start_{row}"] = forms.ChoiceField(
            label=_("Où en est-elle aujourd’hui, de 0 à 10"),
            choices=scale,
            required=False,
            widget=forms.Select(attrs={"class": "input"}),
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The bound fields by row, for the page."""
        names = ("words", "theme", "start")
        return [
            {"number": row} | {name: self[f"{name}_{row}"] for name in names}
            for row in range(1, self.count + 1)
        ]

    def told(self, *, without: int = 0) -> list[Aim]:
        """The objectives that were typed; `without`: the row that is removed."""
        data = self.cleaned_data
        aims = []
        for row in range(1, self.count + 1):
            words = data[f"words_{row}"].strip()
            if not words or row == without:
                continue
            start = data[f"start_{row}"]
            theme = Theme(data[f"theme_{row}"] or Theme.FOLLOW_UP)
            aims.append(Aim(words, theme, int(start) if start else None))
        return aims
