"""What the pages have in common: who asks, trying an action, telling what it refuses."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from network.models import User

PER_PAGE = 25


class SignedIn(HttpRequest):
    """A request that the sign-in middleware let through: its user is an account."""

    user: User


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run the action; False when it refuses, with its reasons beside the fields that it names.

    A reason about something that the form does not ask is told at the top.
    """
    try:
        action()
    except ValidationError as refusal:
        reasons = refusal.message_dict if hasattr(refusal, "error_dict") else {}
        for field, messages in reasons.items() or [(None, refusal.messages)]:
            for message in messages:
                form.add_error(field if field in form.fields else None, message)
        return False
    return True


def show_form(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """The page of a form; with what was typed and why it was refused after a refusal."""
    form = context["form"]
    refused = (
        isinstance(form, forms.BaseForm | forms.BaseFormSet)
        and form.is_bound
        and not form.is_valid()
    )
    return render(request, template, context, status=422 if refused else 200)


def page_of[M: Model](request: HttpRequest, rows: QuerySet[M] | list[M]) -> Page[M]:
    """The page that the address asks for; the nearest one when it does not exist."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
