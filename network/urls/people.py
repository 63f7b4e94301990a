"""Accounts of others, invitations, bank details, messages of the demo."""

from django.urls import path

from network.views import accounts, bank, factors, invitations, messages

urlpatterns = [
    path("comptes/", accounts.account_index, name="accounts"),
    path("comptes/<int:pk>/", accounts.account, name="account"),
    path("comptes/<int:pk>/role/", accounts.change_role, name="account_role"),
    path("comptes/<int:pk>/rpps/", accounts.verify_rpps, name="account_rpps"),
    path("comptes/<int:pk>/second-facteur/", factors.reset, name="account_factor"),
    path("comptes/<int:pk>/fermer/", accounts.close_account, name="account_close"),
    path("invitations/", invitations.invitation_list, name="invitations"),
    path("invitations/nouvelle/", invitations.choose_role, name="invite_choose"),
    path("invitations/nouvelle/<str:role>/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/renvoyer/", invitations.resend, name="invitation_resend"),
    path("invitations/<int:pk>/retirer/", invitations.withdraw, name="invitation_withdraw"),
    path("coordonnees-bancaires/", bank.bank_changes, name="bank_changes"),
    path("coordonnees-bancaires/<int:pk>/", bank.bank_change, name="bank_change"),
    path("messages/", messages.message_list, name="messages"),
]
