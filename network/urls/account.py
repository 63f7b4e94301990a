"""One's own account, invitation, registration; and the doors of allauth that stay shut.

Included before allauth's addresses, under the same prefix: what is named here wins.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.generic import RedirectView

from network.views import accounts, bank, factors, invitations, registration

app_name = "account"


@login_not_required
def shut(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A page of allauth that the portal does not have."""
    raise Http404


to_registration = login_not_required(RedirectView.as_view(pattern_name="account:register"))

urlpatterns = [
    path("", accounts.my_account, name="home"),
    path("sessions/<int:pk>/fermer/", accounts.end_session, name="end_session"),
    path("coordonnees-bancaires/", bank.my_bank_details, name="bank"),
    path("inscription/", registration.register, name="register"),
    path("inscription/envoyee/", registration.register_sent, name="register_sent"),
    path("inscription/<str:token>/", registration.register_finish, name="register_finish"),
    path("invitation/<str:token>/", invitations.open_invitation, name="invitation"),
    path("2fa/webauthn/keys/<int:pk>/remove/", factors.remove_passkey, name="remove_passkey"),
    # accounts come by invitation or by our own registration
    path("signup/", to_registration, name="to_registration"),
    # patients have no password to set, addresses are changed by the coordination
    re_path(r"^(?:email|password/set|confirm-email)/", shut, name="shut"),
    # no outside identity until the network has its keys
    re_path(r"^(?:3rdparty|social|oidc)/", shut, name="shut_providers"),
]
