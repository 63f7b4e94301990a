"""Words, figures, icons and form fields in the house style. Loaded in every template."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.kit import words
from portal.kit.days import OTHER, DayChoice
from portal.kit.icons import drawing
from portal.kit.navigation import held_by

register = template.Library()


@register.filter
def may(user: object, perm: str) -> bool:
    """`{% if user|may:"fees.log_act" %}`: does this person hold the permission?"""
    return bool(user.has_perm(perm))  # type: ignore[attr-defined]


# Figures and dates. An empty value stays empty.


@register.filter
def euros(amount: Decimal | int | None) -> str:
    """`{{ act.amount|euros }}` → 1 234,50 €"""
    return "" if amount in (None, "") else words.euros(Decimal(str(amount)))


@register.filter
def number(value: Decimal | int | None, places: int = 0) -> str:
    """`{{ count|number }}` → 12 000"""
    return "" if value in (None, "") else words.number(Decimal(str(value)), int(places))


@register.filter
def percent(share: float | str | None) -> str:
    """`{{ facility|percent }}` → 64 %; nothing for what is missing."""
    return "" if share in (None, "") else words.percent(float(share or 0))


@register.filter
def day(value: date | None) -> SafeString | str:
    """`{{ act.done_on|day }}` → jeudi 3 décembre 2026"""
    return _raised(words.long_day, value)


@register.filter
def plain_day(value: date | None) -> SafeString | str:
    """`{{ act.done_on|plain_day }}` → 3 décembre 2026"""
    return _raised(words.plain_day, value)


@register.filter
def short_day(value: date | None) -> SafeString | str:
    """`{{ act.done_on|short_day }}` → 24 nov."""
    return _raised(words.short_day, value)


@register.filter
def month(value: date | None) -> str:
    """`{{ batch.month|month }}` → novembre 2026"""
    return words.month(_local(value)) if value else ""


@register.filter
def hour(value: datetime | time | None) -> str:
    """`{{ session.starts_at|hour }}` → 14 h 30"""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    return words.hour(value)


@register.filter
def capitalise(text: str) -> SafeString | str:
    """`{{ today|day|capitalise }}` → Jeudi 3 décembre 2026"""
    done = words.capitalise(str(text))
    return mark_safe(done) if isinstance(text, SafeString) else done  # noqa: S308


@register.filter
def plural(count: int, forms_: str) -> str:
    """`{{ count|plural:"demande,demandes" }}` → 12 demandes"""
    one, many = forms_.split(",")
    return words.plural(count, one, many)


@register.filter
def phone(written: str) -> SafeString | str:
    """`{{ secretariat_phone|phone }}`: a link that dials, written as people read it."""
    if not written:
        return ""
    digits = "".join(sign for sign in written if sign.isdigit() or sign == "+")
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', digits, written)


@register.filter
def in_words(count: int) -> str:
    """`{{ count|in_words|capitalise }} choses vous attendent` → Trois choses…"""
    return words.in_words(count)


@register.filter
def device(user_agent: str) -> str:
    """`{{ session.user_agent|device }}` → Firefox, Windows"""
    return words.device(user_agent) or _("Appareil inconnu")


@register.filter
def typeset(text: str) -> str:
    """Prose typed by a person, with French spaces; plain text in, plain text out."""
    return words.typeset(str(text))


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localdate(value)
    return value


def _raised(write: Any, value: date | None) -> SafeString | str:
    """« 1er » with its raised letters; the rest of a date has nothing to escape."""
    if not value:
        return ""
    text: str = write(_local(value))
    return mark_safe(text.replace("1er\u00a0", "1<sup>er</sup>\u00a0"))  # noqa: S308


# Drawings.


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "ok" %}`: a drawing inside the text, silent for a screen reader."""
    return format_html(
        '<svg class="ico" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(drawing(name)),  # noqa: S308
    )


# Forms.

