"""The plan being written: one field for each of its texts, and what it says once it is whole."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.plans import Agreement
from network.enums import ActionStatus, PlanRow
from network.forms.fields import DayField, FactsForm, text_box
from network.forms.plan_typed import IN_ROW, IN_WORDS, Typed
from network.models import Professional, RcpFile
from network.models.plan import ACTION_STATUSES
from network.rules import plan_outline as outline
from network.rules.plan import NOBODY, Action, Objective, Plan, Problem, Who
from portal.kit.words import plain_day

LONG, SHORT = 4000, 300


class PlanForm(forms.Form):
    """One field for each text of the plan. `strict`: what must be mended before it is signed."""

    def __init__(
        self,
        typed: Typed,
        *,
        doers: Sequence[Professional],
        files: Sequence[RcpFile] = (),
        rcp: RcpFile | None = None,
        strict: bool = False,
    ) -> None:
        values: dict[str, Any] = dict(typed["values"]) | {"rcp": str(rcp.pk) if rcp else ""}
        super().__init__(data=values if strict else None, initial=values)
        self.rows = outline.read_rows(typed["rows"])
        self.has_trash = bool(typed.get("trash"))
        self.known = {str(each.pk): each for each in doers}
        self._add_own(files)
        for row in self.rows:
            if row.kind == PlanRow.ACTION:
                self._add_action(row.key)
            else:
                self._add_words(row)

    def _add_own(self, files: Sequence[RcpFile]) -> None:
        people = [(key, f"{each}, {each.trade}") for key, each in self.known.items()]
        meetings = [
            (str(each.pk), _("RCP du %(day)s") % {"day": plain_day(each.held_on)}) for each in files
        ]
        self.fields |= {
            "priorities": _long(
                _("Ce qui compte pour la personne"), _("Ses priorités, avec ses mots.")
            ),
            "preferences": _long(
                _("Ses préférences"),
                _("Ce qu’elle veut, ce qu’elle ne veut pas, comment elle préfère être soignée."),
            ),
            "referent": _select(
                _("Référent"),
                people,
                required=_("Choisissez un référent dans l’équipe."),
                hint=_("La personne vers qui se tourner. Elle est de l’équipe de soins."),
            ),
            "review_on": DayField(
                label=_("Plan à revoir le"), missing=_("Indiquez quand le plan sera revu.")
            ),
            "alert": _line(
                _("En cas d’alerte"),
                hint=_("Une ligne\u00a0: qui appeler, que faire si la situation se dégrade."),
            ),
            "rcp": _select(
                _("RCP à l’origine de cette version"),
                meetings,
                empty=_("aucune"),
                hint=_("La version qui cite une RCP prouve que le plan a changé à sa suite."),
            ),
        }

    def _add_words(self, row: outline.Row) -> None:
        problem = row.kind == PlanRow.PROBLEM
        self.fields[f"{row.key}-words"] = _line(_("Problème") if problem else _("Objectif"))

    def _add_action(self, key: str) -> None:
        people = [
            *((pk, f"{each}, {each.trade}") for pk, each in self.known.items()),
            (IN_WORDS, _("quelqu’un d’autre, à préciser")),
        ]
        self.fields |= {
            f"{key}-what": _line(_("Action")),
            f"{key}-who": _select(_("Qui"), people),
            f"{key}-who_words": _line(_("Précisez qui"), most=120),
            f"{key}-due_on": DayField(
                label=_("Échéance"), help_text=_("Exemple\u00a0: 05/01/2027"), required=False
            ),
            f"{key}-status": forms.ChoiceField(
                label=_("Où en est-on"),
                choices=[(each.value, label) for each, label in ACTION_STATUSES.items()],
                required=False,
                widget=forms.Select(attrs={"class": "input", "data-status": ""}),
            ),
            f"{key}-why": _line(_("Pourquoi l’abandonner")),
        }

    # --- What the page shows

    @property
    def problems(self) -> list[dict[str, Any]]:
        """The rows under one another, each with its bound fields and its place among sisters."""
        return self._sisters(0, len(self.rows), 0)

    def _sisters(self, start: int, end: int, level: int) -> list[dict[str, Any]]:
        places = [each for each in range(start, end) if self.rows[each].level == level]
        found = []
        for rank, place in enumerate(places):
            stop = places[rank + 1] if rank + 1 < len(places) else end
            row = self.rows[place]
            found.append(
                {
                    "key": row.key,
                    "row": str(row),
                    "number": rank + 1,
                    "first": rank == 0,
                    "last": rank + 1 == len(places),
                    "fields": {name: self[f"{row.key}-{name}"] for name in IN_ROW[row.kind]},
                    "under": self._sisters(place + 1, stop, level + 1),
                }
            )
        return found

    # --- What it says

    def clean(self) -> None:
        for row, under in self._with_under():
            if row.kind == PlanRow.ACTION:
                self._check_action(row.key)
            elif not self._text(row.key, "words") and any(map(self._filled, under)):
                self.add_error(f"{row.key}-words", _("Dites en quelques mots de quoi il s’agit."))
        if not any(row.kind == PlanRow.ACTION and self._filled(row) for row in self.rows):
            raise ValidationError(_("Un plan a au moins une action."))

    def _with_under(self) -> Iterator[tuple[outline.Row, list[outline.Row]]]:
        for row in self.rows:
            yield row, outline.block(self.rows, row.key)[1:]

    def _check_action(self, key: str) -> None:
        if not self._filled(outline.Row(PlanRow.ACTION, key)):
            return
        who = self._text(key, "who")
        asked = {
            "what": (not self._text(key, "what"), _("Dites ce qui est à faire.")),
            "who": (not who, _("Dites qui fait cette action.")),
            "who_words": (
                who == IN_WORDS and not self._text(key, "who_words"),
                _("Précisez qui fait cette action."),
            ),
            "why": (
                self._text(key, "status") == ActionStatus.DROPPED and not self._text(key, "why"),
                _("Dites pourquoi l’action est abandonnée."),
            ),
        }
        for name, (lacks, sentence) in asked.items():
            if lacks and not self.has_error(f"{key}-{name}"):
                self.add_error(f"{key}-{name}", sentence)

    def _filled(self, row: outline.Row) -> bool:
        """Whether something was typed in the row; where it stands is always chosen."""
        names = set(IN_ROW[row.kind]) - {"status"}
        return any(str(self.data.get(f"{row.key}-{name}", "")).strip() for name in names)

    def _text(self, key: str, name: str) -> str:
        return str(self.cleaned_data.get(f"{key}-{name}") or "").strip()

    @property
    def plan(self) -> Plan:
        """What the plan says, its empty rows left out; once the form is valid."""
        data = self.cleaned_data
        referent = self.known[data["referent"]]
        return Plan(
            priorities=data["priorities"].strip(),
            preferences=data["preferences"].strip(),
            alert=data["alert"].strip(),
            referent=Who(str(referent), referent.pk),
            review_on=data["review_on"],
            problems=tuple(self._read_problems()),
        )

    def _read_problems(self) -> Iterator[Problem]:
        for problem in self.problems:
            objectives = tuple(self._read_objectives(problem["under"]))
            if words := self._text(problem["key"], "words"):
                yield Problem(problem["key"], words, objectives)

    def _read_objectives(self, rows: Sequence[dict[str, Any]]) -> Iterator[Objective]:
        for row in rows:
            keys = [each["key"] for each in row["under"]]
            actions = tuple(self._read_action(key) for key in keys if self._text(key, "what"))
            if words := self._text(row["key"], "words"):
                yield Objective(row["key"], words, actions)

    def _read_action(self, key: str) -> Action:
        who, status = self._text(key, "who"), self._text(key, "status")
        doer = NOBODY
        if who == IN_WORDS:
            doer = Who(self._text(key, "who_words"))
        elif who:
            doer = Who(str(self.known[who]), self.known[who].pk)
        stands = ActionStatus(status) if status else ActionStatus.TO_DO
        return Action(
            key=key,
            what=self._text(key, "what"),
            who=doer,
            due_on=self.cleaned_data[f"{key}-due_on"],
            status=stands,
            why=self._text(key, "why") if stands == ActionStatus.DROPPED else "",
        )


def _line(label: str, *, hint: str = "", most: int = SHORT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        widget=text_box(),
        error_messages={
            "max_length": _("Ce texte tient en %(most)s\u00a0caractères.") % {"most": most}
        },
    )


def _long(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


def _select(
    label: str,
    choices: Sequence[tuple[str, str]],
    *,
    required: str = "",
    empty: str = "",
    hint: str = "",
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", empty or _("Choisir")), *choices],
        required=bool(required),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={
            "required": required,
            "invalid_choice": _("Cette personne n’est plus dans l’équipe\u00a0: choisissez."),
        },
    )


class AgreementForm(FactsForm):
    """When and how the patient agreed."""

    given_on = DayField(
        label=gettext_lazy("Accord de la personne donné le"),
        missing=gettext_lazy("Indiquez quand la personne a donné son accord."),
    )
    how = forms.CharField(
        label=gettext_lazy("De quelle façon"),
        help_text=gettext_lazy("Par exemple\u00a0: en consultation, au téléphone."),
        max_length=120,
        widget=text_box(),
    )

    @property
    def agreement(self) -> Agreement:
        return Agreement(
            given_on=self.cleaned_data["given_on"], how=self.cleaned_data["how"].strip()
        )


class SignForm(AgreementForm):
    """The signature: the agreement may be noted with it, or come later."""

    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["given_on"].required = self.fields["how"].required = False

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("given_on") and not data.get("how"):
            self.add_error("how", _("Dites comment la personne a donné son accord."))
        return data

    @property
    def noted(self) -> Agreement | None:
        return self.agreement if self.cleaned_data["given_on"] else None
