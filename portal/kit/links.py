"""Addresses that leave the portal, in mails and letters."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path, from a setting: a stranger can write the Host header."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
