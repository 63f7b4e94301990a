"""The questions of a recording, all in one form: rows of questions, each with rows of choices.

Buttons of the page add, move and remove rows: they send all that was typed, and get it back with
its rows changed, nothing judged yet. A row left blank is none.
"""

import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.rules.asking import (
    FEWEST_CHOICES,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Choice,
    Question,
    clashes,
    faults_of,
)
from training.rules.marks import clock_time, read_mark
from training.wording import MISASKED

type Typed = dict[str, Any]
"""The row of a question as it is typed: its own texts, and under `choices` its rows of choices."""

OWN = ("at", "stem", "explanation")
OF_CHOICE = ("text", "right", "feedback")
PREFIX = "q"
FIRST_CHOICES = 3
"""Rows of choices of a new question."""
_ROW = re.compile(rf"{PREFIX}-(\d{{1,3}})(?:-choices-(\d{{1,3}}))?", re.ASCII)


class MarkField(forms.Field):
    """A time mark typed as « 12:30 », within the recording; its value is a second."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w-date", "size": "8", "autocomplete": "off"})
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return clock_time(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        second = read_mark(str(value))
        if second is None:
            raise ValidationError(_("Écrivez un temps comme 12:30."))
        return second


class ChoiceForm(forms.Form):
    right = forms.BooleanField(label=_("C’est une bonne réponse"), required=False)
    text = forms.CharField(
        max_length=300,
        required=False,
        error_messages={"max_length": _("Une réponse tient en 300\u00a0caractères.")},
    )
    feedback = forms.CharField(
        label=_("Ce que l’on en dit après"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    def clean_feedback(self) -> str:
        return _lines(self.cleaned_data["feedback"])

    @property
    def choice(self) -> Choice:
        """The choice of a valid form; without words, a row left blank."""
        told = self.cleaned_data
        return Choice(told.get("text", ""), told.get("right", False), told.get("feedback", ""))


ChoiceForms = forms.formset_factory(
    ChoiceForm, extra=0, max_num=MOST_CHOICES, absolute_max=MOST_CHOICES, validate_max=True
)


class QuestionForm(forms.Form):
    """One question; `inner` holds its choices, for the summary of errors."""

    at = MarkField(
        label=_("À quel moment"),
        help_text=_("Minutes et secondes, comme 12:30."),
        error_messages={"required": _("Écrivez le moment, comme 12:30.")},
    )
    stem = forms.CharField(
        label=_("Question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Écrivez la question."),
            "max_length": _("Une question tient en 300\u00a0caractères."),
        },
    )
    explanation = forms.CharField(
        label=_("Explication"),
        help_text=_("Lue après la réponse."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, length: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.length = length
        self.choices = ChoiceForms(
            self.data if self.is_bound else None,
            prefix=f"{self.prefix}-choices",
            initial=self.initial.get("choices"),
            form_kwargs={"empty_permitted": True},
        )
        self.inner = (self.choices,)

    def has_changed(self) -> bool:
        return super().has_changed() or self.choices.has_changed()

    def is_valid(self) -> bool:
        return super().is_valid() and self.choices.is_valid()

    def clean_at(self) -> int:
        second: int = self.cleaned_data["at"]
        if second >= self.length:
            raise ValidationError(
                _("Ce moment est après la fin, à %(end)s."),
                params={"end": clock_time(self.length)},
            )
        return second

    def clean_stem(self) -> str:
        """One line, as it is asked; the words are otherwise left as they are."""
        return " ".join(filter(None, map(str.strip, self.cleaned_data["stem"].splitlines())))

    def clean_explanation(self) -> str:
        return _lines(self.cleaned_data["explanation"])

    def clean(self) -> None:
        if not self.choices.is_valid():
            return  # what is too long is told first
        for place, fault in faults_of([each.choice for each in self.choices.forms]):
            field, words = MISASKED[fault]
            if place < len(self.choices.forms):
                self.choices.forms[place].add_error(field, str(words))
            else:  # no row at all was sent
                self.add_error(None, str(words))

    @property
    def typed(self) -> Typed:
        row: Typed = {name: self[name].value() for name in OWN}
        row["choices"] = [
            {name: each[name].value() for name in OF_CHOICE} for each in self.choices.forms
        ]
        return row

    @property
    def question(self) -> Question:
        told = self.cleaned_data
        choices = tuple(each.choice for each in self.choices.forms if each.choice.text)
        return Question(told["at"], told["stem"], choices, told["explanation"])


class _QuestionForms(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """Beside its time mark, a question at the same second as another one."""
        seconds = [each.cleaned_data.get("at") for each in self.forms]
        for place in clashes(seconds):
            self.forms[place].add_error("at", _("Une autre question est déjà à ce moment."))

    @property
    def typed(self) -> list[Typed]:
        """What is in the rows, nothing corrected."""
        return [each.typed for each in self.forms]

    @property
    def questions(self) -> list[Question]:
        """The questions of a valid form."""
        return [each.question for each in self.forms if each.has_changed()]


QuestionForms = forms.formset_factory(
    QuestionForm,
    formset=_QuestionForms,
    extra=0,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS,
    validate_max=True,
)


def question_forms(given: Any, *, length: int) -> _QuestionForms:
    """The form as it was sent, to be judged; or of these rows, as they are."""
    rows, sent = (given, None) if isinstance(given, list) else (None, given)
    kwargs = {"empty_permitted": True, "length": length}
    made = QuestionForms(sent, initial=rows, prefix=PREFIX, form_kwargs=kwargs)
    return cast("_QuestionForms", made)  # the factory says its base


def typed_of(questions: Sequence[Question]) -> list[Typed]:
    """The rows of these questions; one to begin where there is none."""
    rows: list[Typed] = [
        {
            "at": each.second,
            "stem": each.stem,
            "explanation": each.explanation,
            "choices": [choice._asdict() for choice in each.choices],
        }
        for each in questions
    ]
    return rows or [_blank()]


def gestured(rows: Sequence[Typed], gesture: str) -> list[Typed]:
    """The rows after a button: `add`; or `remove:`, `up:`, `down:`, `add:` and the row's prefix.

    What makes no sense changes nothing.
    """
    verb, _colon, name = gesture.partition(":")
    if gesture == "add":
        return [*rows, _blank()][:MOST_QUESTIONS]
    found = _ROW.fullmatch(name)
    if found is None or int(found[1]) >= len(rows):
        return list(rows)
    place = int(found[1])
    row = rows[place]
    if found[2] is None and verb == "remove":
        return _without(rows, place) or [_blank()]
    choices = list(row["choices"])
    if found[2] is None and verb == "add":
        choices = [*choices, {}][:MOST_CHOICES]
    elif found[2] is not None:
        choices = _moved(choices, verb, int(found[2]))
    return [*rows[:place], row | {"choices": choices}, *rows[place + 1 :]]


def _moved(choices: list[Typed], verb: str, place: int) -> list[Typed]:
    if place >= len(choices):
        return choices
    if verb == "remove" and len(choices) > FEWEST_CHOICES:
        return _without(choices, place)
    if verb == "remove":
        return [*_without(choices, place), {}]
    first = {"up": place - 1, "down": place}.get(verb, -1)
    if 0 <= first < len(choices) - 1:
        choices[first], choices[first + 1] = choices[first + 1], choices[first]
    return choices


def _without(rows: Sequence[Typed], place: int) -> list[Typed]:
    return [*rows[:place], *rows[place + 1 :]]


def _blank() -> Typed:
    return {"choices": [{} for _row in range(FIRST_CHOICES)]}


def _lines(text: str) -> str:
    """Browsers send the ends of lines in their own way."""
    return text.replace("\r\n", "\n")