type FormSet = forms.BaseFormSet[Any]
INPUTS_WITHOUT_BOX = (forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.inclusion_tag("components/doors.html", takes_context=True)
def doors_inside(context: template.Context, url_name: str) -> dict[str, Any]:
    """The doors that this page holds, for those which the reader may open."""
    request = context.get("request")
    links = held_by(url_name, request.user) if request else []
    return {"links": links, "label": _("Aussi ici")}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One line for one field: label, hint, error, control, whatever the widget.

    `{% field form.kind dense=True notes=amounts %}`. Options: `label`, `hint` (else the help
    text), `notes` (value → small text of each choice), `dense`, `line`, `scale` (figures, many in a
    line), `segments` (choices side by side), `optional=False` (do not say « facultatif »),
    `width="date"`, `rows`.
    """
    widget = bound.field.widget
    kind = _kind(widget)
    if "hint" in options:
        bound.help_text = options["hint"]
    # a placeholder is no label: it goes when one types
    attrs: dict[str, Any] = {"class": _classes(widget, kind, options), "placeholder": False}
    if "rows" in options:
        attrs["rows"] = options["rows"]
    shown = {
        "field": bound,
        "kind": kind,
        "label": options.get("label", bound.label),
        "options": options,
        "optional": not bound.field.required and options.get("optional", kind != "checkbox"),
    }
    if kind == "day":
        shown |= _day_parts(bound)
    elif kind == "choices":
        shown["choices"] = list(_choices(bound.subwidgets, options.get("notes") or {}))
    else:
        shown["control"] = bound.as_widget(attrs=attrs)
    return shown


@register.inclusion_tag("components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All the fields of a form, one under the other; hidden ones too."""
    return {"form": form}


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, DayChoice):
        return "day"
    if isinstance(widget, INPUTS_WITHOUT_BOX):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


def _classes(widget: forms.Widget, kind: str, options: Mapping[str, Any]) -> str:
    classes = [widget.attrs.get("class", "")]
    if kind == "input":
        classes.append("input")
    if width := options.get("width") or (
        "date" if isinstance(widget, forms.DateInput | forms.TimeInput) else ""
    ):
        classes.append(f"w-{width}")
    return " ".join(filter(None, classes))


def _choices(subwidgets: Iterable[Any], notes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for subwidget in subwidgets:
        data = subwidget.data
        value = str(data["value"])
        if value == "" and data["type"] == "radio":
            continue
        yield {
            "type": data["type"],
            "name": data["name"],
            "value": value,
            "label": data["label"],
            "note": notes.get(value, ""),
            "checked": data["selected"],
            "id": data["attrs"].get("id", ""),
            "disabled": data["attrs"].get("disabled", False),
            "words": data["attrs"].get("data-words", False),
        }


def _day_parts(bound: BoundField) -> dict[str, Any]:
    """The three choices with the days that they mean, and the date field of « Autre »."""
    widget = bound.field.widget
    when, other = widget.get_context(
        bound.html_name, bound.value(), bound.build_widget_attrs({"id": bound.auto_id}, widget)
    )["widget"]["subwidgets"]
    today = widget.today
    notes = {"other": _("choisir")}
    if today is not None:
        notes |= {
            "today": f"{words.WEEKDAYS[today.weekday()]} {words.short_day(today)}",
            "yesterday": _weekday_before(today),
        }
    choices = [
        {
            "type": "radio",
            "name": when["name"],
            "value": option["value"],
            "label": option["label"],
            "note": notes.get(option["value"], ""),
            "checked": option["selected"],
            "id": option["attrs"].get("id", ""),
        }
        for _group, group, _index in when["optgroups"]
        for option in group
    ]
    return {"choices": choices, "other": other}


def _weekday_before(today: date) -> str:
    before = date.fromordinal(today.toordinal() - 1)
    return f"{words.WEEKDAYS[before.weekday()]} {words.short_day(before)}"


@register.simple_tag
def error_links(form: forms.BaseForm | FormSet) -> list[tuple[str, str]]:
    """The errors of a form as (address of the control, message); no address for the whole form.

    Those of a set of forms too, and of the sets that a form holds and names as `inner`.
    """
    if isinstance(form, forms.BaseFormSet):
        links = [("", str(message)) for message in form.non_form_errors()]
        return links + [link for each in form for link in error_links(each)]
    links = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        links += [(f"#{_control_id(bound)}", str(message)) for message in bound.errors]
    for each in getattr(form, "inner", ()):
        links += error_links(each)
    return links


def _control_id(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, DayChoice):
        asked = bound.value()
        other = isinstance(asked, list) and asked[:1] == [OTHER]
        return f"{bound.auto_id}_1" if other else f"{bound.auto_id}_0_0"
    if isinstance(widget, INPUTS_WITHOUT_BOX):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or str(bound.auto_id)


# Lists.


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """1 … 4 5 6 … 43"""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def first_letter(text: str) -> str:
    return conditional_escape(str(text)[:1].upper())


@register.filter
def pair_with(left: Iterable[Any], right: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Two lists side by side: the columns of a table and the cells of a row."""
    return list(zip(left, right, strict=True))


@register.filter
def upto(limit: int) -> range:
    """`{% for n in limit|upto %}` → 1, 2 … limit"""
    return range(1, int(limit) + 1)
