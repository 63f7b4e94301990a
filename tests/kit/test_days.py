"""A date asked as today, yesterday, or another day."""

from datetime import date
from typing import Any

import pytest
from django import forms

from portal.kit.days import DayChoiceField

TODAY = date(2026, 11, 24)


class Form(forms.Form):
    done_on = DayChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].today = TODAY  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("when", "day", "cleaned"),
    [
        ("today", "", TODAY),
        ("yesterday", "", date(2026, 11, 23)),
        ("other", "2026-11-12", date(2026, 11, 12)),
        ("other", "12/11/2026", date(2026, 11, 12)),
        ("today", "2026-11-12", TODAY),
    ],
)
def test_day_cleaned(when: str, day: str, cleaned: date) -> None:
    form = Form({"done_on_when": when, "done_on_day": day})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"done_on": cleaned}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"done_on_when": "other", "done_on_day": ""},
        {"done_on_when": "other", "done_on_day": "2026-11-31"},
        {"done_on_when": "tomorrow", "done_on_day": ""},
    ],
)
def test_day_refused(data: dict[str, str]) -> None:
    assert list(Form(data).errors) == ["done_on"]


@pytest.mark.parametrize(
    ("initial", "shown"),
    [
        (None, ["today", None]),
        (TODAY, ["today", None]),
        (date(2026, 11, 23), ["yesterday", None]),
        (date(2026, 11, 2), ["other", date(2026, 11, 2)]),
    ],
)
def test_day_shown_as_choice(initial: date | None, shown: list[Any]) -> None:
    assert Form().fields["done_on"].widget.decompress(initial) == shown


def test_day_of_another_form_untouched() -> None:
    first, second = Form(), Form()
    second.fields["done_on"].today = date(2027, 1, 1)  # type: ignore[attr-defined]
    assert first.fields["done_on"].today == TODAY  # type: ignore[attr-defined]
    assert first.fields["done_on"].widget.today == TODAY
