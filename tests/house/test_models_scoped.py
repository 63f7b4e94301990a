"""Each model says whose rows a person may see, or is listed here with what protects it instead."""

from django.apps import apps
from django.db.models import Model

OURS = ("network", "etp", "training", "fees", "home")
WITHOUT_ROWS_OF_ONE = {
    "network.User": "accounts: the pages of coordination and administration, by permission",
    "network.RoleGrant": "accounts, with network.User",
    "network.Invitation": "accounts: who invites sees the invitations, by permission",
    "network.Professional": "directory: professional data, open to those who hold a permission",
    "network.BankDetails": "the owner's by their account; accountancy's by permission",
    "network.Structure": "reference: hospital sites, public",
    "network.CareLink": "read through its patient",
    "network.AldPeriod": "read through its patient",
    "network.Representative": "read through its patient",
    "network.RcpMeeting": "a day and a place; its files are scoped",
    "network.RcpAttendance": "read through its file",
    "network.JournalEntry": "administration, by permission",
    "network.OutboxMessage": "technical: read by the delivery task, and in the demo",
    "fees.ActStep": "read through its act",
    "fees.GrantedSlot": "read through its patient: a count, without its reason",
    "fees.TariffLine": "reference: the network's fee table",
    "fees.PolicyVersion": "reference: the reading of the fee table",
    "training.WebinarPage": "public page",
    "training.WebinarIndexPage": "public page",
    "home.HomePage": "public page",
    "home.StandardPage": "public page",
}


def scoped(model: type[Model]) -> bool:
    return hasattr(model._default_manager, "visible_to")


def test_every_model_scopes_its_rows_or_says_why_not() -> None:
    models = {
        model._meta.label: model
        for room in OURS
        for model in apps.get_app_config(room).get_models()
    }
    without = {label for label, model in models.items() if not scoped(model)}
    assert without == set(WITHOUT_ROWS_OF_ONE)
