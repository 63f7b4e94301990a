"""What the doors share: a form page, and entering after a link that was mailed."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from network.models import User


def form_page(
    request: HttpRequest,
    form: forms.Form | None,
    *,
    title: str | Promise,
    button: str | Promise,
    back: str = "",
    intro: str | Promise = "",
    danger: bool = False,
    template: str = "network/accounts/form.html",
    **more: Any,
) -> HttpResponse:
    """One question and its button; an invalid form answers 422."""
    page = {
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "intro": intro,
        "danger": danger,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, page | more, status=status)


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Put a refusal of an action on the form: beside its field where it names one."""
    form.add_error(None, error)


def enter_after_mail(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in somebody who has just used a mailed link and chosen a password."""
    record_authentication(request, user, method="code", email=user.email)
    response: HttpResponse = perform_login(request, Login(user=user, email=user.email))
    return response


def send_code(request: HttpRequest, user: User) -> HttpResponse:
    """Mail a sign-in code to a patient, and go to the page where it is typed."""
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return redirect("account_confirm_login_code")
