"""The tags and filters that every template has."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template

from portal.kit.days import DayChoiceField
from portal.kit.icons import MEANINGS, drawing
from portal.templatetags.ariane import error_links


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{{ v|euros }}", 30, "30,00\u00a0€"),
        ("{{ v|euros }}", None, ""),
        ("{{ v|day }}", date(2027, 1, 1), "vendredi 1<sup>er</sup>\u00a0janvier 2027"),
        ("{{ v|day|capitalise }}", date(2026, 12, 3), "Jeudi 3\u00a0décembre 2026"),
        ("{{ v|short_day }}", None, ""),
        # half past eleven in the evening in UTC is the next day in Paris
        ("{{ v|plain_day }}", datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "24\u00a0novembre 2026"),
        ("{{ v|hour }}", datetime(2026, 11, 23, 13, 30, tzinfo=UTC), "14\u00a0h\u00a030"),
        ('{{ v|plural:"acte,actes" }}', 2, "2\u00a0actes"),
        (
            "{{ v|phone }}",
            "01 99 00 14 00",
            '<a class="nowrap" href="tel:0199001400">01 99 00 14 00</a>',
        ),
        ("{{ v|phone }}", "<script>", '<a class="nowrap" href="tel:">&lt;script&gt;</a>'),
        ("{{ v|typeset }}", "<b>Oui !</b>", "&lt;b&gt;Oui\u202f!&lt;/b&gt;"),
    ],
)
def test_filter_shown(text: str, value: object, shown: str) -> None:
    assert render(text, v=value) == shown


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_icon_drawn(name: str) -> None:
    assert drawing(name).startswith("<")


class Form(forms.Form):
    name = forms.CharField(label="Nom", help_text="Aide", required=False)
    kind = forms.ChoiceField(
        label="Acte", choices=[("a", "Bilan"), ("b", "Suivi")], widget=forms.RadioSelect
    )


def test_field_described_by_hint_and_error() -> None:
    shown = render("{% field form.name hint='Autre' %}", form=Form({"kind": "z"}))
    assert 'aria-describedby="id_name_helptext"' in shown
    assert ">Autre</div>" in shown
    wrong = render("{% field form.kind %}", form=Form({"kind": "z"}))
    assert 'aria-describedby="id_kind_error"' in wrong
    assert 'id="id_kind_error"' in wrong


def test_field_without_hint_described_by_nothing() -> None:
    assert "aria-describedby" not in render("{% field form.name hint='' %}", form=Form())


def test_choice_notes_beside_their_choice() -> None:
    shown = render("{% field form.kind notes=n %}", form=Form(), n={"b": "50,00 €"})
    assert shown.count("<small>") == 1
    assert "<span>Suivi</span><small>50,00 €</small>" in shown


def test_error_summary_leads_to_first_choice() -> None:
    shown = render('{% include "components/error_summary.html" %}', form=Form({}))
    assert 'href="#id_kind_0"' in shown
    assert "Un point à reprendre" in shown


def test_error_summary_absent_without_error() -> None:
    shown = render('{% include "components/error_summary.html" %}', form=Form({"kind": "a"}))
    assert shown.strip() == ""


class DayForm(forms.Form):
    done_on = DayChoiceField(today=date(2026, 11, 24))


@pytest.mark.parametrize(("when", "target"), [("", "#id_done_on_0_0"), ("other", "#id_done_on_1")])
def test_error_link_leads_to_control(when: str, target: str) -> None:
    form = DayForm({"done_on_when": when, "done_on_day": ""})
    [(link, _message)] = error_links(form)
    assert link == target
    assert f'id="{link[1:]}"' in render("{% field form.done_on %}", form=form)
