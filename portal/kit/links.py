"""Addresses that leave the portal, in mails and letters."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path, built from BASE_URL and never from a request."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
