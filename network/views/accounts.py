"""« Mon compte », and the accounts of others for those who keep them."""

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.access import Perm
from network.actions import accounts as act
from network.actions.roles import grant_role, withdraw_role
from network.enums import Role
from network.forms.accounts import ReasonForm
from network.models import User
from network.roles import ROLES
from network.selectors.accounts import (
    account_list,
    accounts_visible_to,
    factors_of,
    open_grants,
    professional_of,
    sessions_of,
    signs_in_by_code,
)
from network.selectors.bank import current_bank_details, pending_bank_details
from network.views.entry import form_page, refuse
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed

PER_PAGE = 30


@never_cache
def my_account(request: SignedIn) -> HttpResponse:
    """Who I am here, how I sign in, where I am signed in."""
    user = request.user
    professional = professional_of(user)
    page = {
        "roles": [ROLES[role] for role in Role if role in user.roles],
        "factors": factors_of(user),
        "by_code": signs_in_by_code(user),
        "sessions": sessions_of(user),
        "current": request.session.session_key,
        "professional": professional,
        "bank": current_bank_details(professional) if professional else None,
        "pending": pending_bank_details(professional) if professional else None,
    }
    return render(request, "network/accounts/mine.html", page)


my_account.perm = "signed_in"  # type: ignore[attr-defined]


@require_POST
def end_session(request: SignedIn, pk: int) -> HttpResponse:
    """Close one of my sessions; somebody else's does not exist for me."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    mine = session.session_key == request.session.session_key
    act.end_session(user=request.user, session=session.pk)
    if mine:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("Cette session est fermée."))
    return redirect("account:home")


end_session.perm = "signed_in"  # type: ignore[attr-defined]


@allowed(Perm.SEE_ACCOUNTS)
def account_index(request: SignedIn) -> HttpResponse:
    role, words = request.GET.get("role", ""), request.GET.get("q", "").strip()
    to_verify = request.GET.get("rpps") == "a-verifier"
    found = account_list(
        request.user,
        role=role if role in list(Role) else "",
        words=words,
        rpps_to_verify=to_verify,
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"user": each, "roles": [ROLES[Role(grant.role)] for grant in open_grants(each)]}
        for each in page
    ]
    shown = {
        "rows": rows,
        "page": page,
        "role": role,
        "q": words,
        "roles": ROLES,
        "to_verify": to_verify,
    }
    return render(request, "network/accounts/list.html", shown)


@allowed(Perm.SEE_ACCOUNTS)
def account(request: SignedIn, pk: int) -> HttpResponse:
    """« Compte d’une personne »: roles, second factor, RPPS, closing."""
    person = _person(request, pk)
    may = request.user.has_perm
    professional = professional_of(person)
    page = {
        "person": person,
        "professional": professional,
        "held": [(role, ROLES[role]) for role in Role if role in person.roles],
        "others": [(role, ROLES[role]) for role in Role if role not in person.roles],
        "factors": factors_of(person),
        "may_grant": may(Perm.GRANT_ROLE, person) and person != request.user,
        "may_withdraw": may(Perm.GRANT_ROLE, person),
        "may_reset": may(Perm.RESET_FACTOR, person),
        "may_close": may(Perm.CLOSE_ACCOUNT, person),
        "may_verify": bool(
            professional
            and professional.rpps
            and not professional.rpps_verified_on
            and may(Perm.VERIFY_RPPS, professional)
        ),
    }
    return render(request, "network/accounts/person.html", page)


@require_POST
@allowed(Perm.GRANT_ROLE)
def change_role(request: SignedIn, pk: int) -> HttpResponse:
    """Give (`give`) or withdraw (`withdraw`) one role."""
    person = _person(request, pk)
    role = request.POST.get("give") or request.POST.get("withdraw") or ""
    if role not in list(Role):
        raise Http404
    change = grant_role if "give" in request.POST else withdraw_role
    try:
        change(user=person, role=Role(role), by=request.user, now=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("network:account", pk=pk)


@require_POST
@allowed(Perm.VERIFY_RPPS)
def verify_rpps(request: SignedIn, pk: int) -> HttpResponse:
    professional = professional_of(_person(request, pk))
    if professional is None:
        raise Http404
    try:
        act.verify_rpps(
            professional=professional, by=request.user, on=clock.today(), now=clock.now()
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Le RPPS est vérifié."))
    return redirect("network:account", pk=pk)


@allowed(Perm.CLOSE_ACCOUNT)
def close_account(request: SignedIn, pk: int) -> HttpResponse:
    """Close an account, or open it again; the reason goes to the journal."""
    person = _person(request, pk)
    if not request.user.has_perm(Perm.CLOSE_ACCOUNT, person):
        raise PermissionDenied
    change = act.deactivate_account if person.is_active else act.reactivate_account
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            change(user=person, by=request.user, reason=reason, now=clock.now())
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("network:account", pk=pk)
    closing = person.is_active
    return form_page(
        request,
        form,
        title=_("Fermer ce compte") if closing else _("Rouvrir ce compte"),
        intro=str(person),
        button=_("Fermer le compte") if closing else _("Rouvrir le compte"),
        back=reverse("network:account", args=[pk]),
        danger=closing,
    )


def _person(request: SignedIn, pk: int) -> User:
    return get_object_or_404(accounts_visible_to(request.user), pk=pk)
