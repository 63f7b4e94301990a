"""Second factors: reset by another person, and never taken away to the last one."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.factors import reset_factor
from network.forms.accounts import ReasonForm
from network.selectors.accounts import accounts_visible_to
from network.views.entry import form_page, refuse
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.RESET_FACTOR)
def reset(request: SignedIn, pk: int) -> HttpResponse:
    """Reset the lost factor of somebody else."""
    person = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    if not request.user.has_perm(Perm.RESET_FACTOR, person):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = _("Comment avez-vous reconnu la personne\u202f?")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reset_factor(person=person, by=request.user, reason=reason, now=clock.now())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                request, _("Second facteur remis à zéro\u202f; la personne est prévenue.")
            )
            return redirect("network:account", pk=pk)
    return form_page(
        request,
        form,
        title=_("Remettre à zéro le second facteur"),
        intro=_(
            "%(name)s sera déconnecté partout et installera un nouveau second facteur à la"
            " prochaine connexion."
        )
        % {"name": person},
        button=_("Remettre à zéro"),
        back=reverse("network:account", args=[pk]),
        danger=True,
    )


def remove_passkey(request: SignedIn, pk: int) -> HttpResponse:
    """allauth asks the adapter before removing an application of codes, but not a passkey."""
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(get_object_or_404(mine, pk=pk)):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    answer: HttpResponse = remove_webauthn(request, pk=pk)
    return answer


remove_passkey.perm = "signed_in"  # type: ignore[attr-defined]
