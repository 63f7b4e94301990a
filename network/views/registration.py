"""A clinician registers alone, to train: address, then the rest from the mailed link."""

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from network.actions.accounts import ask_registration, register_clinician
from network.enums import Profession
from network.forms.accounts import EmailForm, RegistrationForm
from network.tokens import registration_email
from network.views.entry import enter_after_mail, form_page, refuse
from portal.kit import clock


@login_not_required
@never_cache
@rate_limit(action="signup")
def register(request: HttpRequest) -> HttpResponse:
    """Ask for an address; the answer is the same whether it has an account or not."""
    if request.user.is_authenticated:
        return redirect("home:dashboard")
    form = EmailForm(request.POST or None)
    if form.is_valid():
        ask_registration(email=form.cleaned_data["email"], now=clock.now())
        return redirect("account:register_sent")
    return form_page(
        request,
        form,
        title=_("Vous êtes soignant\u202f? Inscrivez-vous pour vous former"),
        intro=_(
            "Les modules et les webinaires sont ouverts à toute profession de santé. Pour suivre"
            " des patients avec le réseau, il faut une invitation."
        ),
        button=_("Recevoir le lien d’inscription"),
        back=reverse("account_login"),
    )


@login_not_required
def register_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "network/accounts/register_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@rate_limit(action="signup")
def register_finish(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: name, profession, password."""
    email = registration_email(token, clock.now())
    if email is None:
        return render(request, "network/accounts/register_closed.html", status=410)
    form = RegistrationForm(request.POST or None, email=email)
    if form.is_valid() and not request.user.is_authenticated:
        fields = form.cleaned_data | {"profession": Profession(form.cleaned_data["profession"])}
        try:
            user = register_clinician(email=email, now=clock.now(), **fields)
        except ValidationError as error:
            refuse(form, error)
        else:
            return enter_after_mail(request, user)
    return form_page(
        request,
        form,
        title=_("Qui êtes-vous\u202f?"),
        intro=_("Votre adresse\u00a0: %(email)s") % {"email": email},
        button=_("Créer mon compte"),
    )
