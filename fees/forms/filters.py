"""Filters of the lists of acts; they live in the address."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees import wording
from fees.enums import OPEN, Decision, Kind, Reason, State
from fees.models.act import STATES, ActQuerySet
from fees.models.schedule import KINDS
from network.models.professional import PROFESSIONS

ARBITRATION = "to_arbitrate"  # shown beside the states, though it is a decision
ALL = "all"  # an accountant asks for it; what is under way comes first


class MonthField(forms.DateField):
    """A month as `2026-11`; cleans to its first day."""

    widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-11"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m"], **kwargs)


class ActFilter(forms.Form):
    """What a person filters own acts by."""

    state = forms.ChoiceField(label=_("État"), required=False)
    month = MonthField(label=_("Mois des actes"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous")),
            *((state.value, label) for state, label in STATES.items()),
            (ARBITRATION, _("À arbitrer")),
        ]

    def narrow(self, acts: ActQuerySet) -> ActQuerySet:
        """The acts that fit; an unreadable filter is left out, and its field says so."""
        self.is_valid()
        return self._narrow(acts, self.cleaned_data)

    def narrow_but_state(self, acts: ActQuerySet) -> ActQuerySet:
        """The same without the state: what the chips of the states count."""
        self.is_valid()
        return self._narrow(acts, self.cleaned_data | {"state": ""})

    def _narrow(self, acts: ActQuerySet, chosen: dict[str, Any]) -> ActQuerySet:
        if chosen.get("state") == ARBITRATION:
            acts = acts.to_arbitrate()
        elif chosen.get("state") == State.SUBMITTED:
            acts = acts.filter(state=State.SUBMITTED, decision=Decision.ACCEPTED)
        elif chosen.get("state"):
            acts = acts.filter(state=chosen["state"])
        if month := chosen.get("month"):
            acts = acts.done_in(month, after_month(month))
        return acts


class ControlFilter(ActFilter):
    """What an accountant filters by. Without state: what is under way, a short list at any volume.

    Counts of what is closed are asked for one month at a time: over the years they are large.
    """

    kind = forms.ChoiceField(label=_("Acte"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)
    reason = forms.ChoiceField(label=_("Motif de refus"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = self.fields["state"].choices  # type: ignore[attr-defined]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("En cours")),
            (ALL, _("Tous")),
            *(each for each in states if each[0] not in ("", State.DRAFT)),
        ]
        self._offer("kind", [(kind.value, label) for kind, label in KINDS.items()])
        self._offer("profession", [(p.value, label) for p, label in PROFESSIONS.items()])
        self._offer("reason", [(reason.value, wording.title(reason)) for reason in Reason])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("Tous")), *choices]  # type: ignore[attr-defined]

    def counted(self, acts: ActQuerySet) -> ActQuerySet:
        """What the chips count: a whole month, or what is under way."""
        self.is_valid()
        state = ALL if self.cleaned_data.get("month") else ""
        return self._narrow(acts, self.cleaned_data | {"state": state})

    def _narrow(self, acts: ActQuerySet, chosen: dict[str, Any]) -> ActQuerySet:
        if chosen.get("state", "") in ("", ARBITRATION, *OPEN):
            acts = acts.under_way()
        elif chosen["state"] == ALL:
            chosen = chosen | {"state": ""}
        acts = super()._narrow(acts, chosen)
        if chosen.get("kind"):
            acts = acts.filter(kind=Kind(chosen["kind"]))
        if chosen.get("profession"):
            acts = acts.filter(professional__profession=chosen["profession"])
        if chosen.get("reason"):
            acts = acts.filter(reasons__contains=chosen["reason"])
        return acts


def after_month(first: date) -> date:
    """The first day of the next month."""
    return first + timedelta(days=monthrange(first.year, first.month)[1])
