"""The libraries' addresses: what they open, and where they live. Ours: test_access_matrix.py."""

import re

import pytest
from django.test import Client

from portal.middleware import EDITOR_PATH
from tests.house.addresses import Address, addresses

OUR_ROOMS = {"portal", "network", "etp", "training", "fees", "home"}
EDITOR = EDITOR_PATH.lstrip("/")

# Wagtail's and Django's, open without signing in
PUBLIC_CONTENT = {
    "wagtail_serve",  # published pages
    "wagtaildocs_serve",  # documents of published pages, and their privacy by collection
    "media_image",  # images of published pages
}
# allauth's own, open before one is signed in
PUBLIC_ALLAUTH = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "to_registration",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
}


def outside_the_editor() -> list[Address]:
    return [each for each in addresses() if not each.pattern.startswith(EDITOR)]


def example(address: Address) -> str:
    """An address of that form; a number wherever one is asked."""
    plain = re.sub(r"<int:\w+>|\(\?P<\w+>[^)]*\)", "1", address.pattern)
    return "/" + plain.replace("^", "").replace("$", "").replace("\\", "")


def test_libraries_open_only_what_is_listed() -> None:
    public = {
        each.name for each in outside_the_editor() if each.public and each.owner not in OUR_ROOMS
    }
    assert public <= PUBLIC_CONTENT | PUBLIC_ALLAUTH


@pytest.mark.django_db
def test_editor_asks_to_sign_in(client: Client) -> None:
    """Even where a view says that it is public (its interface for machines): it is wrapped."""
    public = [each for each in addresses() if each.pattern.startswith(EDITOR) and each.public]
    answers = {each.pattern: client.get(example(each)).status_code for each in public}
    assert {pattern: status for pattern, status in answers.items() if status != 302} == {}


def test_library_views_stay_in_their_place() -> None:
    """What is neither ours nor the editor's lives under the account's address."""
    strays = [
        each.pattern
        for each in outside_the_editor()
        if each.owner not in OUR_ROOMS
        and not each.pattern.startswith("compte/")
        and each.name not in PUBLIC_CONTENT
    ]
    assert strays == []
