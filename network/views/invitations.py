"""Invitations: sent, followed, and used by the person invited."""

from allauth.decorators import rate_limit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions import invitations as act
from network.enums import InvitationState, Profession, Role
from network.forms.accounts import (
    InviteClinicianForm,
    InviteForm,
    InvitePatientForm,
    WelcomeForm,
)
from network.models import Invitation
from network.roles import ROLES
from network.selectors.accounts import (
    account_with,
    invitations_visible_to,
    may_invite,
    patient_with_code,
)
from network.views.entry import enter_after_mail, form_page, refuse, send_code
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed

PER_PAGE = 30
INVITE_FORMS: dict[Role, type[forms.Form]] = {
    Role.CLINICIAN: InviteClinicianForm,
    Role.PATIENT: InvitePatientForm,
}


@allowed(Perm.INVITE)
def invitation_list(request: SignedIn) -> HttpResponse:
    page = Paginator(invitations_visible_to(request.user), PER_PAGE).get_page(
        request.GET.get("page")
    )
    now = clock.now()
    rows = [
        {"invitation": each, "state": act.current_state(each, now), "role": ROLES[Role(each.role)]}
        for each in page
    ]
    return render(request, "network/invitations/list.html", {"rows": rows, "page": page})


@allowed(Perm.INVITE)
def choose_role(request: SignedIn) -> HttpResponse:
    """Whom to invite: only the roles that this person may give."""
    choices = [
        (role, described) for role, described in ROLES.items() if may_invite(request.user, role)
    ]
    return render(request, "network/invitations/choose.html", {"choices": choices})


@allowed(Perm.INVITE)
def invite(request: SignedIn, role: str) -> HttpResponse:
    if role not in list(Role):
        raise Http404
    wanted = Role(role)
    if not may_invite(request.user, wanted):
        raise PermissionDenied
    form = INVITE_FORMS.get(wanted, InviteForm)(request.POST or None)
    if form.is_valid():
        try:
            _invite(request, wanted, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("L’invitation est partie."))
            return redirect("network:invitations")
    return form_page(
        request,
        form,
        title=_("Inviter\u00a0: %(role)s") % {"role": str(ROLES[wanted].label).lower()},
        intro=ROLES[wanted].sentence,
        button=_("Envoyer l’invitation"),
        back=reverse("network:invite_choose"),
    )


def _invite(request: SignedIn, role: Role, form: forms.Form) -> Invitation:
    fields, now = form.cleaned_data, clock.now()
    if role == Role.CLINICIAN:
        fields = fields | {"profession": Profession(fields["profession"])}
        return act.invite_clinician(by=request.user, now=now, **fields)
    if role == Role.PATIENT:
        patient = patient_with_code(fields["code"])
        if patient is None:
            raise ValidationError({"code": _("Aucun dossier ne porte ce numéro.")})
        return act.invite(email="", role=role, patient=patient, by=request.user, now=now)
    return act.invite(email=fields["email"], role=role, by=request.user, now=now)


@require_POST
@allowed(Perm.INVITE)
def resend(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    try:
        act.resend_invitation(invitation=invitation, by=request.user, now=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("L’invitation est repartie, avec un nouveau lien."))
    return redirect("network:invitations")


@require_POST
@allowed(Perm.INVITE)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    try:
        act.withdraw_invitation(invitation=invitation, by=request.user, now=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("L’invitation est retirée\u00a0: son lien ne sert plus."))
    return redirect("network:invitations")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@rate_limit(action="signup")
def open_invitation(request: SignedIn, token: str) -> HttpResponse:
    """The mailed link. Opening it changes nothing (mail scanners open links): the button does."""
    invitation = act.find_invitation(token=token)
    if invitation is None:
        return render(request, "network/invitations/closed.html", status=404)
    state = act.current_state(invitation, clock.now())
    if state != InvitationState.WAITING:
        return render(request, "network/invitations/closed.html", {"state": state}, status=410)
    if request.user.is_authenticated and request.user.email != invitation.email:
        return render(request, "network/invitations/someone_else.html")
    form = _welcome_form(request, invitation)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _accept(request, invitation, form)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(request.path)
    described = ROLES[Role(invitation.role)]
    return form_page(
        request,
        form,
        title=_("Bienvenue sur Ariane"),
        button=_("Accepter l’invitation"),
        template="network/invitations/open.html",
        invitation=invitation,
        described=described,
        known=account_with(invitation.email),
    )


def _welcome_form(request: SignedIn, invitation: Invitation) -> WelcomeForm | None:
    """Nothing to ask of patients, who have no password, nor of those who have an account."""
    if invitation.role == Role.PATIENT or account_with(invitation.email):
        return None
    first, last = act.invited_names(invitation)
    initial = {"first_name": first, "last_name": last}
    return WelcomeForm(request.POST or None, initial=initial, email=invitation.email)


def _accept(request: HttpRequest, invitation: Invitation, form: WelcomeForm | None) -> HttpResponse:
    known = account_with(invitation.email) is not None
    fields = form.cleaned_data if form else {}
    user = act.accept_invitation(invitation=invitation, now=clock.now(), **fields)
    if request.user.is_authenticated:
        return redirect("home:dashboard")
    if form:
        return enter_after_mail(request, user)
    if known:
        messages.success(request, _("C’est noté. Connectez-vous comme d’habitude."))
        return redirect("account_login")
    return send_code(request, user)
